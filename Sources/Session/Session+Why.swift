import Columns
import Execute
import Output
import Resolve
import Syntax
import Types

/// `why`: how a value came to be, as an indented text, as nested JSON, or as a table of its parts.
extension Session {
    func explainValue(_ value: Expression, _ delivery: Delivery) throws {
        if let name = value.leadingName { try bindCatalogue(name, isAsked: true) }
        let explained = try explain(value, in: environment)
        tell(explained.hints)
        let answer = presented(try answer(explained.question), store: store)
        var values: [Term: Int] = [:]
        for (index, term) in explained.explanation.terms.enumerated() { values[term] = index }
        let told = Telling(columns: values, answer: answer).told(explained.explanation, isNeeded: true)
        let format = delivery.format ?? delivery.file.flatMap { OutputFormat(fileName: $0.path) } ?? settings.format
        let isElsewhere = delivery.file != nil || delivery.command != nil
        switch format {
        case .table, nil:
            let text = WhyText(width: isElsewhere ? nil : settings.width ?? 80, color: settings.color && !isElsewhere).text(told)
            try deliver(Array(text.utf8), delivery)
        case .json: try deliver(WhyJSON.text(told), delivery)
        case .csv, .tsv, .jsonl, .markdown, .dot, .mermaid:
            try deliver(Run(answer: table(told), microseconds: 0, hasFooter: false), delivery)
        }
    }

    private func deliver(_ bytes: [UInt8], _ delivery: Delivery) throws {
        if let file = delivery.file {
            guard !settings.safe else { throw DeliveryError.refused(what: "`into`", span: file.span) }
            try write(toFile: file.path, isCancelled: isCancelled) { sink throws(OutputError) in
                try sink.write(String(decoding: bytes, as: UTF8.self))
            }
            note("written to \(file.path)")
        }
        if let command = delivery.command {
            guard !settings.safe else { throw DeliveryError.refused(what: "`|`", span: command.span) }
            try write(toCommand: command.text) { sink throws(OutputError) in
                try sink.write(String(decoding: bytes, as: UTF8.self))
            }
        }
        guard delivery.file == nil, delivery.command == nil else { return }
        do throws(OutputError) {
            try output.show(bytes, isTable: true)
        } catch {
            throw DeliveryError.output(error)
        }
    }

    /// The parts one below another, with how deep each lies.
    private func table(_ told: Told) -> Answer {
        var table = TableBuilder([
            ("level", .number), ("part", .text), ("value", .text), ("mattered", .bool), ("beside", .text), ("declared", .text),
        ])
        func append(_ part: Told, _ level: Int) {
            let beside = part.details.map { "\($0.text) = \($0.value)" } + part.recordLines.map { String($0.drop { $0 == " " }) }
            table.append([
                .number(Number(level)), .text(part.text), part.isNeeded ? .text(part.value) : .none, .bool(part.isNeeded),
                beside.isEmpty ? .none : .text(beside.joined(separator: "; ")), part.declared.map { .text($0.place) } ?? .none,
            ])
            for inner in part.parts { append(inner, level + 1) }
        }
        append(told, 1)
        return table.finish()
    }
}
