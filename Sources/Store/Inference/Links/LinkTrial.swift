import Types

/// Whether what a header promises is borne out by the values. The surer the name, the more values may lead nowhere; the more values
/// like these occur by chance, the fewer.
struct LinkTrial {
    let evidence: NameEvidence
    let header: HeaderWords
    let column: EntityDraft.Column
    let reference: Reference
    let targetHasKey: Bool

    /// Words that count or order rather than refer when a number stands under them.
    private static let countingWords: Set<String> = ["order", "case", "lead", "event", "sale", "position"]

    private var isNumber: Bool { column.type == .number }
    private var isID: Bool { header.marker == .id || header.gluedStem != nil }

    /// `coveredPart` is the part of the entity's records that the column leads to.
    func isAccepted(coveredPart: () -> Double) -> Bool {
        guard reference.presentCount > 0 else {
            return header.marker == .id && targetHasKey && saysEnoughWhenEmpty
        }
        guard reference.hitRate >= required else { return false }
        if evidence.grade == .verb { return coveredPart() >= 0.5 }
        return true
    }

    /// A column that is empty in this export still says what it would hold if it bears the entity's own name (`AccountId`), alone or
    /// with a word that leaves the meaning as it is (`ConvertedAccountId`, but not `JigsawContactId`).
    private var saysEnoughWhenEmpty: Bool {
        switch evidence.grade {
        case .exact, .role: true
        case .tail: header.stem.first.map(Self.plainQualifiers.contains) ?? false
        case .synonym, .labelName, .abbreviation, .verb: false
        }
    }

    private static let plainQualifiers: Set<String> = [
        "parent", "converted", "primary", "secondary", "main", "default", "billing", "shipping", "original", "previous", "new",
        "old",
        "related", "final", "current", "ultimate",
    ]

    /// The least part of the values that must be found; above 1 where none suffices.
    private var required: Double {
        let never = 2.0
        switch evidence.grade {
        case .exact, .synonym:
            if isID { return 0.5 }
            if header.marker == .code { return 0.9 }
            let isPlural = Plural.isPlural(header.stemName)
            if isNumber { return isPlural || Self.countingWords.contains(header.stemName) ? never : 0.9 }
            return isPlural ? 0.9 : 0.5
        case .role: return isNumber && !isID ? 0.9 : 0.5
        case .tail:
            if isID { return isNumber ? 0.9 : 0.5 }
            return isNumber ? never : 0.8
        case .labelName: return reference.isByLabel ? 0.5 : never
        case .abbreviation: return 0.9
        case .verb: return 0.99
        }
    }

    /// Whether a person should hear of the link that was not made.
    var isWorthSuggesting: Bool {
        guard reference.presentCount > 0 else { return false }
        switch evidence.grade {
        case .exact, .synonym, .role: return isID ? targetHasKey : reference.hitRate > 0 && !isNumber
        case .tail: return isID || !isNumber ? reference.hitRate >= 0.2 : reference.hitRate == 1
        case .labelName: return reference.hitRate >= 0.2
        case .abbreviation: return reference.hitRate >= 0.5
        case .verb: return reference.hitRate == 1
        }
    }

    var suggestionReason: LinkSuggestion.Reason { reference.hitRate >= 0.9 ? .onlyValues : .tooManyDangling }
}
