import ArgumentParser
import Output
import Session
import Shell
import Store
import Syntax

/// One call of crmq that asks: opens the store, decides where the questions come from, and asks them.
struct AskRun {
    typealias Code = ExitStatus

    let options: AskOptions
    let line: CommandLineDivision?
    let streams = StandardStreams()

    init(options: AskOptions, line: CommandLineDivision? = nil) {
        self.options = options
        self.line = line
    }

    /// Asks; an exit status other than 0 is thrown.
    func performAndLeave() throws {
        let code = try perform()
        guard code == .success else { throw ExitCode(code.rawValue) }
    }

    func perform() throws -> Code {
        if let script = line?.script { return try runScript(script) }
        if let command = options.command {
            let session = try openSession(paths, isInteractive: false)
            return finish(session.run(SourceText(name: "-c", text: command)))
        }
        guard Terminal.standardInput.isTerminal else {
            return finish(try runInput(openSession(paths, isInteractive: false)))
        }
        return try runPrompt()
    }

    /// Runs what another program writes: all that ends with `;` at the end of a line at once, so that the two can talk in turns, and
    /// the rest when the input ends.
    private func runInput(_ session: Session) throws -> Code {
        let input = ClosedInput()
        while true {
            switch input.next() {
            case .text(let text):
                let code = session.run(text)
                guard code == .success, !streams.isClosed else { return code }
            case .interrupted: return .interrupted
            case .end: return .success
            case .failed: throw failure("cannot read standard input", code: .badData)
            }
        }
    }

    private func runPrompt() throws -> Code {
        Interrupt.install()
        let session = try openSession(paths, isInteractive: true)
        let rowLimit = options.rows.map { $0 == 0 ? Int.max : $0 }
        let repl = Repl(session: session, paths: paths, streams: streams, rowLimit: rowLimit) { paths in
            try? openSession(paths, isInteractive: true)
        }
        repl.run()
        return .success
    }

    private func runScript(_ script: CommandLineDivision.Script) throws -> Code {
        guard let text = readFile(script.path) else {
            throw failure("cannot read \(script.path)", code: .usage)
        }
        let source = SourceText(name: script.path, text: text)
        let parsed = Script(source)
        switch parsed.readArguments(script.arguments) {
        case .help(let text):
            print(text, terminator: "")
            return .success
        case .wrong(let message):
            streams.tell("crmq: \(message)\n")
            return .usage
        case .values(let values, let rest):
            // Words behind the script that are no parameters of it are the program's own.
            let options = try rest.isEmpty ? options : AskCommand.parse((line?.own ?? []) + rest).options
            let run = AskRun(options: options)
            let session = try run.openSession(run.paths, isInteractive: false)
            session.setParameters(values)
            return finish(session.run(source))
        }
    }

    /// A reader that has gone (`| head -1`) ends the program quietly.
    private func finish(_ code: Code) -> Code { streams.isClosed ? .success : code }

    var paths: [String] {
        if !options.store.isEmpty { return options.store }
        return Environment.value("CRMQ_STORE").map { [$0] } ?? []
    }

    // MARK: Opening

    func openSession(_ paths: [String], isInteractive: Bool) throws -> Session {
        if !isInteractive { Interrupt.install() }
        let clock = try readClock()
        let progress = LoadProgressLine(isShown: Terminal.standardError.isTerminal && !options.quiet)
        let loadOptions = LoadOptions(
            threads: options.threads ?? processorCount(), progress: { progress.update($0) },
            isCancelled: { Interrupt.isRequested })
        defer { progress.finish() }
        let store =
            paths.isEmpty ? Store.empty : try opened(paths, options: loadOptions, cache: options.noCache ? nil : usualCache())
        progress.finish()
        keepFreedMemory()
        let session = Session(
            store: store, clock: clock, settings: settings(isInteractive: isInteractive), output: streams,
            isCancelled: { Interrupt.isRequested })
        if !options.quiet { streams.tell(session.loadingNote(isInteractive: isInteractive)) }
        // What is asked once is the last thing that the process does, and the system frees all memory at once, which is faster than
        // giving it back record by record.
        if !isInteractive { _ = Unmanaged.passRetained(session) }
        return session
    }

    private func settings(isInteractive: Bool) -> Settings {
        var settings = Settings()
        let terminal = Terminal.standardOutput
        settings.format = options.format
        settings.header = !options.noHeader
        settings.width = terminal.isTerminal ? (terminal.size?.columns ?? 80) : nil
        settings.color = terminal.hasColour
        settings.messageColor = Terminal.standardError.hasColour
        settings.rowLimit = options.rows.map { $0 == 0 ? Int.max : $0 } ?? max((terminal.size?.rows ?? 46) - 6, 10)
        settings.timing = options.timing
        settings.quiet = options.quiet
        settings.safe = options.safe
        settings.threads = options.threads ?? processorCount()
        return settings
    }

    private func readClock() throws -> SessionClock {
        guard let text = options.today ?? Environment.value("CRMQ_TODAY") else { return .system }
        guard let clock = SessionClock(day: text) else {
            throw failure("`\(text)` is no day; write it as 2026-06-30", code: .usage)
        }
        return clock
    }
}
