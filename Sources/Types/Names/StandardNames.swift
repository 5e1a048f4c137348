/// The names under which the standard library knows things, and what exports call them.
public enum StandardNames {
    public struct Group: Sendable {
        public var standard: String
        /// The commonest first: where two entities of a store could claim the standard name equally well, this order decides.
        public var synonyms: [String]
    }

    public static let entities: [Group] = [
        Group(standard: "account", synonyms: ["company", "customer", "organization", "organisation", "client"]),
        Group(standard: "person", synonyms: ["contact"]),
        Group(standard: "lead", synonyms: ["prospect"]),
        Group(standard: "deal", synonyms: ["opportunity"]),
        Group(standard: "order", synonyms: ["invoice", "transaction", "purchase"]),
        Group(standard: "touch", synonyms: ["activity", "interaction", "task", "event", "engagement"]),
        Group(standard: "ticket", synonyms: ["case"]),
        Group(standard: "user", synonyms: ["owner", "employee", "rep", "agent", "salesperson", "seller"]),
        Group(standard: "product", synonyms: []),
        Group(standard: "campaign", synonyms: []),
        Group(
            standard: "stage_change",
            synonyms: ["deal_stage_change", "deal_stage_history", "stage_history", "deal_history", "opportunity_history"]),
    ]

    public static func group(of standard: String) -> Group? { entities.first { $0.standard == standard } }

    /// What else the day is called on which a record, a deal or a ticket came to be.
    private static let beginnings = [
        "created_on", "created_date", "createdate", "create_date", "date_created", "opened", "opened_at", "open_date",
    ]

    /// A standard field and the names that mean just the same.
    public static let fields: [Group] = [
        Group(standard: "name", synonyms: ["full_name", "display_name"]),
        Group(standard: "email", synonyms: ["e_mail", "email_address", "mail"]),
        Group(standard: "amount", synonyms: ["deal_amount", "deal_value", "close_value", "opportunity_amount"]),
        Group(standard: "revenue", synonyms: ["order_total", "total", "total_amount", "invoice_total"]),
        Group(standard: "stage", synonyms: ["stage_name", "deal_stage", "dealstage", "opportunity_stage"]),
        Group(standard: "status", synonyms: ["ticket_status", "case_status", "lead_status", "order_status"]),
        Group(standard: "created", synonyms: ["created_at"] + beginnings),
        Group(standard: "created_at", synonyms: ["created"] + beginnings),
        Group(standard: "closed_at", synonyms: ["closed", "closed_on", "close_date", "closed_date", "closedate", "date_closed"]),
        Group(standard: "kind", synonyms: ["activity_type", "task_subtype", "interaction_type"]),
        Group(standard: "phone", synonyms: ["phone_number", "telephone"]),
        Group(standard: "country", synonyms: ["billing_country", "mailing_country"]),
        Group(standard: "city", synonyms: ["billing_city", "mailing_city"]),
    ]

    /// The entity of a schema that people mean by a word which is no name of it: `contacts` where the data says `people`.
    public static func entity(meantBy word: String, in schema: Schema) -> Entity? {
        let singular = Plural.singular(word)
        guard let group = entities.first(where: { $0.standard == singular || $0.synonyms.contains(singular) }) else { return nil }
        return schema.entity(named: group.standard)
    }
}
