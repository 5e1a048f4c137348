import Columns
import Foundation
import Resolve
import Syntax
import Testing
import Types

@testable import Execute

@Suite("Native functions") struct NativeFunctionTests {
    @Test("The prelude declares as native what the table has, and nothing else")
    func oneToOne() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let text = try String(contentsOf: root.appending(path: "stdlib/prelude.crmq"), encoding: .utf8)
        let library = Library([SourceText(name: "prelude.crmq", text: text)])
        #expect(library.nativeFunctionNames.sorted() == NativeFunctions.names)
    }

    @Test("Every function takes missing values and no rows at all")
    func emptyAndMissing() throws {
        let evaluator = Evaluator(
            graph: ExpressionGraph(schema: Fixture.store.schema), store: Fixture.store, options: ExecutionOptions(),
            cancellation: .never)
        for (name, function) in NativeFunctions.table {
            for count in [0, 2] {
                let missing = Operand.vector(.missing(count: count))
                let call = NativeCall(
                    arguments: [missing, missing, missing, missing], count: count, type: .text, evaluator: evaluator)
                #expect(try function(call).count == count, "\(name)")
            }
        }
    }

    @Test("A record as text is what a person calls it")
    func recordText() throws {
        let asked = question(
            deals(), [.take(1), .extend([(SlotID(1), .call("text", [.toOne(theDeal, Fixture.dealAccount)], .text))])],
            [("a", 1, .text)])
        #expect(rows(try ask(asked, Way.all[4])) == ["Acme"])
    }
}
