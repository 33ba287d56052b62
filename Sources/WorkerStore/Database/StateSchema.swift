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
        migrator.registerMigration("4 stream tasks") { try $0.execute(sql: streams) }
        migrator.registerMigration("5 manifests") { try $0.execute(sql: manifests) }
        migrator.registerMigration("6 shows") { try $0.execute(sql: shows) }
        return migrator
    }

    /// Work that one process at a time may do.
    private static let claims = "CREATE TABLE claim (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL)"

    /// Calls of one kind that were made lately, by all processes: a `RateState` as JSON.
    private static let rates = "CREATE TABLE rate (name TEXT PRIMARY KEY, state TEXT NOT NULL, updated INTEGER NOT NULL)"

    /// What runs at Agora for somebody, and what was heard of it.
    ///
    /// - `streamTask.due`: when there is something to do for it; null when it is over. `wakes` counts what happened to it, so that
    ///   whoever works on it does not put it to sleep over news.
    /// - `streamTask.stopped`: since when nobody wants it any more.
    /// - `streamTaskID`: the tasks at Agora that were made for it.
    /// - `streamState`: what all processes know together, as JSON by name.
    /// - `streamOutbox`: events of our own that the queue has not got yet.
    private static let streams = """
        CREATE TABLE streamFact (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            service TEXT NOT NULL,
            subject TEXT NOT NULL COLLATE NOCASE,
            channel TEXT,
            eventType TEXT NOT NULL,
            identity TEXT NOT NULL,
            happened INTEGER NOT NULL,
            received INTEGER NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (service, identity)
        );
        CREATE INDEX streamFactSubject ON streamFact (service, subject, number);
        CREATE INDEX streamFactChannel ON streamFact (service, channel, number) WHERE channel IS NOT NULL;
        CREATE INDEX streamFactReceived ON streamFact (received);

        CREATE TABLE streamTask (
            service TEXT NOT NULL,
            name TEXT NOT NULL,
            record TEXT NOT NULL,
            due INTEGER,
            wakes INTEGER NOT NULL DEFAULT 0,
            stopped INTEGER,
            owner TEXT,
            claimedUntil INTEGER NOT NULL DEFAULT 0,
            changed INTEGER NOT NULL,
            PRIMARY KEY (service, name)
        );
        CREATE INDEX streamTaskDue ON streamTask (due);

        CREATE TABLE streamTaskID (
            service TEXT NOT NULL,
            id TEXT NOT NULL COLLATE NOCASE,
            task TEXT NOT NULL,
            PRIMARY KEY (service, id)
        );

        CREATE TABLE streamState (name TEXT PRIMARY KEY, state TEXT NOT NULL);
        CREATE TABLE streamOutbox (id INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL);

        CREATE TABLE recordingShow (
            sid TEXT PRIMARY KEY COLLATE NOCASE,
            show TEXT NOT NULL,
            position INTEGER NOT NULL
        );
        """

    /// The recordings whose manifests are kept up to date, those that were made before this table was included.
    ///
    /// - `marks`: what was heard of it, counted; `taken`: how much of that its manifest has.
    /// - `rest`: it is not written again before. `look`: when it is written again though nothing was heard; `looks` counts these.
    private static let manifests = """
        CREATE TABLE recordingManifest (
            sid TEXT PRIMARY KEY COLLATE NOCASE,
            marks INTEGER NOT NULL,
            taken INTEGER NOT NULL DEFAULT 0,
            rest INTEGER NOT NULL DEFAULT 0,
            look INTEGER,
            looks INTEGER NOT NULL DEFAULT 0,
            owner TEXT,
            claimedUntil INTEGER NOT NULL DEFAULT 0
        );
        INSERT INTO recordingManifest (sid, marks) SELECT sid, 1 FROM recordingShow;
        """

    /// A show's name may be used again. `wanted`: when its wish was registered; null if an older version did it. `isBackup`: it is the
    /// second recording, beside the first. `folder`: where the storage has its files.
    private static let shows = """
        ALTER TABLE recordingShow ADD COLUMN wanted INTEGER;
        ALTER TABLE recordingShow ADD COLUMN isBackup INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE recordingShow ADD COLUMN folder TEXT NOT NULL DEFAULT '';
        """

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
