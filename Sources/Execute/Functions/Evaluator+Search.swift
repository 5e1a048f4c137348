import Columns
import Synchronization
import Types

/// Which entries of dictionaries have a part that is searched for; all threads share it for one question. A dictionary with more entries than
/// a batch has rows would otherwise be asked for a text a row, where searching all its texts in one go takes a fraction of that.
final class DictionarySearches: Sendable {
    private struct Search: Hashable {
        /// The question keeps the dictionary alive.
        let dictionary: ObjectIdentifier
        let part: String
        let foldsCase: Bool
    }
    private struct Found {
        var rowsAsked = 0
        var entries: Bitmap?
    }
    private let found = Mutex<[Search: Found]>([:])

    /// A bit for each entry that has the part, once so many rows have been asked for, or are likely to be, that it is worth it.
    fileprivate func entries(
        of dictionary: TextDictionary, containing part: String, foldsCase: Bool, rowCount: Int, rowsAhead: Double
    ) -> Bitmap? {
        let search = Search(dictionary: ObjectIdentifier(dictionary), part: part, foldsCase: foldsCase)
        return found.withLock { found in
            if let known = found[search]?.entries { return known }
            found[search, default: Found()].rowsAsked += rowCount
            let rowsAsked = found[search]?.rowsAsked ?? 0
            guard Double(rowsAsked) * rowsAhead * Self.rowsPerEntry >= Double(dictionary.count) else { return nil }
            let entries = dictionary.entries(containing: part, foldsCase: foldsCase)
            found[search]?.entries = entries
            return entries
        }
    }

    /// Searching a text by itself takes some times as long as searching it along with others.
    private static let rowsPerEntry = 4.0
}

extension Evaluator {
    /// The rows whose text has a part, exactly as written or case and accents apart.
    func contains(_ text: Operand, _ part: Operand, foldsCase: Bool, count: Int) -> Bitmap {
        if case .vector(let vector) = text, case .coded(let codes, let dictionary) = vector.storage, dictionary.count > count,
            case .constant(.text(let wanted)) = part,
            let entries = dictionarySearches.entries(
                of: dictionary, containing: wanted, foldsCase: foldsCase, rowCount: count, rowsAhead: rowsAhead)
        {
            let found = codes.rows(in: entries)
            return vector.validity.map { found.and($0) } ?? found
        }
        return foldsCase ? textContains(text, part, count: count) : Columns.contains(text, part, count: count)
    }
}
