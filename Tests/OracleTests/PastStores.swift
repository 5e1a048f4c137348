import Demo
import Foundation
import Oracle
import Store
import Types

/// The demo, which has a history of the deals' stages, and the same data as they were exported on earlier days.
///
/// What is cut off is cut from the text of the files, so that nothing is shared with the store's own way to the past.
struct PastStores {
    let present: Store
    /// The text of each file, in rows of values; the first row is the header.
    private let files: [String: [[String]]]
    private let schema: String

    init(scale: Double = 0.0005) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("crmq-past-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try writeDemo(to: folder.path, options: DemoOptions(scale: scale))
        var files: [String: [[String]]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".csv") {
            files[name] = Self.rows(try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
        }
        let declared = try String(contentsOf: folder.appendingPathComponent("schema.crmq"), encoding: .utf8)
        present = try Self.store(files, schema: declared)
        self.files = files
        schema = schemaText(present)
    }

    /// The data as they would have been exported at the end of a day.
    func exported(on day: String) throws -> Store {
        var past: [String: [[String]]] = [:]
        for (name, rows) in files { past[name] = cut(rows, of: name, at: day) }
        // A deal has the stage of its last change so far.
        let changed = ["deal_id", "stage", "at"].map { files["stage_changes.csv"]![0].firstIndex(of: $0)! }
        var last: [String: (day: String, stage: String)] = [:]
        for change in past["stage_changes.csv"]!.dropFirst() {
            let (deal, stage, day) = (change[changed[0]], change[changed[1]], change[changed[2]])
            if last[deal].map({ $0.day <= day }) ?? true { last[deal] = (day, stage) }
        }
        let stage = files["deals.csv"]![0].firstIndex(of: "stage")!
        past["deals.csv"] = past["deals.csv"]!.enumerated().map { index, row in
            var row = row
            if index > 0 { row[stage] = last[row[0]]?.stage ?? "" }
            return row
        }
        return try Self.store(past, schema: schema)
    }

    private func cut(_ rows: [[String]], of file: String, at day: String) -> [[String]] {
        let entity = present.schema.entities.first { $0.origin == file }!
        let time = entity.time.map { rows[0].firstIndex(of: entity.fields[$0].header)! }
        let dates = entity.fields.filter { $0.type == .date || $0.type == .time }.map { rows[0].firstIndex(of: $0.header)! }
        // What lies in the future even today was planned.
        let blanked = dates.filter { column in
            column != time && !rows.dropFirst().contains { $0[column].prefix(10) > "2026-06-30" }
        }
        return [rows[0]]
            + rows.dropFirst().filter { row in time.map { row[$0].prefix(10) <= day } ?? true }.map { row in
                var row = row
                for column in blanked where row[column].prefix(10) > day { row[column] = "" }
                return row
            }
    }

    private static func store(_ files: [String: [[String]]], schema: String) throws -> Store {
        try Fixtures.inFolder { folder in
            for (name, rows) in files {
                let text = rows.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
                try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
            }
            try schema.write(to: folder.appendingPathComponent("schema.crmq"), atomically: true, encoding: .utf8)
        }
    }

    private static func quoted(_ value: String) -> String {
        value.contains { $0 == "," || $0 == "\"" || $0 == "\n" } ? "\"\(value.replacing("\"", with: "\"\""))\"" : value
    }

    /// The values of a file that needs no more than RFC 4180.
    private static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var value = ""
        var isQuoted = false
        var isBehindQuote = false
        for character in text {
            if isQuoted {
                if character == "\"" { (isQuoted, isBehindQuote) = (false, true) } else { value.append(character) }
                continue
            }
            switch character {
            case "\"":
                if isBehindQuote { value.append(character) }
                isQuoted = true
            case ",":
                row.append(value)
                value = ""
            case "\n", "\r\n":
                rows.append(row + [value])
                (row, value) = ([], "")
            default: value.append(character)
            }
            isBehindQuote = false
        }
        return rows
    }
}
