/// Pairs of words that columns use for yes and no. Case is folded.
enum BoolWords: UInt8, Sendable, CaseIterable {
    case trueFalse, yesNo, yN, tF

    private var words: (yes: StaticString, no: StaticString) {
        switch self {
        case .trueFalse: ("true", "false")
        case .yesNo: ("yes", "no")
        case .yN: ("y", "n")
        case .tF: ("t", "f")
        }
    }

    /// 1 or 0; -1 if the text is neither word.
    func value(_ p: UnsafePointer<UInt8>, _ n: Int) -> Int {
        if Self.isWord(p, n, words.yes) { return 1 }
        if Self.isWord(p, n, words.no) { return 0 }
        return -1
    }

    private static func isWord(_ p: UnsafePointer<UInt8>, _ n: Int, _ word: StaticString) -> Bool {
        guard n == word.utf8CodeUnitCount else { return false }
        for i in 0..<n where p[i] | 0x20 != word.utf8Start[i] { return false }
        return true
    }

    /// Whether a column in which these occurred is one of yes and no: a column of nothing but `NO` may be about Norway, and one of
    /// nothing but `T` or `F` about anything.
    func isConvincing(sawYes: Bool, sawNo: Bool) -> Bool {
        switch self {
        case .trueFalse: true
        case .yesNo, .yN: sawYes
        case .tF: sawYes && sawNo
        }
    }
}
