import Foundation
import FuzzTargets
import Testing

/// What the fuzzers found once stays mended: the inputs of `Findings`, which broke something, and those of `Corpus`, which reach what
/// the others do not. `scripts/fuzz` looks for more. One at a time, since the inputs of a process share a folder for their files.
@Suite(.serialized) struct ReplayTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    @Test(arguments: FuzzTarget.allCases)
    func findingsStayMended(target: FuzzTarget) throws {
        let folder = Self.folder.appendingPathComponent("Findings/\(target.rawValue)")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names.sorted() {
            let input = try [UInt8](Data(contentsOf: folder.appendingPathComponent(name)))
            if let fault = target.fault(in: input) { Issue.record("\(target.rawValue)/\(name): \(fault)") }
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func corpusHolds(target: FuzzTarget) throws {
        for (number, input) in try Self.corpus(of: target).enumerated() {
            if let fault = target.fault(in: input) {
                let text = String(decoding: input, as: UTF8.self).debugDescription
                Issue.record("\(target.rawValue), input \(number), \(text): \(fault)")
            }
        }
    }

    /// The inputs of a corpus, a line each in Base64.
    private static func corpus(of target: FuzzTarget) throws -> [[UInt8]] {
        let file = folder.appendingPathComponent("Corpus/\(target.rawValue).txt")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return try text.split(separator: "\n").map { [UInt8](try #require(Data(base64Encoded: String($0)))) }
    }
}
