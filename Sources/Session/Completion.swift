import Syntax

/// What can stand at the cursor, and which part of the text it would take the place of.
public struct CompletionList: Sendable {
    public struct Candidate: Sendable {
        public var text: String
        public var description: String?
        /// What follows once this is the only candidate left.
        public var suffix: String
    }
    /// The UTF-8 offsets of the text that a candidate replaces.
    public var replace: Range<Int>
    public var candidates: [Candidate]
}

extension Session {
    /// What can stand at a UTF-8 offset of an input.
    public func complete(_ text: String, cursor: Int) -> CompletionList {
        CompletionList(replace: cursor..<cursor, candidates: [])
    }
}
