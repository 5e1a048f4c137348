import Execute
import Foundation
import Output
import Plan
import Session
import Store
import Syntax
import Testing

/// Runs golden cases in this process, through the same session that the prompt and scripts use.
final class GoldenRunner {
    /// A way to execute that must change no answer.
    struct Configuration: Sendable, CustomTestStringConvertible {
        var name: String
        var batchSize: Int?
        var threads = 1
        var isOptimized = true
        /// Whether the store is a snapshot of what was loaded, and whether that is read a few rows at a time wherever it can be.
        var snapshot: Snapshot?
        var testDescription: String { name }

        static let standard = Configuration(name: "standard")
        static let all = [
            standard,
            Configuration(name: "batch of 1", batchSize: 1),
            Configuration(name: "batch of 2", batchSize: 2),
            Configuration(name: "batch of 1,024", batchSize: 1024),
            Configuration(name: "two threads", batchSize: 4, threads: 2),
            Configuration(name: "optimizer off", isOptimized: false),
            Configuration(name: "snapshot", snapshot: .whole),
            Configuration(name: "snapshot in pieces, three threads", batchSize: 3, threads: 3, snapshot: .pieces),
        ]

        enum Snapshot { case whole, pieces }
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Golden")

    private var stores: [String: Store] = [:]

    static func cases(in corpus: String = "cases") throws -> [GoldenCase] {
        let cases = folder.appendingPathComponent(corpus)
        let names = try FileManager.default.subpathsOfDirectory(atPath: cases.path).filter { $0.hasSuffix(".case") }
        return try names.sorted().map { try GoldenCase(contentsOf: cases.appendingPathComponent($0)) }
    }

    func run(_ goldenCase: GoldenCase, _ configuration: Configuration) throws -> GoldenResult {
        let recorder = Recorder()
        var settings = Settings()
        settings.format = goldenCase.value("format").flatMap(OutputFormat.init(rawValue:))
        settings.width = goldenCase.value("width").flatMap(Int.init)
        settings.rowLimit = goldenCase.value("rows").flatMap(Int.init)
        settings.safe = goldenCase.value("safe") != nil
        settings.quiet = goldenCase.value("quiet") != nil
        settings.execution.threads = configuration.threads
        // However little there is to do, so that small stores exercise what large ones need.
        if configuration.threads > 1 { settings.execution.parallelMinimum = 0 }
        if configuration.threads > 2 { settings.execution.sharedGroupMinimum = 0 }
        if let size = configuration.batchSize { settings.execution.batchSize = size }
        if !configuration.isOptimized { settings.optimizer = .none }
        let name = goldenCase.value("store") ?? "crm"
        let store: Store
        do {
            store = try self.store(name, configuration.snapshot)
        } catch {
            return GoldenResult(output: "", messages: Self.words(error), status: ExitStatus.badData.rawValue)
        }
        let clock = SessionClock(day: goldenCase.value("today") ?? "2026-06-30")!
        let session = Session(store: store, clock: clock, settings: settings, output: recorder)
        var parameters: [String: String] = [:]
        for (key, value) in goldenCase.header where key.hasPrefix("param ") { parameters[String(key.dropFirst(6))] = value }
        session.setParameters(parameters)
        if goldenCase.value("load") != nil { recorder.tell(session.problemsText() + schemaText(store)) }
        let status = session.run(SourceText(name: "case.crmq", text: goldenCase.input))
        if goldenCase.input.contains("explain") { recorder.output.replace(#/\t\d+(\.\d+)?(\t[^\t\n]*\n)/#) { "\t?\($0.2)" } }
        return GoldenResult(
            output: Self.withoutTimes(recorder.output), messages: Self.withoutTimes(recorder.messages), status: status.rawValue)
    }

    private func store(_ name: String, _ snapshot: Configuration.Snapshot?) throws -> Store {
        if let known = stores[name] { return known }
        let path = Self.folder.appendingPathComponent("stores/\(name)").path
        var store = try openStore(paths: [path], options: LoadOptions(threads: 1))
        if let snapshot {
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("crmq-golden-\(UUID().uuidString)").path
            try writeSnapshot(of: store, to: file)
            store = try openSnapshot(file, piecesUpTo: snapshot == .pieces ? 1_000_000 : 1 / 32)
            // The mapping keeps the file's contents.
            try FileManager.default.removeItem(atPath: file)
        }
        stores[name] = store
        return store
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case let error as LoadError: error.message.replacingOccurrences(of: folder.path, with: "") + "\n"
        case let error as SchemaFileError:
            DiagnosticRenderer().render(error.diagnostics).replacingOccurrences(of: folder.path, with: "")
        default: "\(error)\n"
        }
    }

    /// Times differ from run to run, lines of the prelude from version to version, and threads by configuration; a golden text cannot.
    private static func withoutTimes(_ text: String) -> String {
        text.replacing(#/\d+(\.\d+)? (ms|s)\b/#) { _ in "? ms" }.replacing(#/prelude\.crmq:\d+/#) { _ in "prelude.crmq:?" }
            .replacing(#/worked on by \d+ threads\n/#) { _ in "" }
    }
}
