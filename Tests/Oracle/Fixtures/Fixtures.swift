import Demo
import Foundation
import Store

/// Stores for tests, loaded the way that a user's folder is.
public enum Fixtures {
    /// The day that questions of the fixtures are asked on.
    public static let today: Int32 = 20_634

    /// The hand-made store of what goes wrong.
    public static func nastyStore() throws -> Store {
        try inFolder { folder in
            for file in NastyTables.files {
                try file.text.write(to: folder.appendingPathComponent(file.name), atomically: true, encoding: .utf8)
            }
        }
    }

    /// The demo at a size that a naive evaluator can still go through.
    public static func demoStore(scale: Double = 0.0005) throws -> Store {
        try inFolder { folder in _ = try writeDemo(to: folder.path, options: DemoOptions(scale: scale)) }
    }

    /// Loads what is written into a new folder, which is gone afterwards.
    public static func inFolder(_ write: (URL) throws -> Void) throws -> Store {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("crmq-oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(folder)
        return try openStore(paths: [folder.path], options: LoadOptions(threads: 1))
    }
}
