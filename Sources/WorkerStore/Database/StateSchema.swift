import GRDB

/// The tables. A change of the schema is a new migration with a new name; what has been released is never edited.
///
/// Times are Unix milliseconds; JSON columns hold what is only read as a whole.
enum StateSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 dead letters and deliveries") { try $0.execute(sql: first) }
        migrator.registerMigration("2 claims") { try $0.execute(sql: claims) }
        migrator.registerMigration("3 rates") { try $0.execute(sql: rates) }
        return migrator
    }

    /// Work that one process at a time may do.
    private static let claims = "CREATE TABLE claim (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL)"

    /// Calls of one kind that were made lately, by all processes: a `RateState` as JSON.
    private static let rates = "CREATE TABLE rate (name TEXT PRIMARY KEY, state TEXT NOT NULL, updated INTEGER NOT NULL)"

    /// - `deadLetter.id`: never given twice (AUTOINCREMENT), so that a number in somebody's notes never names another letter.
    /// - `claim`, `claimedUntil`: a replay that is under way.
    /// - `sentDeadLetter`: letters that are kept in another queue.
    private static let first = """
        CREATE TABLE deadLetter (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            queue TEXT NOT NULL,
            messageID TEXT NOT NULL,
            eventType TEXT,
            reason TEXT NOT NULL,
            error TEXT,
            body BLOB NOT NULL,
            attempts TEXT NOT NULL,
            properties TEXT NOT NULL,
            enqueued INTEGER NOT NULL,
            firstReceived INTEGER NOT NULL,
            lastReceived INTEGER NOT NULL,
            kept INTEGER NOT NULL,
            dequeueCount INTEGER NOT NULL,
            replayedFrom TEXT,
            replays INTEGER NOT NULL DEFAULT 0,
            replayedAt INTEGER,
            replayedAs TEXT,
            claim TEXT,
            claimedUntil INTEGER,
            UNIQUE (queue, messageID)
        );
        CREATE INDEX deadLetterMessage ON deadLetter (messageID);

        CREATE TABLE delivery (
            queue TEXT NOT NULL,
            messageID TEXT NOT NULL,
            attempts TEXT NOT NULL,
            succeeded TEXT NOT NULL,
            notBefore INTEGER,
            updated INTEGER NOT NULL,
            PRIMARY KEY (queue, messageID)
        );
        CREATE INDEX deliveryUpdated ON delivery (updated);

        CREATE TABLE sentDeadLetter (
            queue TEXT NOT NULL,
            messageID TEXT NOT NULL,
            sentAs TEXT NOT NULL,
            sent INTEGER NOT NULL,
            PRIMARY KEY (queue, messageID)
        );
        CREATE INDEX sentDeadLetterSent ON sentDeadLetter (sent);
        """
}
