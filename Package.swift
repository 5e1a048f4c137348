// swift-tools-version: 6.2
import PackageDescription

/// Modules that touch no raw memory are held to strict memory safety, so that a slip is a build error there.
let safe: [SwiftSetting] = [.strictMemorySafety(), .treatAllWarnings(as: .error)]
/// Modules that own buffers, mappings or C handles.
let lowLevel: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "crmq",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "crmq", targets: ["crmq"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .systemLibrary(
            name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(name: "CStandardLibrary"),
        .target(name: "CKernels"),

        .target(name: "Syntax", swiftSettings: safe),
        .target(name: "Types", dependencies: ["Syntax"], swiftSettings: safe),
        .target(name: "Resolve", dependencies: ["Syntax", "Types"], swiftSettings: safe),
        .target(name: "Plan", dependencies: ["Types", "Resolve"], swiftSettings: safe),
        .target(name: "Columns", dependencies: ["Types", "CKernels"], swiftSettings: lowLevel),
        .target(
            name: "Store", dependencies: ["Syntax", "Types", "Columns", "CKernels", "CSQLite", "CZlib"],
            swiftSettings: lowLevel),
        .target(
            name: "Execute", dependencies: ["Types", "Resolve", "Columns", "Store", "Plan"], swiftSettings: lowLevel),
        .target(name: "Output", dependencies: ["Syntax", "Types", "Columns"], swiftSettings: lowLevel),
        .target(
            name: "Session",
            dependencies: [
                "Syntax", "Types", "Resolve", "Plan", "Columns", "Store", "Execute", "Output", "CStandardLibrary",
            ],
            swiftSettings: lowLevel),
        .target(name: "Shell", dependencies: ["Syntax", "Output", "Session", "CLibEdit"], swiftSettings: lowLevel),
        .target(name: "Demo", swiftSettings: lowLevel),
        .executableTarget(
            name: "crmq",
            dependencies: [
                "Syntax", "Store", "Output", "Session", "Shell", "Demo",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: lowLevel),

        .testTarget(name: "SyntaxTests", dependencies: ["Syntax"], exclude: ["Golden"]),
        // What the engine is held against. It depends on neither Plan nor Execute, so that it can share nothing with them.
        .target(
            name: "Oracle", dependencies: ["Syntax", "Types", "Resolve", "Columns", "Store", "Demo", "CSQLite"],
            path: "Tests/Oracle", swiftSettings: lowLevel),
        .testTarget(
            name: "OracleTests",
            dependencies: ["Oracle", "Syntax", "Types", "Resolve", "Plan", "Columns", "Store", "Execute"],
            swiftSettings: lowLevel),

        // What is fuzzed, and the tests that what was found stays mended.
        .target(
            name: "FuzzTargets",
            dependencies: ["Syntax", "Types", "Columns", "Store", "Plan", "Execute", "Output", "Session"],
            path: "Tests/Fuzz/Targets", swiftSettings: lowLevel),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets"], exclude: ["Corpus", "Findings"]),

        .testTarget(name: "StyleTests"),
        .testTarget(name: "SessionTests", dependencies: ["Session", "Store", "Output", "Syntax", "Demo"]),
        .testTarget(name: "CommandTests", dependencies: ["TestSupport"], swiftSettings: lowLevel),
        .testTarget(
            name: "GoldenTests",
            dependencies: ["Session", "Execute", "Plan", "Store", "Output", "Syntax", "Demo"]),
        .testTarget(
            name: "ResolveTests", dependencies: ["Resolve", "Types", "Syntax"], exclude: ["Golden"]),
        .testTarget(name: "ColumnsTests", dependencies: ["Columns", "Types", "Syntax"], swiftSettings: lowLevel),
        .testTarget(name: "OutputTests", dependencies: ["Output", "Columns", "Types", "Syntax"]),
        .testTarget(name: "DemoTests", dependencies: ["Demo"]),
        .target(name: "TestSupport", path: "Tests/Support", swiftSettings: lowLevel),
        .testTarget(name: "ShellTests", dependencies: ["Shell", "Output", "TestSupport"], swiftSettings: lowLevel),
        .testTarget(name: "StoreTests", dependencies: ["FuzzTargets", "Store", "Columns", "Types", "Syntax"]),
        .testTarget(
            name: "ExecuteTests", dependencies: ["Execute", "Plan", "Resolve", "Store", "Columns", "Types", "Syntax"]),
    ],
    swiftLanguageModes: [.v6]
)

// The program that libFuzzer drives links only with libFuzzer, which scripts/fuzz adds.
if Context.environment["CRMQ_FUZZ_DRIVER"] != nil {
    package.targets.append(
        .executableTarget(name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Driver", swiftSettings: lowLevel))
}

// What scripts/bench kernels times; no other build needs it.
if Context.environment["CRMQ_KERNEL_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "kernels", dependencies: ["Types", "Columns", "Store", "Output", "Syntax"], path: "Tests/Benchmarks/Kernels",
            swiftSettings: lowLevel))
}
