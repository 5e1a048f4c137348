import Columns
import Foundation
import Oracle
import Resolve
import Store
import Syntax
import Testing
import Types

/// The questions of the golden corpus, answered by the reference evaluator as well: what a golden file says was written by the engine, and
/// this says that it is right.
struct GoldenQuestionTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden")

    @Test func engineAgreesOnTheGoldenCorpus() throws {
        let cases = Self.folder.appending(path: "cases")
        let names = try FileManager.default.subpathsOfDirectory(atPath: cases.path).filter { $0.hasSuffix(".case") }.sorted()
        var benches: [String: Workbench] = [:]
        var compared = 0
        for (index, name) in names.enumerated() {
            let text = try String(contentsOf: cases.appending(path: name), encoding: .utf8)
            let (header, input) = Self.parts(text)
            let store = header["store"] ?? "crm"
            guard let bench = benches[store] ?? Self.bench(store) else { continue }
            benches[store] = bench
            var dialogue = Dialogue(bench, configuration: Configuration.all[index % Configuration.all.count])
            if let day = header["today"].flatMap(Self.day) {
                dialogue.bench.environment.clock = Clock(today: day, now: Int64(day + 1) * 86_400_000_000 - 1)
            }
            for complaint in dialogue.complaints(about: input) { Issue.record("\(name): \(complaint)") }
            compared += dialogue.compared
        }
        #expect(compared >= 300, "only \(compared) questions were compared")
    }

    /// A store that cannot be loaded is a case of its own, with nothing to compare.
    private static func bench(_ name: String) -> Workbench? {
        let path = folder.appending(path: "stores/\(name)").path
        return (try? openStore(paths: [path], options: LoadOptions(threads: 1))).flatMap { try? Workbench($0) }
    }

    /// The lines of the header, and the section of the input.
    private static func parts(_ text: String) -> (header: [String: String], input: String) {
        var header: [String: String] = [:]
        var input = ""
        var section = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("=== ") {
                section = String(line.dropFirst(4))
            } else if section == "input" {
                input += line + "\n"
            } else if section.isEmpty, let colon = line.firstIndex(of: ":") {
                header[String(line[..<colon])] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            }
        }
        return (header, input)
    }

    private static func day(_ text: String) -> Int32? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? Types.Calendar.day(year: parts[0], month: parts[1], day: parts[2]) : nil
    }
}

/// The statements of a script, one after another, with what they declare and keep.
private struct Dialogue {
    var bench: Workbench
    let configuration: Configuration
    private(set) var compared = 0
    private var answers: [String: Answer] = [:]
    private var expected: [String: ReferenceAnswer] = [:]

    init(_ bench: Workbench, configuration: Configuration) {
        self.bench = bench
        self.configuration = configuration
    }

    /// Where both answers differ. A script ends at its first mistake, which is for the golden corpus to test.
    mutating func complaints(about input: String) -> [String] {
        let parsed = parse(SourceText(name: "case.crmq", text: input))
        guard parsed.diagnostics.isEmpty else { return [] }
        for statement in parsed.statements {
            switch statement.kind {
            case .question(let question):
                if let complaint = answered(question, as: "it") { return [complaint] }
            case .letBinding(let name, let question):
                if let complaint = answered(question, as: name.text) { return [complaint] }
            case .define, .param, .declareQuestion, .perspective, .use, .relationship, .goal:
                if bench.environment.declare(statement).contains(where: { $0.severity == .error }) { return [] }
            default: return []
            }
        }
        return []
    }

    private mutating func answered(_ question: Question, as name: String) -> String? {
        guard let resolved = try? resolve(question, in: bench.environment).question, bench.isSpecified(resolved) else {
            return nil
        }
        if case .bound(let earlier, _) = resolved.source, answers[earlier] == nil { return nil }
        let answers = answers
        guard let found = try? bench.answer(resolved, configuration, bound: { answers[$0] }) else { return nil }
        do {
            let wanted = try bench.reference.answer(resolved, bound: expected)
            self.answers[name] = found
            expected[name] = wanted
            bench.environment.relations[name] = BoundRelation(found)
            compared += 1
            return Agreement.difference(found, wanted).map { "\(question.span.text): \(configuration.name): \($0)" }
        } catch {
            return "\(question.span.text): \(error)"
        }
    }
}
