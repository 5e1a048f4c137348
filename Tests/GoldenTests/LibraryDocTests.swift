import Foundation
import Testing

/// `docs/library.md` says what the standard library holds.
struct LibraryDocTests {
    private static let root = GoldenRunner.folder.deletingLastPathComponent().deletingLastPathComponent()

    /// The texts in the order in which the program has them.
    private static func sources() throws -> [(name: String, text: String)] {
        let list = try String(contentsOf: root.appending(path: "Sources/CStandardLibrary/library.c"), encoding: .utf8)
        let folder = root.appending(path: "stdlib")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".crmq") }
        return try names.map { String($0.dropLast(".crmq".count)) }
            .map { name in (name, list.range(of: "stdlib/\(name).crmq")?.lowerBound ?? list.endIndex) }
            .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
            .map { name, _ in (name, try String(contentsOf: folder.appending(path: name + ".crmq"), encoding: .utf8)) }
    }

    @Test func theDocumentOfTheLibraryIsUpToDate() throws {
        let expected = LibraryDocument.text(of: try Self.sources())
        let file = Self.root.appending(path: "docs/library.md")
        if ProcessInfo.processInfo.environment["CRMQ_ACCEPT"] == "1" {
            try expected.write(to: file, atomically: true, encoding: .utf8)
            return
        }
        let found = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        #expect(found == expected, "docs/library.md is out of date; scripts/library-docs writes it anew")
    }
}
