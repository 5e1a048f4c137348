import Syntax
import Testing
import Types

@testable import Resolve

/// The standard library's own promises: everything in it parses, resolves, and is documented with an example.
@Suite struct PreludeTests {
    @Test func everyDeclarationIsFoundAsAFullParseFindsIt() throws {
        let parsed = parse(prelude)
        #expect(parsed.diagnostics.isEmpty)
        var names: [String] = []
        for statement in parsed.statements {
            guard case .define(let definition) = statement.kind else { continue }
            names.append(definition.name.text)
            let found = try #require(library.definition(named: definition.name.text, of: nil), "\(definition.name.text)")
            #expect(found.doc == statement.doc)
            #expect(DiagnosticRenderer().location(of: found.span) == DiagnosticRenderer().location(of: statement.span))
        }
        #expect(names == library.functionNames)
        #expect(Set(names).count == names.count, "each name is declared once")
    }

    @Test func everyFunctionHasAnExampleThatResolvesToACondition() throws {
        let environment = environment()
        for name in library.functionNames {
            let description = try environment.describe([Name(name, at: Span(prelude, 0, 0))])
            #expect(description.doc != nil, "\(name) has no documentation")
            #expect(!description.examples.isEmpty || !description.usages.isEmpty, "\(name) has no example")
            #expect(description.unavailable == nil, "\(name): \(description.unavailable ?? "")")
            for example in description.examples {
                let (_, type) = try term(example)
                #expect(type == .bool, "\(example)")
            }
            for usage in description.usages {
                let output = resolved(usage.replacing("opened", with: "created").replacing("tickets", with: "deals"))
                #expect(!output.contains("error:"), "\(output)")
            }
        }
    }

    @Test func aggregatesAndWindowsAreDeclared() {
        for aggregate in AggregateName.allCases {
            #expect(library.definition(named: aggregate.rawValue, of: nil)?.isNative == true)
        }
        for window in WindowName.allCases { #expect(library.definition(named: window.rawValue, of: nil)?.isNative == true) }
        let natives = Set(library.nativeFunctionNames)
        #expect(natives.contains("upper") && natives.contains("years_between"))
        #expect(!natives.contains("sum") && !natives.contains("rank") && !natives.contains("today") && !natives.contains("age"))
    }

    @Test func functionsThatArePointedToExist() {
        for (name, words) in Elsewhere.functions {
            #expect(!library.functionNames.contains(name), "\(name) exists")
            for piece in words.split(separator: "`").enumerated().filter({ $0.offset % 2 == 1 }).map(\.element) {
                guard let open = piece.firstIndex(of: "("), piece[..<open].allSatisfy({ $0.isLetter || $0 == "_" }) else {
                    continue
                }
                #expect(library.functionNames.contains(String(piece[..<open])), "\(name) → \(piece)")
            }
        }
    }
}

extension String {
    fileprivate func replacing(_ old: String, with new: String) -> String {
        split(separator: " ", omittingEmptySubsequences: false).map { $0 == old ? Substring(new) : $0 }.joined(separator: " ")
    }
}
