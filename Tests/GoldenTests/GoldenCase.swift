import Foundation

/// One case of the golden corpus: what is asked of which store, and what comes out, in a plain text file.
///
/// ```
/// store: crm
/// format: table            (optional; so are today, width, safe, quiet, and any number of `param NAME=TEXT`)
/// === input
/// accounts take 1
/// === output
/// …
/// === messages
/// …
/// === status
/// 1
/// ```
/// Sections that are empty are left out; a status that is left out is 0.
struct GoldenCase {
    var path: URL
    var header: [(key: String, value: String)] = []
    var input = ""
    var result = GoldenResult()

    init(contentsOf path: URL) throws {
        self.path = path
        let text = try String(contentsOf: path, encoding: .utf8)
        var section = "header"
        var bodies: [String: [Substring]] = [:]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("=== ") {
                section = String(line.dropFirst(4))
            } else {
                bodies[section, default: []].append(line)
            }
        }
        for line in bodies["header"] ?? [] where !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            header.append((String(parts[0]), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""))
        }
        func body(_ name: String, isLast: Bool) -> String { (bodies[name] ?? []).joined(separator: "\n") }
        let isLast = section
        input = Self.lines(bodies["input"], isLast: isLast == "input")
        result.output = Self.lines(bodies["output"], isLast: isLast == "output")
        result.messages = Self.lines(bodies["messages"], isLast: isLast == "messages")
        result.status = Int32((bodies["status"] ?? []).joined().trimmingCharacters(in: .whitespaces)) ?? 0
    }

    /// The file's own last line break makes an empty last line that belongs to no section.
    private static func lines(_ lines: [Substring]?, isLast: Bool) -> String {
        guard var lines else { return "" }
        if isLast, lines.last?.isEmpty == true { lines.removeLast() }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    func value(_ key: String) -> String? { header.first { $0.key == key }?.value }

    /// The case as it would be written with a result.
    func text(with result: GoldenResult) -> String {
        var text = header.map { $0.value.isEmpty ? "\($0.key):\n" : "\($0.key): \($0.value)\n" }.joined()
        text += "=== input\n" + input
        if !result.output.isEmpty { text += "=== output\n" + result.output }
        if !result.messages.isEmpty { text += "=== messages\n" + result.messages }
        if result.status != 0 { text += "=== status\n\(result.status)\n" }
        return text
    }
}

struct GoldenResult: Equatable {
    var output = ""
    var messages = ""
    var status: Int32 = 0
}
