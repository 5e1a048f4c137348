/// Words that say what a reference is for rather than what it leads to.
enum Roles {
    /// References to another record of the same entity, and what the way back is called.
    static let own: [(name: String, wayBack: String)] = [
        ("parent", "children"), ("subsidiary_of", "subsidiaries"), ("part_of", "parts"), ("belongs_to", "members"),
        ("duplicate_of", "duplicates"), ("reply_to", "replies"), ("in_reply_to", "replies"), ("predecessor", "successors"),
        ("master", "merged"), ("master_record", "merged_records"), ("renewal_of", "renewals"), ("copy_of", "copies"),
        ("original", "copies"), ("replaced_by", "replacements"),
    ]

    /// References to a person: of the same entity where its records are people, otherwise to the users.
    static let superior: [(name: String, wayBack: String)] = [
        ("reports_to", "reports"), ("manager", "reports"), ("supervisor", "reports"), ("boss", "reports"),
        ("managed_by", "reports"),
        ("mentor", "mentees"), ("assistant", "assisted"),
    ]

    /// References within one entity, of people or of companies, to whoever brought the record along.
    static let referrer: [(name: String, wayBack: String)] = [
        ("referred_by", "referrals"), ("referrer", "referrals"), ("referral", "referrals"), ("introduced_by", "introductions"),
        ("recruited_by", "recruits"), ("invited_by", "invitees"), ("spouse", "spouse_of"), ("partner", "partner_of"),
    ]

    /// References to the users: who owns, made or changed a record.
    static let user: Set<String> = [
        "owner", "assignee", "assigned_to", "assigned", "responsible", "created_by", "creator", "modified_by", "last_modified_by",
        "updated_by", "last_updated_by", "closed_by", "sold_by", "handled_by", "sales_rep", "rep", "agent", "salesperson",
        "account_manager", "account_executive", "csm", "approved_by", "approver", "author", "host", "organizer",
    ]

    /// References that may lead to records of several entities by design; their links always say which.
    static let varying: Set<String> = [
        "who", "what", "regarding", "related", "related_to", "linked", "linked_to", "record", "object",
    ]

    /// The two sides of a table of pairs within one entity, the one that a pair starts from first.
    static let sides: [(from: String, to: String)] = [
        ("from", "to"), ("source", "target"), ("a", "b"), ("left", "right"), ("start", "end"), ("src", "dst"),
        ("follower", "followee"),
        ("one", "two"), ("first", "second"),
    ]

    /// Whether a link of this name may stay within its entity, whatever it is called.
    static func isOwn(_ name: String) -> Bool { own.contains { $0.name == name } }
    static func isSuperior(_ name: String) -> Bool { superior.contains { $0.name == name } }
    static func isReferrer(_ name: String) -> Bool { referrer.contains { $0.name == name } }

    /// The name of the way back of a link within one entity: of the usual pair, otherwise `X_of`.
    static func wayBack(ofOwn name: String) -> String {
        let pairs = own + superior + referrer
        if let found = pairs.first(where: { $0.name == name }) { return found.wayBack }
        // `parent_account` is a parent as well.
        if let found = pairs.first(where: { name.hasPrefix($0.name + "_") }) { return found.wayBack }
        return name + "_of"
    }

    /// The way back of a table of pairs within one entity that is named by a verb.
    static func wayBack(ofPairs name: String) -> String {
        let verbs = [
            "knows": "known_by", "follows": "followed_by", "likes": "liked_by", "manages": "managed_by", "refers": "referred_by",
            "reports": "reported_by", "contacts": "contacted_by",
        ]
        return verbs[name] ?? name + "_of"
    }
}
