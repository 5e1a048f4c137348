import Foundation
import Output
import Session
import Store

/// A small store with what completion has to tell apart: two entities with equal field names, values of different frequency, a link of
/// pairs, and a header that needs backquotes.
enum CompletionFixture {
    static let files = [
        "accounts.csv": """
        id,name,tier,region,active,arr,created,owner_id
        A1,Acme,gold,EMEA,true,100,2024-01-05,U1
        A2,Borealis,silver,EMEA,true,50,2024-02-05,U1
        A3,Cobalt,gold,APAC,false,70,2024-03-05,U2
        A4,Delta "D" Ltd,gray,APAC,true,10,2024-04-05,U2
        A5,Estrella,gold,AMER,true,20,2024-05-05,U1
        A6,Faro,silver,AMER,false,30,2024-06-05,U2

        """,
        "users.csv": """
        id,name,team
        U1,Ann Lee,Enterprise
        U2,Bo Berg,Growth

        """,
        "deals.csv": """
        id,name,account_id,stage,amount,closed
        D1,Desks,A1,won,500,2025-01-05
        D2,Chairs,A1,lost,200,2025-02-05
        D3,Lamps,A2,won,300,2025-03-05
        D4,Shelves,A3,prospect,900,2025-04-05
        D5,Rugs,A5,won,100,2025-05-05

        """,
        "people.csv": """
        id,name,account_id,email
        P1,Mia Moss,A1,mia@example.com
        P2,Noa Nunn,A1,noa@example.com
        P3,Ole Orr,A2,ole@example.com

        """,
        "touches.csv": """
        id,person_id,kind,at
        T1,P1,call,2026-01-05
        T2,P1,meeting,2026-02-05
        T3,P2,call,2026-03-05
        T4,P3,email,2026-04-05

        """,
        "knows.csv": """
        from_id,to_id,strength
        P1,P2,0.9
        P2,P3,0.4

        """,
        "schema.crmq": """
        link person.knows: person from "knows.csv" (from_id, to_id) both ways { strength: number }

        """,
    ]

    /// Messages and answers are of no interest here.
    final class Silence: AnswerOutput {
        func show(_ bytes: [UInt8], isTable: Bool) throws(OutputError) {}
        func tell(_ message: String) {}
    }

    static func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("crmq-completion-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in files { try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8) }
        return folder
    }

    static func session() throws -> Session {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try openStore(paths: [folder.path], options: LoadOptions(threads: 1))
        return Session(store: store, clock: SessionClock(day: "2026-06-30")!, settings: Settings(), output: Silence())
    }
}
