import Columns
import Store
import Types

extension Store {
    /// Everything in the store, as text.
    public var contentsText: [String] {
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
    public func readInPieces() -> [String] {
        var lines: [String] = []
        for entity in schema.entities {
            let rows = Buffer((-1..<Int32(entity.rowCount)).reversed())
            for field in entity.fields.indices {
                let values = values(of: FieldID(entity.id, field), at: rows)
                lines.append(values.words)
                for row in stride(from: 0, to: rows.count, by: 7) {
                    guard case .text(let text) = values.value(at: row) else { continue }
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
