import Demo
import Foundation
import Oracle
import Store
import Types

/// The demo with a history of the deals' stages, and the same data as they were exported on earlier days.
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
        files["deal_changes.csv"] = Self.changes(of: files["deals.csv"] ?? [])
        let declared = try String(contentsOf: folder.appendingPathComponent("schema.crmq"), encoding: .utf8)
        let history = "\nhistory deal.stage from \"deal_changes.csv\" (deal_id, changed_on, stage)\n"
        present = try Self.store(files, schema: declared + history)
        self.files = files
        schema = schemaText(present)
    }

    /// A row for every change: each deal began as a prospect, and has the stage that it has since it was closed.
    private static func changes(of deals: [[String]]) -> [[String]] {
        let columns = ["id", "stage", "opened", "closed"].map { deals[0].firstIndex(of: $0)! }
        var changes = [["id", "deal_id", "changed_on", "stage"]]
        for deal in deals.dropFirst() {
            let values = columns.map { deal[$0] }
            changes.append(["CHG-\(changes.count)", values[0], values[2], "prospect"])
            let isDecided = values[1] == "won" || values[1] == "lost"
            changes.append(["CHG-\(changes.count)", values[0], isDecided ? values[3] : values[2], values[1]])
        }
        return changes
    }

    /// The data as they would have been exported at the end of a day.
    func exported(on day: String) throws -> Store {
        var past: [String: [[String]]] = [:]
        for (name, rows) in files { past[name] = cut(rows, of: name, at: day) }
        // A deal has the stage of its last change so far; a few deals of the demo were closed before they were opened.
        var last: [String: (day: String, stage: String)] = [:]
        for change in past["deal_changes.csv"]!.dropFirst() where last[change[1]].map({ $0.day <= change[2] }) ?? true {
            last[change[1]] = (change[2], change[3])
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
