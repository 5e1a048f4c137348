import Types

/// A link that the data may mean but that is too doubtful to be made without being asked for.
public struct LinkSuggestion: Sendable {
    public enum Reason: Sendable, Equatable {
        /// The header names the entity, but too many values are no keys of it.
        case tooManyDangling
        /// All values are keys or labels of the entity, but the header does not say so.
        case onlyValues
        /// Several entities fit equally well.
        case severalFit
    }
    /// The column.
    public var field: FieldID
    public var target: EntityID
    /// What the link would be called.
    public var name: String
    /// How many rows have a value, and how many of these lead to a record.
    public var presentCount: Int
    public var hitCount: Int
    public var reason: Reason
}

extension LinkSuggestion {
    /// The suggestion in one line without a full stop.
    public func message(in schema: Schema) -> String {
        let column = "\(schema[field.entity].name).\(schema[field].name)"
        let target = schema[self.target].plural
        let counts = "\(hitCount) of \(presentCount) values"
        return switch reason {
        case .tooManyDangling: "\(column) may lead to \(target), but only \(counts) are found there"
        case .onlyValues: "\(column) may lead to \(target): \(counts) are found there, though its name does not say so"
        case .severalFit: "\(column) may lead to \(target), among others: \(counts) are found there"
        }
    }
}
