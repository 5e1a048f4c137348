import ArgumentParser
import Output
import Session
import Shell
import Store
import Syntax

/// Opens a store; what goes wrong is told, and the exit code to leave with is thrown.
func opened(_ paths: [String], options: LoadOptions, cache: SnapshotCache? = nil) throws -> Store {
    let streams = StandardStreams()
    do {
        return try openStore(paths: paths, options: options, cache: cache)
    } catch let error as LoadError {
        if case .cancelled = error { throw ExitCode(ExitStatus.interrupted.rawValue) }
        streams.tell("crmq: \(error.message)\n" + (error.help.map { "help: \($0)\n" } ?? ""))
        throw ExitCode(ExitStatus.badData.rawValue)
    } catch let error as SnapshotError {
        throw failure(error)
    } catch let error as SchemaFileError {
        let renderer = DiagnosticRenderer(color: Terminal.standardError.hasColour)
        streams.tell(renderer.render(error.diagnostics))
        throw ExitCode(ExitStatus.badData.rawValue)
    }
}

/// The cache of the person who asks. A program that was built anew may infer otherwise, so its file counts as well as its version.
func usualCache() -> SnapshotCache? {
    SnapshotCache.usualFolder().map { SnapshotCache(folder: $0, program: "\(Version.text) \(programStamp())") }
}

/// One line on the terminal that says how far loading is, from half a second on, so that a short wait stays calm.
final class LoadProgressLine: @unchecked Sendable {
    private let isShown: Bool
    private let start = monotonicMicroseconds()
    /// Loading reports from one thread at a time.
    private var last = 0
    private var wasDrawn = false

    init(isShown: Bool) { self.isShown = isShown }

    func update(_ progress: LoadProgress) {
        let now = monotonicMicroseconds()
        guard isShown, now - start > 500_000, now - last > 100_000, progress.bytesTotal > 0 else { return }
        last = now
        wasDrawn = true
        let percent = min(100, progress.bytesDone * 100 / progress.bytesTotal)
        let name = progress.path.split(separator: "/").last.map(String.init) ?? progress.path
        StandardStreams().tell("\r\u{1B}[Kloading \(name)  \(percent) % of \(grouped(progress.bytesTotal / 1_000_000)) MB")
    }

    func finish() {
        if wasDrawn { StandardStreams().tell("\r\u{1B}[K") }
    }
}
