import Columns
import Types

/// Paths as a picture to be drawn by Graphviz (`dot`) or within Markdown (`mermaid`): each record once, each step once. Any answer with
/// columns `from` and `to` can be drawn, such as `for a in people, b in a.knows select from = a, to = b`.
struct GraphWriter {
    enum Dialect { case dot, mermaid }
    let dialect: Dialect

    private struct Node: Hashable {
        var key: String
        var label: String
    }

    private struct Arc: Hashable {
        var from: Int
        var to: Int
        var label: String
    }

    func write(_ answer: Answer, to sink: ByteSink) throws(OutputError) {
        guard let (columns, rowCount) = Self.steps(of: answer) else { throw OutputError.notAGraph }
        var nodes: [Node] = []
        var numbers: [Node: Int] = [:]
        var arcs: [Arc] = []
        var seen: Set<Arc> = []
        func number(_ node: Node) -> Int {
            if let known = numbers[node] { return known }
            numbers[node] = nodes.count
            nodes.append(node)
            return nodes.count - 1
        }
        for row in 0..<rowCount {
            func cell(_ name: String) -> String? {
                guard let values = columns.first(where: { $0.name == name })?.values, values.isPresent(row) else { return nil }
                var bytes: [UInt8] = []
                appendCell(values, row, to: &bytes)
                return String(decoding: bytes, as: UTF8.self)
            }
            guard let from = cell("from"), let to = cell("to") else { continue }
            let near = number(Node(key: cell("from_key") ?? from, label: from))
            let far = number(Node(key: cell("to_key") ?? to, label: to))
            let known = columns.filter { !["from", "from_key", "link", "to", "to_key"].contains($0.name) }.compactMap { column in
                cell(column.name).map { "\(String(column.name.map { $0 == "_" ? " " : $0 })) \($0)" }
            }
            let arc = Arc(from: near, to: far, label: ((cell("link").map { [$0] } ?? []) + known).joined(separator: "\n"))
            if seen.insert(arc).inserted { arcs.append(arc) }
        }
        try sink.write(dialect == .dot ? dot(nodes, arcs) : mermaid(nodes, arcs))
    }

    /// The steps of all paths one after another, or the rows of an answer that has a `from` and a `to` itself.
    private static func steps(of answer: Answer) -> (columns: [(name: String, values: Vector)], count: Int)? {
        for column in answer.columns {
            guard case .table(let segments, let columns) = column.values.storage else { continue }
            if Set(columns.map(\.name)).isSuperset(of: ["from", "to"]) { return (columns, segments.elementCount) }
        }
        let columns = answer.columns.map { (name: $0.name, values: $0.values) }
        return Set(columns.map(\.name)).isSuperset(of: ["from", "to"]) ? (columns, answer.rowCount) : nil
    }

    private func dot(_ nodes: [Node], _ arcs: [Arc]) -> String {
        func quoted(_ text: String) -> String {
            "\"" + text.map { $0 == "\\" ? "\\\\" : $0 == "\"" ? "\\\"" : $0 == "\n" ? "\\n" : String($0) }.joined() + "\""
        }
        var text = "digraph paths {\n  rankdir=LR;\n"
        for (index, node) in nodes.enumerated() { text += "  n\(index + 1) [label=\(quoted(node.label))];\n" }
        for arc in arcs {
            let label = arc.label.isEmpty ? "" : " [label=\(quoted(arc.label))]"
            text += "  n\(arc.from + 1) -> n\(arc.to + 1)\(label);\n"
        }
        return text + "}\n"
    }

    private func mermaid(_ nodes: [Node], _ arcs: [Arc]) -> String {
        func quoted(_ text: String) -> String {
            "\"" + text.map { $0 == "\"" ? "#quot;" : $0 == "\n" ? "<br>" : String($0) }.joined() + "\""
        }
        var text = "flowchart LR\n"
        for (index, node) in nodes.enumerated() { text += "  n\(index + 1)[\(quoted(node.label))]\n" }
        for arc in arcs {
            let label = arc.label.isEmpty ? "" : "|\(quoted(arc.label))|"
            text += "  n\(arc.from + 1) -->\(label) n\(arc.to + 1)\n"
        }
        return text
    }
}
