/// What the resolver asks of a store. The resolver sees the data only through this, so that it can be tested without any.
public protocol Catalogue: Sendable {
    var schema: Schema { get }

    /// Whether a text occurs in a text field, exactly as given; none where it is too costly to say.
    func occurs(_ text: String, in field: FieldID) -> Bool?

    /// Values of a text field that a person may have meant by `text` (case, accents and a slip of the finger apart), best first.
    func valuesResembling(_ text: String, in field: FieldID, limit: Int) -> [String]

    /// The row whose key is exactly `key` (Salesforce ids of 15 and 18 characters meet each other), otherwise the rows whose label is.
    func rows(of entity: EntityID, named text: String) -> [Int32]

    /// Keys and labels that a person may have meant, best first.
    func recordsResembling(_ text: String, in entity: EntityID, limit: Int) -> [String]

    /// The data as they were at the end of a day. What holds plans, such as the day of a renewal, is told by `today`: it goes beyond.
    func asOf(_ day: Int32, today: Int32) -> any Catalogue

    /// Whether a record was there at the time that the catalogue is about.
    func exists(_ row: Int32, in entity: EntityID) -> Bool
}

extension Catalogue {
    public func asOf(_ day: Int32, today: Int32) -> any Catalogue { self }
    public func exists(_ row: Int32, in entity: EntityID) -> Bool { true }
}
