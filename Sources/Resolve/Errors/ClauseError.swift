/// What is wrong with a clause or a source. The words stand in `ClauseError+Wording.swift`; types and expressions come as a person would say them.
enum ClauseError: ResolveError {
    case needsWholeNumber(clause: String)
    case duplicateColumn(String)
    case followNeedsRecord
    case notALink(String, entity: String, near: [String], there: [String])
    case linksLeadApart([String])
    case pivotNeedsGroups
    case pivotKey(String, there: [String])
    case pivotValues([String])
    case pivotedColumn(String)
    case repeatedLeaves(String, from: String, to: String)
    case notRepeatable(String)
    case pathLeadsNowhere(from: String, to: String, through: [String])
    case pathValue(found: String)
    case loopNeedsSet(String, found: String)
    case variableTwice(String)
    case asOfTwice
    /// `as of` behind an earlier answer.
    case asOfAnswer(String)
    case asOfNeedsDay(found: String)
    case asOfUnknown
    case eachTooShort(String)
    case eachNeedsRange(found: String)
    case eachEmpty(String, range: String)
    case eachTooMany(Int, limit: Int)
}
