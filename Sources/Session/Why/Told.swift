import Columns
import Output
import Resolve
import Types

/// A part of an explanation with the values that were found.
struct Told {
    struct Detail {
        var text: String
        var value: String
        var json: [UInt8]
    }
    struct Sample {
        var record: String
        var values: [(name: String, value: String, json: [UInt8])]
    }
    struct Records {
        var name: String
        var total: Int?
        var count: Int
        var sample: [Sample]
        /// Whether the sample is of records that were not chosen.
        var isRejected: Bool
    }

    var text: String
    var value: String
    var json: [UInt8]
    /// For a condition, whether it holds.
    var holds: Bool?
    var isNeeded: Bool
    var declared: Explanation.Declared?
    var details: [Detail] = []
    var records: Records?
    var parts: [Told] = []

    /// What the records come to, and the first few of them, a line each.
    var recordLines: [String] {
        guard let records else { return [] }
        let total = records.total.map { " of \(grouped($0))" } ?? ""
        let counted = "\(grouped(records.count))\(total) \(records.name)"
        var lines = [counted + (records.isRejected && !records.sample.isEmpty ? "; the first that are not among them:" : "")]
        for sample in records.sample {
            let values = sample.values.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
            lines.append("  \(sample.record)" + (values.isEmpty ? "" : ": \(values)"))
        }
        let left = (records.isRejected ? records.total ?? 0 : records.count) - records.sample.count
        if left > 0, !records.sample.isEmpty { lines.append("  and \(grouped(left)) more") }
        return lines
    }
}

/// Puts the values of an answer into an explanation, and finds out which parts did not matter.
struct Telling {
    let columns: [Term: Int]
    let answer: Answer

    func told(_ part: Explanation, isNeeded: Bool) -> Told {
        let vector = column(part.term)
        var told = Told(text: part.text, value: text(vector, 0), json: json(vector, 0), isNeeded: isNeeded)
        if part.type == .bool { told.holds = vector.value(at: 0) == .bool(true) }
        guard isNeeded else { return told }
        if case .definition(let declared) = part.kind { told.declared = declared }
        told.details = part.details.map { detail in
            let values = column(detail.term)
            return Told.Detail(text: detail.text, value: text(values, 0), json: json(values, 0))
        }
        told.records = part.records.map(records)
        var isOpen = true
        for (index, inner) in part.parts.enumerated() {
            told.parts.append(self.told(inner, isNeeded: isOpen && isTaken(index, of: part)))
            let holds = isTrue(inner.term)
            switch part.kind {
            case .and: isOpen = isOpen && holds
            case .or: isOpen = isOpen && !holds
            case .fallback: isOpen = isOpen && !column(inner.term).isPresent(0)
            case .plain, .choice, .definition: break
            }
        }
        return told
    }

    /// Of the two values of `if` the one that was chosen.
    private func isTaken(_ index: Int, of part: Explanation) -> Bool {
        guard case .choice = part.kind, index > 0, let condition = part.parts.first else { return true }
        return isTrue(condition.term) == (index == 1)
    }

    private func isTrue(_ term: Term) -> Bool { column(term).value(at: 0) == .bool(true) }

    private func column(_ term: Term) -> Vector {
        guard let index = columns[term] else { return .missing(count: 1) }
        return answer.columns[index].values
    }

    private func records(_ records: Explanation.Records) -> Told.Records {
        let count = number(records.count)
        let isRejected = count == 0 && records.rejected != nil
        let sample = isRejected ? records.rejected ?? records.sample : records.sample
        return Told.Records(
            name: records.name, total: records.total.map(number), count: count, sample: self.sample(sample),
            isRejected: isRejected)
    }

    private func number(_ term: Term) -> Int {
        guard case .number(let number) = column(term).value(at: 0) else { return 0 }
        return Int(number.doubleValue)
    }

    private func sample(_ term: Term) -> [Told.Sample] {
        guard case .table(let segments, let columns) = column(term).storage else { return [] }
        return (0..<segments.elementCount).map { row in
            Told.Sample(
                record: plain(columns[0].values, row),
                values: columns.dropFirst().map { ($0.name, text($0.values, row), json($0.values, row)) })
        }
    }

    // MARK: Values as text

    /// A value as a question would write it; long ones are cut.
    private func text(_ values: Vector, _ row: Int) -> String {
        let text = plain(values, row)
        guard values.isPresent(row), case .text = values.type else { return text }
        return "\"\(text)\""
    }

    private func plain(_ values: Vector, _ row: Int) -> String {
        guard values.isPresent(row) else { return "none" }
        var bytes: [UInt8] = []
        values.appendText(of: row, to: &bytes)
        let text = printable(String(decoding: bytes, as: UTF8.self))
        return text.count > 60 ? String(text.prefix(59)) + "…" : text
    }

    private func json(_ values: Vector, _ row: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        appendJSON(of: values, row, to: &bytes)
        return bytes
    }
}
