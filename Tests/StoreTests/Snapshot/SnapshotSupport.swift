import Columns
import Foundation
import Types

@testable import Store

/// A CRM of every kind of column and link: made, not random, so that a failure can be looked at.
func manyKindsStore(rows: Int = 200) throws -> Store {
    let words = ["renewal", "invoice", "Ünïcode – ça va", "漢字テスト", "follow-up", "", "call me maybe", "a"]
    var accounts = "id,name,region,arr,since"
    for row in 0..<40 {
        accounts +=
            "\nACC-\(String(format: "%03d", row)),\(words[row % 5]) \(row),\(["north", "south", ""][row % 3]),\(row * 17),2024-0\(row % 9 + 1)-11"
    }
    var people = "id,email,account_id,age"
    for row in 0..<rows {
        people +=
            "\n\(row * 3 + 5),p\(row)@acc\(row % 7).example,ACC-\(String(format: "%03d", row * 7 % 40)),\(row % 5 == 0 ? "" : "\(row % 90)")"
    }
    var touches = "id,person_id,subject,kind"
    for row in 0..<(rows * 3) {
        touches += "\nT\(row),\((row * 11 % rows) * 3 + 5),\(words[row % 7]) \(words[row % 3]) \(row / 2),\(row % 4)"
    }
    var knows = "from_id,to_id,since"
    for row in 0..<rows { knows += "\n\(row * 3 + 5),\((row * 13 % rows) * 3 + 5),2023-01-0\(row % 9 + 1)" }
    return try store(
        [table("accounts", accounts), table("people", people), table("touches", touches), table("knows", knows)],
        schema: "link person.knows: person from \"knows.csv\" (from_id, to_id) both ways { since: date }")
}

extension Store {
    /// Everything in the store, as text.
    var contentsText: [String] {
        var lines = schema.entities.map { "\($0)" } + schema.links.map { "\($0)" }
        lines += problems.map { "\($0)" } + suggestions.map { "\($0)" }
        for entity in schema.entities {
            for field in entity.fields.indices {
                let values = vector(FieldID(entity.id, field))
                lines.append("\(entity.name).\(entity.fields[field].name): " + values.words)
            }
        }
        for link in schema.links {
            switch index(of: link.id) {
            case .one(let rows): lines.append("\(link.name): \(rows.array)")
            case .many(let segments, let rows, let edges):
                lines.append("\(link.name): \(segments.offsets.array) \(rows.array) \(edges?.array ?? [])")
            }
        }
        return lines
    }

    /// Reads everything a few rows at a time, and by looking it up.
    func readInPieces() -> [String] {
        var lines: [String] = []
        for entity in schema.entities {
            let rows = Buffer((-1..<Int32(entity.rowCount)).reversed())
            for field in entity.fields.indices {
                let values = values(of: FieldID(entity.id, field), at: rows)
                lines.append(values.words)
                for row in stride(from: 0, to: rows.count, by: 7) {
                    guard let text = values.textValue(at: row) else { continue }
                    let found = self.rows(where: FieldID(entity.id, field), equals: text)
                    if let found, !found.array.contains(rows[row]) { lines.append("\(text) is not found") }
                    if occurs(text, in: FieldID(entity.id, field)) == false { lines.append("\(text) does not occur") }
                }
            }
            for link in entity.links {
                if schema[link].isToOne {
                    lines.append("\(targets(of: link, from: rows).array)")
                } else if let found = members(of: link, from: rows) {
                    lines.append("\(found.0.offsets.array) \(found.rows.array) \(found.edges?.array ?? [])")
                } else if case .many(let segments, let targets, let edges) = index(of: link) {
                    let (gathered, elements) = segments.gathered(rows)
                    lines.append(
                        "\(gathered.offsets.array) \(targets.picked(at: elements).array) \(edges?.picked(at: elements).array ?? [])"
                    )
                }
            }
        }
        return lines
    }
}

extension Vector {
    var words: String {
        (0..<count).map { row in
            guard isPresent(row) else { return "none" }
            var bytes: [UInt8] = []
            appendText(of: row, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }.joined(separator: "|")
    }
}

/// The bytes of a snapshot of a store.
func snapshotBytes(_ store: Store) throws -> [UInt8] {
    let folder = TemporaryFolder()
    try writeSnapshot(of: store, to: "\(folder.path)/book.crmdb")
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/book.crmdb")))
}

/// Makes the hashes of changed bytes right again, as one would who means harm: what the contents say is then all that can be checked.
func sealed(_ bytes: [UInt8]) -> [UInt8] {
    typealias Field = SnapshotFormat.Field
    var bytes = bytes
    bytes.withUnsafeMutableBytes { all in
        func number(_ offset: Int) -> Int { Int(all.loadUnaligned(fromByteOffset: offset, as: Int64.self)) }
        let end = number(Field.dataEnd)
        guard end >= SnapshotFormat.dataStart, end <= all.count, SnapshotFormat.blockCount(dataEnd: end) * 8 == all.count - end
        else {
            return
        }
        for block in 0..<SnapshotFormat.blockCount(dataEnd: end) {
            let start = SnapshotFormat.dataStart + block * SnapshotFormat.blockSize
            let hash = BlockHash.hash(UnsafeRawPointer(all.baseAddress!) + start, min(SnapshotFormat.blockSize, end - start))
            all.storeBytes(of: hash, toByteOffset: end + block * 8, as: UInt64.self)
        }
        let table = BlockHash.hash(UnsafeRawPointer(all.baseAddress!) + end, all.count - end)
        all.storeBytes(of: table, toByteOffset: Field.hashOfHashes, as: UInt64.self)
        let header = BlockHash.hash(UnsafeRawPointer(all.baseAddress!), Field.hashOfHeader)
        all.storeBytes(of: header, toByteOffset: Field.hashOfHeader, as: UInt64.self)
    }
    return bytes
}
