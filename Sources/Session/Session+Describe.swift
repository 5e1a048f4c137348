import Columns
import Output
import Resolve
import Store
import Syntax
import Types

/// `describe`: what a name is, in a few lines, with the statistics of a field.
extension Session {
    func describe(_ names: [Name], of perspective: Name?, _ span: Span) throws {
        if names.count == 1, perspective == nil { try bindCatalogue(names[0].text, isAsked: true) }
        let description: Description
        do throws(Diagnostic) {
            description = try environment.describe(names, of: perspective)
        } catch {
            // A keyword of the language is described where nothing in the data has its name.
            guard names.count == 1, perspective == nil,
                let keyword = Keywords.all.first(where: { $0.word == names[0].text.lowercased() })
            else {
                throw ResolveErrors(diagnostics: [error])
            }
            return try showText("\(keyword.form)\n  \(keyword.summary)\n")
        }
        var text = description.signature
        if let type = description.type { text += description.signature.hasSuffix(": \(type)") ? "" : ": \(type)" }
        text += "\n"
        if let doc = description.doc { text += "  \(doc)\n" }
        if let body = description.body { text += "  = \(body)\n" }
        for (word, remark) in description.remarks { text += "  \(word): \(remark)\n" }
        for example in description.examples { text += "  example: \(example)\n" }
        for usage in description.usages { text += "  usage: \(usage)\n" }
        if case .field(let field) = description.kind { text += statistics(field) }
        for list in description.lists { text += listed(list.title, list.items) }
        if let reason = description.unavailable { text += "  not available here: \(reason)\n" }
        if let span = description.span {
            text += "  declared at \(span.source.name):\(span.source.lineNumber(span.source.line(at: span.lower)))\n"
        }
        try showText(text)
    }

    private func listed(_ title: String, _ items: [String]) -> String {
        let single = items.joined(separator: ", ")
        if DisplayWidth.of(single) + DisplayWidth.of(title) + 4 <= (settings.width ?? 100) { return "  \(title): \(single)\n" }
        return "  \(title):\n" + items.map { "    \($0)\n" }.joined()
    }

    /// How much of a field is filled, what its values span, and which are the most frequent.
    private func statistics(_ field: FieldID) -> String {
        let values = store.vector(field)
        guard values.count > 0 else { return "  no rows\n" }
        let present = values.isPresentBitmap().rows()
        let everyRow = Buffer<Int32>(repeating: 0, count: present.count)
        let known = values.gathered(present)
        let type = store.schema[field].type
        func single(_ kind: AggregateKind) -> Value {
            let aggregator = makeAggregator(kind: kind, type: type)
            aggregator.update(known, groups: everyRow, groupCount: 1)
            return aggregator.finish(groupCount: 1).value(at: 0)
        }
        var text = "  filled: \(grouped(present.count)) of \(grouped(values.count))\n"
        guard present.count > 0 else { return text }
        let grouper = Grouper(types: [type])
        let groups = grouper.assign([known], count: known.count)
        text += "  distinct: \(grouped(grouper.groupCount))\n"
        switch type {
        case .number, .date, .time, .duration, .period:
            text += "  from \(words(single(.minimum))) to \(words(single(.maximum)))\n"
        default: break
        }
        if grouper.groupCount <= 1000 || grouper.groupCount * 2 < present.count {
            text += listed("most frequent", mostFrequent(grouper, groups))
        }
        return text
    }

    private func mostFrequent(_ grouper: Grouper, _ groups: Buffer<Int32>) -> [String] {
        var counts = [Int](repeating: 0, count: grouper.groupCount)
        for group in groups.pointer { counts[Int(group)] += 1 }
        let keys = grouper.keys()[0]
        return counts.indices.sorted { (counts[$0], $1) > (counts[$1], $0) }.prefix(8).map { group in
            "\(words(keys.value(at: group))) (\(grouped(counts[group])))"
        }
    }

    /// A value as a question would write it.
    private func words(_ value: Value) -> String {
        let column = Vector.constant(value, count: 1)
        guard column.isPresent(0) else { return "none" }
        var bytes: [UInt8] = []
        column.appendText(of: 0, to: &bytes)
        let text = printable(String(decoding: bytes, as: UTF8.self))
        if case .text = value { return "\"\(text.count > 60 ? String(text.prefix(59)) + "…" : text)\"" }
        return text
    }

    func showText(_ text: String) throws {
        if let failure = store.failure { throw failure }
        do throws(OutputError) {
            try output.show(Array(text.utf8), isTable: true)
        } catch {
            throw DeliveryError.output(error)
        }
    }
}
