/// How long things take in the simulated world, in seconds of its time.
package struct Timing: Sendable, Equatable {
    /// From Create until a converter or player runs.
    package var connecting = 2.6
    /// From `start` until a recording's parts are ready (status 4); its first slice begins then, too.
    package var recordingReady = 2.3
    /// From `start` until the first index file is written (status 5).
    package var firstFile = 15.0
    /// From an asynchronous `stop` until the recording has left.
    package var stopping = 4.0

    package init() {}
}
