import Output
import Resolve

/// Writes an explanation as nested JSON objects.
enum WhyJSON {
    static func text(_ told: Told) -> [UInt8] {
        var bytes: [UInt8] = []
        append(told, indent: 0, to: &bytes)
        return bytes + [UInt8(ascii: "\n")]
    }

    private static func append(_ told: Told, indent: Int, to bytes: inout [UInt8]) {
        var members: [(String, [UInt8])] = [("part", quoted(told.text))]
        if told.isNeeded { members.append(("value", told.json)) }
        members.append(("mattered", Array((told.isNeeded ? "true" : "false").utf8)))
        if let declared = told.declared {
            members.append(("definition", quoted(declared.name)))
            members.append(("declared", quoted(declared.place)))
            if let doc = declared.doc { members.append(("doc", quoted(doc))) }
        }
        if !told.details.isEmpty { members.append(("beside", object(told.details.map { ($0.text, $0.json) }))) }
        if let records = told.records { members.append(("records", object(of: records))) }
        bytes += Array("{".utf8)
        for (index, member) in members.enumerated() {
            bytes += Array((index > 0 ? ", " : "").utf8) + quoted(member.0) + Array(": ".utf8) + member.1
        }
        if !told.parts.isEmpty {
            bytes += Array(", \"parts\": [".utf8)
            for (index, part) in told.parts.enumerated() {
                bytes += Array(((index > 0 ? "," : "") + "\n" + String(repeating: " ", count: indent + 2)).utf8)
                append(part, indent: indent + 2, to: &bytes)
            }
            bytes += Array("]".utf8)
        }
        bytes += Array("}".utf8)
    }

    private static func object(of records: Told.Records) -> [UInt8] {
        var members: [(String, [UInt8])] = [("of", quoted(records.name)), ("count", Array("\(records.count)".utf8))]
        if let total = records.total { members.append(("total", Array("\(total)".utf8))) }
        let sample = records.sample.map { sample in
            object([("record", quoted(sample.record))] + sample.values.map { ($0.name, $0.json) })
        }
        let list = Array("[".utf8) + sample.joined(separator: Array(", ".utf8)) + Array("]".utf8)
        members.append((records.isRejected ? "left_out" : "first", list))
        return object(members)
    }

    private static func object(_ members: [(String, [UInt8])]) -> [UInt8] {
        let texts = members.map { quoted($0.0) + Array(": ".utf8) + $0.1 }
        return Array("{".utf8) + texts.joined(separator: Array(", ".utf8)) + Array("}".utf8)
    }

    private static func quoted(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        appendJSONText(Array(text.utf8), to: &bytes)
        return bytes
    }
}
