import Foundation
import TestSupport

/// Runs the program without a terminal.
struct Crmq {
    struct Outcome {
        var output: String
        var messages: String
        var status: Int32
        /// The words of the first line of standard error.
        var firstMessage: String { messages.split(separator: "\n").first.map(String.init) ?? "" }
    }

    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("crmq-commands-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appendingPathComponent("store"), withIntermediateDirectories: true)
        try write(
            "store/accounts.csv",
            """
            id,name,tier,arr
            A1,Acme,gold,100
            A2,Borealis,silver,50
            A3,Cobalt,gold,70

            """)
        try write(
            "store/deals.csv",
            "id,account_id,stage,amount\n"
                + (0..<400).map { "D\($0),A\($0 % 3 + 1),\($0 % 4 == 0 ? "won" : "lost"),\($0)\n" }.joined())
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let url = folder.appendingPathComponent(name)
        try text.write(to: url, atomically: true, encoding: .utf8)
        return url.path
    }

    var store: String { folder.appendingPathComponent("store").path }

    /// Runs crmq with the store as its first argument.
    func ask(_ arguments: String..., input: String = "", environment: [String: String] = [:]) throws -> Outcome {
        try run([store] + arguments, input: input, environment: environment)
    }

    func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> Outcome {
        try start(try CrmqBinary.path(), arguments, input, environment)
    }

    /// Runs a shell line in which `$CRMQ` is the program and `$STORE` the store.
    func shell(_ line: String) throws -> Outcome {
        try start("/bin/bash", ["-c", line], "", ["CRMQ": try CrmqBinary.path(), "STORE": store])
    }

    private func start(_ program: String, _ arguments: [String], _ input: String, _ extra: [String: String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var environment = ProcessInfo.processInfo.environment
        for name in ["CRMQ_STORE", "CRMQ_TODAY", "CRMQ_STDLIB", "NO_COLOR"] { environment[name] = nil }
        // The person's own cache is none of a test's business.
        environment["XDG_CACHE_HOME"] = folder.appendingPathComponent("cache").path
        process.environment = environment.merging(extra) { $1 }
        let (standardInput, output, messages) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = messages
        try process.run()
        // All texts here are smaller than a pipe, but for the output of questions, which is read to its end first.
        standardInput.fileHandleForWriting.write(Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let shown = output.fileHandleForReading.readDataToEndOfFile()
        let told = messages.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            output: String(decoding: shown, as: UTF8.self), messages: String(decoding: told, as: UTF8.self),
            status: process.terminationStatus)
    }
}
