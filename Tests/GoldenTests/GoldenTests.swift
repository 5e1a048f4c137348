import Foundation
import Testing

/// Every case of the corpus gives what its file says, in every configuration.
///
/// `CRMQ_ACCEPT=1 scripts/test --filter GoldenTests` rewrites the files with what came out; read the difference before committing it.
struct GoldenTests {
    @Test func everyCaseGivesWhatItsFileSays() throws {
        let runner = GoldenRunner()
        let cases = try GoldenRunner.cases()
        let accepts = ProcessInfo.processInfo.environment["CRMQ_ACCEPT"] == "1"
        #expect(cases.count >= 700)
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
