import Foundation
import Testing

/// The tree keeps its own rules: who may import whom, how long a file or a function may be, and what never stands in the code.
struct StyleTests {
    /// What each module may import, besides the C library and `Synchronization`.
    private static let allowedImports: [String: Set<String>] = [
        "Syntax": [],
        "Types": ["Syntax"],
        "Resolve": ["Syntax", "Types"],
        "Plan": ["Syntax", "Types", "Resolve"],
        "Columns": ["Syntax", "Types", "CKernels"],
        "Store": ["Syntax", "Types", "Columns", "CSQLite", "CZlib", "CKernels"],
        "Execute": ["Syntax", "Types", "Resolve", "Columns", "Store", "Plan"],
        "Output": ["Syntax", "Types", "Columns"],
        "Session": ["Syntax", "Types", "Resolve", "Plan", "Columns", "Store", "Execute", "Output", "CStandardLibrary"],
        "Shell": ["Syntax", "Types", "Columns", "Store", "Session", "Output", "CLibEdit"],
        "Demo": [],
        "crmq": ["Shell", "Session", "Store", "Output", "Syntax", "Demo", "ArgumentParser"],
    ]
    private static let system: Set<String> = ["Glibc", "Darwin", "Synchronization", "Dispatch"]
    private static let longestFile = 400
    private static let longestFunction = 70

    private struct SourceFile {
        let module: String
        let path: String
        let lines: [String]
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func sources() throws -> [SourceFile] {
        let folder = root.appendingPathComponent("Sources")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        return try names.sorted().map { name in
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            return SourceFile(
                module: String(name.split(separator: "/")[0]), path: "Sources/" + name,
                lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
    }

    /// What a call returns may be freed before a pointer into it is used: `for row in rows().pointer` reads freed memory.
    @Test func noPointerIsTakenFromATemporary() throws {
        let pattern = #/\)\.((pointer|base|baseAddress)\b|bytes\(at:)/#
        for file in try Self.sources() {
            for (number, line) in file.lines.enumerated() where line.contains(pattern) {
                Issue.record("\(file.path):\(number + 1): name the buffer before its pointer is taken")
            }
        }
    }

    @Test func everyModuleImportsOnlyWhatTheLayoutAllows() throws {
        let files = try Self.sources()
        #expect(files.count > 50)
        for file in files {
            let allowed = try #require(Self.allowedImports[file.module], "\(file.module) is not in the table of modules")
            for line in file.lines {
                let words = line.split(separator: " ").map(String.init)
                guard words.first == "import" || (words.count > 1 && words[0].hasPrefix("@") && words[1] == "import") else {
                    continue
                }
                // `import enum Syntax.OutputFormat` imports from Syntax.
                let name = (words.last ?? "").split(separator: ".").first.map(String.init) ?? ""
                #expect(allowed.contains(name) || Self.system.contains(name), "\(file.path) imports \(name)")
            }
        }
    }

    @Test func noFileIsTooLong() throws {
        for file in try Self.sources() {
            #expect(file.lines.count <= Self.longestFile + 1, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test func noFunctionIsTooLong() throws {
        for file in try Self.sources() {
            var start: (line: Int, indent: Int)?
            for (number, line) in file.lines.enumerated() {
                let indent = line.prefix { $0 == " " }.count
                let trimmed = line.dropFirst(indent)
                if start == nil, trimmed.contains("func ") || trimmed.hasPrefix("init("), !trimmed.hasPrefix("//"),
                    !trimmed.hasPrefix("*")
                {
                    // A declaration on one line, or a requirement of a protocol, has no body to measure.
                    let opens = trimmed.filter { $0 == "{" }.count
                    if opens > trimmed.filter({ $0 == "}" }).count || trimmed.hasSuffix("(") { start = (number, indent) }
                } else if let open = start, indent == open.indent, trimmed.hasPrefix("}") {
                    #expect(
                        number - open.line <= Self.longestFunction,
                        "\(file.path):\(open.line + 1) is \(number - open.line) lines long")
                    start = nil
                } else if let open = start, indent < open.indent, !trimmed.isEmpty {
                    start = nil
                }
            }
        }
    }

    @Test func nothingIsLeftUndoneInTheCode() throws {
        let words = ["TO" + "DO", "FIX" + "ME", "X" + "XX"]
        for file in try Self.sources() {
            for (number, line) in file.lines.enumerated() {
                for word in words { #expect(!line.contains(word), "\(file.path):\(number + 1) says \(word)") }
            }
        }
    }
}
