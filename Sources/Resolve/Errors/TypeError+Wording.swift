extension TypeError {
    var wording: Wording {
        switch self {
        case .notACondition(let found, let help):
            ("not-a-condition", "a condition is needed here, and this is \(found)", help)
        case .operandTypes(let op, let left, let right, let help):
            ("type-mismatch", "`\(op.rawValue)` does not work between \(left) and \(right)", help)
        case .prefixType(let word, let expected, let found, let help):
            ("type-mismatch", "`\(word)` needs \(expected), and this is \(found)", help)
        case .comparesWithText(let field, let type, let text, let help):
            ("type-mismatch", "\(field) is \(type), and \"\(text)\" is text", help)
        case .manyWhereOneIsNeeded(let text, let found, let help):
            ("several-values", "`\(text)` is \(found), and one value is needed here", help)
        case .setNeeded(let word, let found, let help):
            ("set-needed", "\(word) needs a set of records, and this is \(found)", help)
        case .recordNeeded(let function, let found):
            (
                "record-needed", "`\(function)` measures one record, and before the link stands \(found)",
                ["for each of them: `S.(\(function)(link))`"]
            )
        case .differentTypes(let what, let first, let second):
            ("type-mismatch", "\(what) must be of one type, and these are \(first) and \(second)", [])
        case .invalidPattern(let pattern, let reason):
            (
                "invalid-pattern", "\"\(pattern)\" is no regular expression: \(reason)",
                ["`~` finds a plain text: `name ~ \"part\"`"]
            )
        case .rangeOutsideIn:
            ("misplaced-range", "a range can stand only behind `in`", ["`x in 10..20`"])
        case .listOutsideIn:
            ("misplaced-list", "a list of computed values can stand only behind `in`", ["`x in (a, b)`"])
        case .rangeBounds(let left, let right):
            ("type-mismatch", "a range needs two bounds of one kind, and these are \(left) and \(right)", [])
        case .spanNeedsWholeNumber:
            ("needs-number", "the number of units must be a whole number above 0", ["`last 90 days`"])
        case .spanNeedsCount(let written, let unit):
            ("needs-count", "`\(written)` is no calendar period", ["write how many: `last 24 \(unit)s`"])
        case .membership(let left, let right, let help):
            ("type-mismatch", "`in` does not work between \(left) and \(right)", help)
        case .resultType(let name, let declared, let found):
            ("type-mismatch", "`\(name)` is declared as \(declared), and its body is \(found)", [])
        case .notOrdered(let found, let help):
            ("not-ordered", "\(found) has no order to sort by", help)
        case .noMembers(let name, let owner):
            ("no-members", "`.\(name)` needs a record or a set of records before it, and this is \(owner)", [])
        case .nestedSets(let text):
            (
                "nested-sets", "`\(text)` would give a set for every record of a set",
                ["aggregate within the parentheses: `.(count(…))`", "or only follow links: `deals.account.people`"]
            )
        case .notConvertible(let text, let type, let example):
            ("type-mismatch", "\"\(text)\" is text, and \(type) is needed here", [example])
        }
    }
}
