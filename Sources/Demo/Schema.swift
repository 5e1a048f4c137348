/// The schema file of the demo: what inference cannot know, and nothing else.
enum Schema {
    static let name = "schema.crmq"

    /// All tables, in the order in which they are written.
    static let tables = [
        "accounts.csv", "users.csv", "people.csv", "deals.csv", "stage_changes.csv", "orders.csv", "touches.csv", "tickets.csv",
        "knows.csv",
    ]

    /// How the schema begins, by which a folder is known to be the demo's own and so may be overwritten.
    static let mark = "-- Written by crmq demo.\n"

    /// Types, keys, labels and the links that follow `_id` columns are inferred; that acquaintance goes both ways is not, nor which
    /// field the changes are the history of.
    static let text =
        mark + """
            -- Everything that can be told from the names and values of the columns is inferred; `schema` shows it.

            --- Who knows whom, one row a pair. It holds in both directions, so that a path may cross it either way;
            --- strength runs from 0 (met once) to 1 (close), and is missing where nobody judged it.
            link person.knows: person from "knows.csv" (from_id, to_id) both ways { since: date, strength: number }

            --- Which stage a deal was in on any earlier day, for `as of` and `each`.
            history deal.stage from "stage_changes.csv" (deal_id, at, stage)

            """
}
