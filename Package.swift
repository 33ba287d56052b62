// swift-tools-version: 6.2
import PackageDescription

/// The same language rules for every target, so that no C module and no unchecked assumption leaks through an import.
let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: swiftSettings)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let package = Package(
    name: "mediaworker",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "mediaworker", targets: ["mediaworker"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // System libraries: a module map and typed shims.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),

        // What travels, and how.
        library(
            "Settings",
            [
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "TOMLKit", package: "TOMLKit"),
            ]),
        library("HTTPTransport", ["CCurl"]),
        library("SMQProtocol", ["CXML2", crypto]),
        library("SMQClient", ["SMQProtocol", "HTTPTransport", "Settings", logging]),
        .target(name: "CRapidJSON"),
        library("MediaEvents", ["CRapidJSON"]),

        // Agora's streams and recordings.
        library("StreamServices", ["HTTPTransport", "MediaEvents", "Settings", crypto, logging]),

        // The worker.
        library("WorkerCore", ["SMQProtocol", "MediaEvents", "Settings", logging]),
        library("WorkerStore", ["WorkerCore", "StreamServices", "SMQProtocol", "MediaEvents", grdb, logging]),
        library("Handlers", ["WorkerCore", "MediaEvents", "StreamServices", "HTTPTransport", "Settings", crypto, logging]),

        // What our HTTP servers share.
        library(
            "HTTPServing",
            [
                logging,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),

        // The local server.
        library(
            "LocalSMQ",
            [
                "SMQProtocol", "HTTPServing", logging,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),

        // Webhooks to the queue.
        library(
            "Bridge",
            [
                "SMQProtocol", "MediaEvents", "WorkerCore", "WorkerStore", "Settings", "HTTPServing", crypto, logging,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),

        // Agora to test against: an independent reading of its documents, so it knows nothing of our client.
        library(
            "AgoraSimulator",
            [
                "SMQProtocol", "HTTPServing", "HTTPTransport", crypto, logging,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        // The program: the one place that knows everything.
        .executableTarget(
            name: "mediaworker",
            dependencies: [
                "Settings", "HTTPTransport", "SMQProtocol", "SMQClient", "MediaEvents", "WorkerCore", "WorkerStore",
                "Handlers", "LocalSMQ", "Bridge", "StreamServices", "AgoraSimulator", logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: swiftSettings),

        // Tests: one target for each library, and real processes end to end.
        .target(
            name: "TestSupport", dependencies: ["SMQProtocol", "MediaEvents", "WorkerCore", "HTTPTransport", logging],
            path: "Tests/TestSupport", swiftSettings: swiftSettings),
        tests("SettingsTests", ["Settings"]),
        tests("HTTPTransportTests", ["HTTPTransport"]),
        tests("SMQProtocolTests", ["SMQProtocol"]),
        tests("SMQClientTests", ["SMQClient", "SMQProtocol", "HTTPTransport", "Settings", "TestSupport"]),
        tests("MediaEventsTests", ["MediaEvents"], resources: [.copy("Fixtures")]),
        tests("WorkerCoreTests", ["WorkerCore", "TestSupport", "SMQProtocol", "MediaEvents", "Settings", logging]),
        tests("WorkerStoreTests", ["WorkerStore", "WorkerCore", "StreamServices", "TestSupport", "SMQProtocol", grdb, logging]),
        tests(
            "HandlersTests",
            ["Handlers", "WorkerCore", "StreamServices", "TestSupport", "MediaEvents", "HTTPTransport", "Settings", crypto, logging]),
        tests(
            "BridgeTests",
            [
                "Bridge", "HTTPServing", "MediaEvents", "SMQProtocol", "WorkerCore", "WorkerStore", "TestSupport", "Settings", crypto,
                logging,
            ],
            resources: [.copy("Fixtures")]),
        tests(
            "StreamServicesTests",
            ["StreamServices", "WorkerStore", "HTTPTransport", "MediaEvents", "Settings", "TestSupport", crypto, logging],
            resources: [.copy("Fixtures")]),
        tests("AgoraSimulatorTests", ["AgoraSimulator", "HTTPTransport", "TestSupport", crypto, logging]),
        tests("LocalSMQTests", ["LocalSMQ", "SMQProtocol", "TestSupport"]),
        tests("EndToEndTests", ["TestSupport", "SMQProtocol", "SMQClient", "HTTPTransport", "Settings", "LocalSMQ", crypto]),
    ]
)
