import Foundation
import Testing

/// Every case of the corpus gives what its file says, in every configuration.
///
/// `CRMQ_ACCEPT=1 scripts/test --filter GoldenTests` rewrites the files with what came out; read the difference before committing it.
struct GoldenTests {
    @Test func everyCaseGivesWhatItsFileSays() throws {
        let cases = try GoldenRunner.cases()
        #expect(cases.count >= 700)
        try Self.hold(cases)
    }

    /// Cases on data for which papers print numbers, in one configuration only: the data are large for a debug build.
    @Test func publishedNumbersComeOut() throws {
        let cases = try GoldenRunner.cases(in: "published")
        #expect(cases.count >= 4)
        try Self.hold(cases)
    }

    private static func hold(_ cases: [GoldenCase]) throws {
        let runner = GoldenRunner()
        let accepts = ProcessInfo.processInfo.environment["CRMQ_ACCEPT"] == "1"
        for goldenCase in cases {
            let result = try runner.run(goldenCase, .standard)
            if accepts {
                try goldenCase.text(with: result).write(to: goldenCase.path, atomically: true, encoding: .utf8)
            } else if result != goldenCase.result {
                Issue.record("\(goldenCase.path.lastPathComponent) gives\n\(goldenCase.text(with: result))")
            }
        }
    }

    @Test(arguments: GoldenRunner.Configuration.all.dropFirst())
    func noConfigurationChangesAnAnswer(configuration: GoldenRunner.Configuration) throws {
        let runner = GoldenRunner()
        for goldenCase in try GoldenRunner.cases() where !goldenCase.input.contains("explain") {
            let result = try runner.run(goldenCase, configuration)
            if result != goldenCase.result {
                Issue.record("\(goldenCase.path.lastPathComponent) gives\n\(goldenCase.text(with: result))")
            }
        }
    }
}
