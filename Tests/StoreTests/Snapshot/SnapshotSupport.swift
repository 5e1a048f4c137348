import Columns
import Foundation
import Types

@testable import Store

/// A CRM of every kind of column and link: made, not random, so that a failure can be looked at.
func manyKindsStore(rows: Int = 200) throws -> Store {
    let words = ["renewal", "invoice", "Ünïcode – ça va", "漢字テスト", "follow-up", "", "call me maybe", "a"]
    var accounts = "id,name,region,arr,since"
    for row in 0..<40 {
        accounts +=
            "\nACC-\(String(format: "%03d", row)),\(words[row % 5]) \(row),\(["north", "south", ""][row % 3]),\(row * 17),2024-0\(row % 9 + 1)-11"
    }
    var people = "id,email,account_id,age"
    for row in 0..<rows {
        people +=
            "\n\(row * 3 + 5),p\(row)@acc\(row % 7).example,ACC-\(String(format: "%03d", row * 7 % 40)),\(row % 5 == 0 ? "" : "\(row % 90)")"
    }
    var touches = "id,person_id,subject,kind"
    for row in 0..<(rows * 3) {
        touches += "\nT\(row),\((row * 11 % rows) * 3 + 5),\(words[row % 7]) \(words[row % 3]) \(row / 2),\(row % 4)"
    }
    var knows = "from_id,to_id,since"
    for row in 0..<rows { knows += "\n\(row * 3 + 5),\((row * 13 % rows) * 3 + 5),2023-01-0\(row % 9 + 1)" }
    return try store(
        [table("accounts", accounts), table("people", people), table("touches", touches), table("knows", knows)],
        schema: "link person.knows: person from \"knows.csv\" (from_id, to_id) both ways { since: date }")
}

/// The bytes of a snapshot of a store.
func snapshotBytes(_ store: Store) throws -> [UInt8] {
    let folder = TemporaryFolder()
    try writeSnapshot(of: store, to: "\(folder.path)/book.crmdb")
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/book.crmdb")))
}
