/// What an operator did where it had a choice, for `explain`: each way once, in the order in which it was first taken.
final class StrategyLog {
    private(set) var lines: [String] = []

    func note(_ line: String) {
        if !lines.contains(line) { lines.append(line) }
    }
}

extension Evaluator {
    /// Says which way was taken; free of cost unless the question is to be explained.
    func note(_ strategy: @autoclosure () -> String) { strategies?.note(strategy()) }
}
