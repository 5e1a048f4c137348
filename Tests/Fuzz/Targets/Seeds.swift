import Foundation
import Store

/// The golden corpus, from which the first inputs are made.
let goldenFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Golden")

extension FuzzTarget {
    /// Inputs that mean something, to begin with.
    public func seeds() throws -> [[UInt8]] {
        let seeds =
            switch self {
            case .lexer, .parser: try Self.questions().map { Array($0.text.utf8) } + Self.schemaTexts()
            case .question:
                try Self.questions().filter { ["crm", "network"].contains($0.store) }.map {
                    Array((($0.store == "network" ? "1" : "0") + $0.text).utf8)
                }
            case .schema: try Self.schemaTexts()
            case .csv: try Self.files(endings: ["csv", "tsv", "txt"])
            case .json: try Self.files(endings: ["json", "jsonl", "ndjson"])
            case .snapshot: try Self.snapshots()
            }
        return seeds.filter { $0.count <= longestInput }
    }

    /// The inputs of the golden cases, with the names of their stores.
    private static func questions() throws -> [(store: String, text: String)] {
        let folder = goldenFolder.appendingPathComponent("cases")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".case") }
        return try names.sorted().map { name in
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            let store = text.firstMatch(of: #/store: *(\S+)/#).map { String($0.1) } ?? "crm"
            let input = text.components(separatedBy: "=== input\n").last?.components(separatedBy: "\n=== ").first ?? ""
            return (store, input)
        }
    }

    private static func storeFolders() throws -> [URL] {
        let folder = goldenFolder.appendingPathComponent("stores")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { folder.appendingPathComponent($0) }
    }

    private static func schemaTexts() throws -> [[UInt8]] {
        try storeFolders().compactMap { try? [UInt8](Data(contentsOf: $0.appendingPathComponent("schema.crmq"))) } + [
            Array(
                """
                entity account (accounts) from "accounts.csv" { id: text key from "Id"; name: text label; owner: user from "OwnerId" (mine)
                  parent: account from "ParentId" (children); since: date time; arr: number }
                link person.knows: person from "knows.csv" (from_id, to_id) both ways { strength: number, since: date }
                """.utf8)
        ]
    }

    /// The data files of each store, one behind another.
    private static func files(endings: Set<String>) throws -> [[UInt8]] {
        try storeFolders().compactMap { folder in
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            let files = try names.filter { endings.contains(($0 as NSString).pathExtension) }.map {
                try [UInt8](Data(contentsOf: folder.appendingPathComponent($0)))
            }
            return files.isEmpty ? nil : [UInt8](files.joined(separator: [0x1e]))
        }
    }

    private static func snapshots() throws -> [[UInt8]] {
        let path = ScratchFolder.shared.path + "/seed.crmdb"
        return try storeFolders().compactMap { folder in
            guard let store = try? openStore(paths: [folder.path], options: LoadOptions(threads: 1)) else { return nil }
            ScratchFolder.shared.empty()
            try writeSnapshot(of: store, to: path)
            return snapshotInput(ofFile: try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        }
    }
}
