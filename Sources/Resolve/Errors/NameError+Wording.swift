extension NameError {
    var wording: Wording {
        switch self {
        case .unknownName(let name, let near, let there, let meant):
            ("unknown-name", "there is no `\(name)` here", meant + Words.nearest(near) + there.compactMap(Words.listed))
        case .unknownMember(let name, let owner, let near, let there, let meant):
            ("unknown-name", "\(owner) has no `\(name)`", meant + Words.nearest(near) + there.compactMap(Words.listed))
        case .unknownEntity(let name, let near, let there):
            ("unknown-entity", "there is no entity `\(name)`", Words.nearest(near) + Words.entities(there))
        case .unknownFunction(let name, let near, let elsewhere):
            (
                "unknown-function", "there is no function `\(name)`",
                elsewhere.map { ["here it is \($0)"] } ?? (Words.nearest(near) + ["`describe functions` lists them all"])
            )
        case .unknownQuestion(let name, let near, let there):
            (
                "unknown-question", "there is no question `\(name)`",
                Words.nearest(near) + (there.isEmpty ? ["no question has been declared"] : ["questions: \(Words.cut(there))"])
            )
        case .unavailableQuestion(let name, let lack):
            (
                "unavailable-question", "`\(name)` cannot be asked of this data: \(lack)",
                [
                    "`define` what it lacks under that name, and ask again",
                    "`questions where lacks = none` lists what can be asked",
                ]
            )
        case .unknownArgument(let name, let function, let there):
            (
                "unknown-argument", "`\(function)` has no parameter `\(name)`",
                there.isEmpty ? [] : ["parameters: \(Words.cut(there))"]
            )
        case .unknownType(let name, let near, let there):
            (
                "unknown-type", "there is no type `\(name)`",
                Words.nearest(near) + ["types: text, number, bool, date, time, duration, period"] + Words.entities(there)
            )
        case .unquotedText(let text, let value, let field):
            ("unknown-name", "there is no `\(text)` here", ["did you mean the text \"\(value)\"? It occurs in \(field)"])
        case .noLastAnswer:
            ("no-answer", "there is no answer yet to go on from", ["begin with a source, such as an entity: `accounts where …`"])
        case .notAFunction(let name, let what):
            ("not-a-function", "`\(name)` is \(what) and takes no arguments", ["write `\(name)` without parentheses"])
        case .needsArguments(let name, let signature):
            ("missing-argument", "`\(name)` needs arguments", ["it is declared as `\(signature)`"])
        case .nameTaken(let name, let by):
            ("name-taken", "`\(name)` is already \(by)", ["choose another name"])
        case .recordNotFound(let text, let entity, let plural, let near):
            (
                "no-record", "there is no \(entity) with the key or label \"\(text)\"",
                near.isEmpty
                    ? ["`\(plural) take 3` shows what they are called"] : ["did you mean \(either(near.map { "\"\($0)\"" }))?"]
            )
        case .recordAmbiguous(let text, let entity, let plural, let count):
            (
                "several-records", "\(count) \(plural) are called \"\(text)\"",
                [
                    "name one by its key",
                    "`\(plural)[\"\(text)\"]` is the set of them, `first(\(plural)[\"\(text)\"])` one \(entity)",
                ]
            )
        case .edgeNotHere(let reason):
            (
                "no-edge", "`edge` has no meaning here: \(reason)",
                ["it is the pair in brackets directly behind a link of pairs: `p.knows[edge.strength > 0.5]`"]
            )
        }
    }
}
