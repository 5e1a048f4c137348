import Types

/// Finds the column that says when a record came to be or happened.
enum TimeInference {
    /// Columns of which more values are missing than this say too little.
    private static let missingPart = 0.5

    /// Words that make a date one of something else than the record's own beginning.
    private static let foreign: Set<String> = [
        "birth", "birthday", "birthdate", "dob", "born", "death", "died", "close", "closed", "end", "ended", "due", "expected",
        "required",
        "shipped", "delivery", "delivered", "modified", "modstamp", "updated", "update", "changed", "last", "latest", "viewed",
        "referenced", "deleted", "expiry", "expires", "expiration", "expired", "reminder", "renewal", "next", "resolved", "paid",
        "cancelled", "canceled", "churned", "converted", "until", "to", "completed", "finished", "left", "terminated",
    ]

    static func time(_ draft: EntityDraft) -> Int? {
        let columns = draft.columns.indices.filter { index in
            let column = draft.columns[index]
            return (column.type == .date || column.type == .time)
                && Double(column.missingCount) <= Double(draft.rowCount) * missingPart && draft.rowCount > 0
        }
        let words = draft.columns.map { HeaderWords($0.header, prefix: draft.headerPrefix).words }
        let names = words.map { $0.joined(separator: "_") }
        func find(_ wanted: String) -> Int? { columns.first { names[$0] == wanted } }
        if let found = wishes(draft).lazy.compactMap(find).first { return found }
        return columns.first { foreign.isDisjoint(with: words[$0]) }
    }

    private static func wishes(_ draft: EntityDraft) -> [String] {
        let happened = ["at", "time", "timestamp", "date", "datetime", "date_time", "occurred_at", "happened_at", "when"]
        let ownDates = draft.namesWithSynonyms.flatMap { ["\($0)_date", "\($0)_time", "\($0)_at", "\($0)date"] }
        let began = [
            "created_at", "created", "created_on", "created_date", "createdate", "create_date", "date_created", "creation_date",
            "opened_at",
            "opened", "opened_on", "open_date", "opened_date", "date_entered", "signed_up_at", "signup_date", "joined_at",
            "joined",
            "hired_at", "hire_date", "started_at", "start_date", "started", "since",
        ]
        return happened + ownDates + began
    }
}
