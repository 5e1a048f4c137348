import Foundation
import Session
import Store
import Syntax
import Testing

/// Pictures of answers, held against those in `Golden/charts`. `CRMQ_ACCEPT=1` rewrites them; look at them before committing.
struct PictureTests {
    private static let folder = GoldenRunner.folder.appendingPathComponent("charts")

    @Test(arguments: [
        ("line", "each month in last 12 months with revenue = sum(orders[at in this month].revenue) chart line"),
        ("series", "deals summarize n = count() by q = quarter(created), stage chart line"),
        ("gaps", "each month in last 8 months with mean = avg(orders[at in this month].revenue) chart line"),
        ("bars", "deals summarize deals = count(), amount = sum(amount) / 1000 by source chart bar"),
        ("below-zero", "orders summarize margin = sum(revenue - 4 * cost) by product chart bar"),
        ("heat", "deals summarize n = count() by source, stage chart heat"),
        ("shades", "accounts select name, arr_of_the_last_year = arr * 1000, headcount = employees take 4 chart heat"),
        ("escaped", "accounts select name = \"<\" & name & \"> & \\\"\" & tier, arr take 3 chart bar"),
    ])
    func picturesAreWhatTheyWere(name: String, question: String) throws {
        let store = try openStore(paths: [GoldenRunner.folder.appendingPathComponent("stores/crm").path])
        let recorder = Recorder()
        let session = Session(store: store, clock: SessionClock(day: "2026-06-30")!, settings: Settings(), output: recorder)
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("crmq-\(UUID().uuidString).svg")
        defer { try? FileManager.default.removeItem(at: path) }
        #expect(
            session.run(SourceText(name: "case.crmq", text: "\(question) into \"\(path.path)\"")) == .success,
            "\(recorder.messages)")
        let drawn = try String(contentsOf: path, encoding: .utf8)
        let known = Self.folder.appendingPathComponent("\(name).svg")
        if ProcessInfo.processInfo.environment["CRMQ_ACCEPT"] == "1" {
            try drawn.write(to: known, atomically: true, encoding: .utf8)
        } else {
            #expect(try String(contentsOf: known, encoding: .utf8) == drawn)
        }
    }
}
