#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Why nothing could be measured.
enum BenchmarkError: Error, CustomStringConvertible {
    case usage(String)
    case wrong(String)

    var description: String {
        switch self {
        case .usage(let text): text
        case .wrong(let kernel): "\(kernel): the kernel did not do what it should"
        }
    }
}

/// Where the files of the benchmark lie while it runs.
final class ScratchFolder {
    private let folder: URL

    init() throws {
        let name = "crmq-kernels-\(ProcessInfo.processInfo.processIdentifier)"
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func path(of name: String) -> String { folder.appendingPathComponent(name).path }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let path = path(of: name)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}
