import Demo
import Foundation
import Session
import Store
import Syntax
import Testing

/// What the documentation shows runs, on the demo data and the day that the documentation names.
struct DocTests {
    private static let root = GoldenRunner.folder.deletingLastPathComponent().deletingLastPathComponent()

    /// One small demo store for all of these tests; it lies in a temporary folder that goes with it.
    private final class DemoStore {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("crmq-docs-\(UUID().uuidString)")
        let store: Store

        init() throws {
            _ = try writeDemo(to: folder.path, options: DemoOptions(scale: 0.02))
            store = try openStore(paths: [folder.path], options: LoadOptions(threads: 1))
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        /// What a text gives in a session of its own.
        func run(_ text: String, name: String) -> (succeeds: Bool, recorder: Recorder) {
            let recorder = Recorder()
            var settings = Settings()
            settings.safe = true
            let session = Session(store: store, clock: SessionClock(day: "2026-06-30")!, settings: settings, output: recorder)
            return (session.run(SourceText(name: name, text: text)) == .success, recorder)
        }
    }

    /// The blocks of a Markdown text that are fenced as crmq, each with the number of its first line.
    private static func blocks(of text: String) -> [(line: Int, text: String)] {
        var blocks: [(line: Int, text: String)] = []
        var open: (line: Int, text: String)?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line == "```crmq" {
                open = (index + 2, "")
            } else if line.hasPrefix("```") {
                if let block = open { blocks.append(block) }
                open = nil
            } else {
                open?.text += line + "\n"
            }
        }
        return blocks
    }

    @Test func everyBlockOfTheDocumentationRuns() throws {
        let demo = try DemoStore()
        var count = 0
        for file in ["docs/language.md", "README.md"] {
            guard let text = try? String(contentsOf: Self.root.appendingPathComponent(file), encoding: .utf8) else {
                #expect(file == "README.md", "\(file) is missing")
                continue
            }
            for block in Self.blocks(of: text) {
                let (succeeds, recorder) = demo.run(block.text, name: "\(file), from line \(block.line)")
                #expect(succeeds, "\(recorder.messages)")
                #expect(!recorder.messages.contains("hint:"), "\(recorder.messages)")
                count += 1
            }
        }
        #expect(count >= 15)
    }

    /// The doc lines of the prelude, each with the name that is declared below it.
    private static func docs() throws -> [(name: String, examples: [String], usages: [String])] {
        let text = try String(contentsOf: root.appendingPathComponent("stdlib/prelude.crmq"), encoding: .utf8)
        var docs: [(name: String, examples: [String], usages: [String])] = []
        var examples: [String] = []
        var usages: [String] = []
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("--- example: ") {
                examples.append(String(line.dropFirst("--- example: ".count)))
            } else if line.hasPrefix("--- usage: ") {
                usages.append(String(line.dropFirst("--- usage: ".count)))
            } else if line.hasPrefix("define ") {
                let name = line.dropFirst("define ".count).prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
                docs.append((String(name), examples, usages))
                (examples, usages) = ([], [])
            }
        }
        return docs
    }

    @Test func everyExampleOfThePreludeHolds() throws {
        let demo = try DemoStore()
        let docs = try Self.docs()
        #expect(docs.count > 70)
        for (name, examples, usages) in docs {
            #expect(!examples.isEmpty || !usages.isEmpty, "\(name) has neither an example nor a usage")
            for example in examples {
                let (succeeds, recorder) = demo.run(example, name: name)
                #expect(succeeds, "\(recorder.messages)")
                #expect(recorder.output.hasSuffix("\ntrue\n"), "\(name): \(recorder.output)")
            }
            for usage in usages {
                let (succeeds, recorder) = demo.run(usage, name: name)
                #expect(succeeds, "\(recorder.messages)")
                #expect(!recorder.messages.contains("hint:"), "\(recorder.messages)")
            }
        }
    }

    /// The questions of the library's perspectives, each with what its parameters without a default are given.
    private static func libraryQuestions() throws -> [String] {
        let folder = root.appendingPathComponent("stdlib/perspectives")
        var questions: [String] = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            for statement in parse(SourceText(name: file, text: text)).statements {
                guard case .perspective(let perspective) = statement.kind else { continue }
                #expect(file == perspective.name.text + ".crmq")
                for case .declareQuestion(let question) in perspective.statements.map(\.kind) {
                    let needed = question.parameters.filter { $0.defaultValue == nil }
                    let arguments = needed.map { parameter in
                        guard case .named(let type)? = parameter.type else { return "none" }
                        switch type.text {
                        case "account": return "first(accounts by id)"
                        case "person": return "first(touches).person"
                        case "number": return "1000"
                        default: return "\"Consulting day\""
                        }
                    }.joined(separator: ", ")
                    questions.append("ask \(perspective.name.text)::\(question.name.text)(\(arguments))")
                }
            }
        }
        return questions
    }

    @Test func everyQuestionOfTheLibraryHasAnAnswer() throws {
        let demo = try DemoStore()
        let questions = try Self.libraryQuestions()
        #expect(questions.count >= 40)
        for question in questions {
            let (succeeds, recorder) = demo.run(question, name: question)
            #expect(succeeds, "\(recorder.messages)")
            #expect(!recorder.messages.contains("hint:"), "\(recorder.messages)")
        }
    }

    @Test func theDemoLacksNothingOfTheLibrary() throws {
        let demo = try DemoStore()
        for catalogue in ["definitions", "questions"] {
            let (succeeds, recorder) = demo.run("\(catalogue) where lacks != none select name, lacks", name: catalogue)
            #expect(succeeds, "\(recorder.messages)")
            #expect(recorder.output == "name\tlacks\n", "\(recorder.output)")
        }
    }
}
