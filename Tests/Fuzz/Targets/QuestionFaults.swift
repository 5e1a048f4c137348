import Execute
import Foundation
import Output
import Plan
import Session
import Store
import Syntax

/// A text gets the same answer, or the same message, however it is worked out; and completion works anywhere in it.
///
/// The first byte chooses the store: `1` asks of a network, anything else of a CRM.
func questionFault(_ text: String) -> String? {
    guard let first = text.first else { return nil }
    let store = first == "1" ? QuestionStores.network : QuestionStores.crm
    let text = String(text.dropFirst())
    // Plans and times differ by nature.
    let isComparable = !["explain", "now"].contains { text.lowercased().contains($0) }
    let usual = asked(text, store) { _ in }
    guard let usual, isComparable else { return nil }
    let others: [(String, (inout Settings) -> Void)] = [
        ("the optimizer off", { $0.optimizer = .none }),
        ("batches of 1", { $0.execution.batchSize = 1 }),
        (
            "two threads",
            {
                $0.execution.threads = 2
                $0.execution.parallelMinimum = 0
                $0.execution.batchSize = 3
            }
        ),
    ]
    // One of them an input, since each costs as much as the first.
    let (name, change) = others[text.utf8.count % others.count]
    guard let other = asked(text, store, change) else { return nil }
    return usual == other ? nil : "with \(name)\n\(other)\ninstead of\n\(usual)"
}

/// What a session shows and tells, or nothing where that took too long or was too much.
private func asked(_ text: String, _ store: Store, _ change: (inout Settings) -> Void) -> String? {
    let recorder = Recorder()
    var settings = Settings()
    settings.safe = true
    settings.execution.rowLimit = 20_000
    settings.execution.elementLimit = 20_000
    change(&settings)
    let end = ContinuousClock.now + .seconds(2)
    let session = Session(
        store: store, clock: SessionClock(day: "2026-06-30")!, settings: settings, output: recorder,
        isCancelled: { ContinuousClock.now > end })
    let status = session.run(SourceText(name: "f", text: text))
    if status == .interrupted || ["question gives more than", "one row have more than"].contains(where: recorder.text.contains) {
        return nil
    }
    for cursor in [0, text.utf8.count / 2, text.utf8.count] { _ = session.complete(text, cursor: cursor) }
    return recorder.text + "\(status)"
}

/// Keeps all that is shown and told, in its order.
private final class Recorder: AnswerOutput {
    var text = ""
    func show(_ bytes: [UInt8], isTable: Bool) throws(OutputError) { text += String(decoding: bytes, as: UTF8.self) }
    func tell(_ message: String) { text += message }
}

private enum QuestionStores {
    static let crm = store("crm")
    static let network = store("network")

    private static func store(_ name: String) -> Store {
        let path = goldenFolder.appendingPathComponent("stores/\(name)").path
        guard let store = try? openStore(paths: [path], options: LoadOptions(threads: 1)) else {
            fatalError("\(path) is not there")
        }
        return store
    }
}
