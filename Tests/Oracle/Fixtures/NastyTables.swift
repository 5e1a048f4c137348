/// A small CRM made by hand of what goes wrong: missing values everywhere, ties, links from a table to itself, links that lead nowhere,
/// an entity without records, facts on links, decimals of several scales, numbers below zero, days at the borders of months and years
/// and texts of several scripts.
enum NastyTables {
    static let files: [(name: String, text: String)] = [
        ("accounts.csv", accounts), ("users.csv", users), ("people.csv", people), ("deals.csv", deals), ("touches.csv", touches),
        ("knows.csv", knows), ("roles.csv", roles), ("campaigns.csv", campaigns), ("schema.crmq", schema),
    ]

    private static let accounts = #"""
        id,name,tier,industry,arr,score,owner_id,parent_id,created,renewal,active
        A1,Nordlicht AG,gold,Energy,50000.50,7,U1,,2020-01-31,2026-06-30,true
        A2,Süßwaren Müller,silver,Food,-1200.125,7,U1,A1,2020-02-29,2026-07-01,false
        A3,"Smith, Jones & Co",gold,,0,0,U2,A1,2024-12-31,,true
        A4,李雷贸易,,Food,99999999.99,-3,U3,A2,2025-01-01,2025-12-31,
        A5,Acme,silver,Energy,50000.5,,,,1999-12-31,2026-01-01,true
        A6,acme,bronze,food,0.001,7,U2,A6,1970-01-01,1969-12-31,false
        A7,"He said ""no""",gold,Energy,,12,U9,A99,,2026-03-31,true
        A8,Émile & Fils,,,,,U4,,2026-06-30,,
        A9,Zürich 42,bronze,Retail,1000000,100,U1,A5,2026-06-29,2026-06-30,false
        A10,nordlicht ag,gold,Retail,12.3456789,7,,A9,2023-02-28,2024-02-29,true
        A11,😀 Smile,silver,Retail,-0.5,-3,U5,A10,2024-02-29,2028-02-29,
        A12,Empty,,,,,,,,,

        """#

    private static let users = """
        id,name,team,manager_id,email,quota
        U1,Ann Lee,Enterprise,,ann@acme.com,1000000
        U2,Bob van Dyk,Enterprise,U1,Bob@Example.ORG,250000.5
        U3,Chloé,SMB,U1,,
        U4,Dieter,SMB,U2,https://www.dieter.de/x,-1
        U5,Ann Lee,,U5,ann.lee@acme.com,0
        U6,Łukasz,Nobody,U3,,7.125

        """

    private static let people = """
        id,name,account_id,email,born,phone,vip
        P1,Zoë Kravitz,A1,zoe@acme.com,1990-06-30,+49 (0)30-12,true
        P2,O'Neil,A1,,1990-06-29,,false
        P3,王芳,A4,wang@li.cn,,0042,
        P4,Jürgen Groß,A2,JUERGEN@MUELLER.DE,2000-02-29,,true
        P5,Ann Lee,A3,ann@x.org,1969-12-31,12,false
        P6,Ann Lee,,,1970-01-01,,
        P7,ann lee,A3,a.b.c@d.e,1985-12-31,7-7-7,true
        P8,Nobody Known,A77,,,,
        P9,Café René,A9,cafe@rene.fr,1985-01-01,,false
        P10,X,A9,x@x,2005-03-31,1,true
        P11,"line one
        line two",A10,,1990-06-30,,
        P12,,A12,,,,

        """

    private static let deals = """
        id,name,account_id,owner_id,stage,source,amount,close_date,opened,probability,volume
        D1,Turbine,A1,U1,won,web,1000.10,2026-01-31,2025-10-31,0.9,20.2
        D2,Turbine II,A1,U2,won,web,1000.1,2026-02-28,2025-11-30,0.95,9007199254740993
        D3,Cake,A2,U1,lost,,20.20,2025-12-31,2025-12-01,,0.001
        D4,,A2,,open,fair,,,2026-06-01,0.1,
        D5,Silk,A4,U3,won,fair,123456.789,2026-06-30,2024-02-29,1,-9000000000000000
        D6,Silk,A4,U3,Won,web,-50,2026-06-30,2024-02-29,0,1.1
        D7,Café,A9,U1,open,referral,0,,2026-06-30,0.5,4.4
        D8,Rocket,A5,U9,,,7.5,2024-12-31,2024-12-30,0.333,
        D9,Rope,A5,U2,lost,web,7.50,2025-01-01,2025-01-01,0.25,20.200
        D10,Rope,,U2,won,,,,,,9007199254740992
        D11,Zinc,A99,U1,open,fair,300,2027-01-01,2026-06-29,0.6,-0.001
        D12,Ähre,A10,U5,won,referral,300.000,2026-04-01,2026-03-31,0.7,0
        D13,Zinc,A10,U5,won,referral,300,2026-03-31,2026-01-01,0.7,22.22
        D14,Smile,A11,U5,open,web,0.001,2026-07-01,2026-06-30,0.05,3.3
        D15,Smile,A1,U1,open,web,2500,,2026-05-31,0.4,-20.2

        """

    private static let touches = """
        id,person_id,user_id,deal_id,kind,at,minutes,note
        T1,P1,U1,D1,meeting,2026-06-30T00:00:00Z,60,Good talk
        T2,P1,U1,D1,call,2026-06-29T23:59:59Z,5,GOOD call
        T3,P1,U2,,mail,2026-03-31T12:00:00Z,,
        T4,P2,U2,D2,meeting,2025-12-31T23:59:59.5Z,45,plan
        T5,P2,U1,,call,2026-01-01T00:00:00Z,5,Plán
        T6,P3,U3,D5,call,2024-02-29T08:30:00Z,12.5,
        T7,P3,,D6,mail,,1,no time
        T8,P4,U1,D3,,2025-12-31T10:00:00Z,,none at all
        T9,P4,U4,D4,call,2026-06-01T10:00:00Z,0,
        T10,,U5,D12,call,2026-06-30T23:59:59Z,30,late
        T11,P9,U1,D7,meeting,2026-06-30T12:00:00Z,90,
        T12,P9,U1,D7,meeting,2026-06-30T12:00:00Z,90,tie
        T13,P10,U6,,mail,1969-12-31T23:59:59Z,-5,before
        T14,P11,U5,D13,call,2026-04-01T00:00:00Z,15,Naïve
        T15,P7,U2,,call,2026-04-01T00:00:00Z,15,
        T16,P99,U2,D99,mail,2027-01-01T00:00:00Z,3,future
        T17,P5,U2,D11,meeting,2026-05-31T15:45:30Z,20,x y z
        T18,P12,,,,,,

        """

    private static let knows = """
        from_id,to_id,since,strength
        P1,P2,2020-01-01,0.9
        P2,P3,2021-02-28,0.5
        P3,P1,,0.75
        P1,P2,2019-01-01,0.1
        P4,P4,2024-02-29,1
        P5,P6,2025-12-31,
        P7,P5,2026-06-30,0.333
        P9,P10,1999-12-31,0.9
        P10,P99,2020-05-05,0.2
        P1,P9,2023-07-01,0.05

        """

    private static let roles = """
        deal_id,person_id,part,share
        D1,P1,decider,0.5
        D1,P2,user,0.25
        D2,P2,user,
        D5,P3,decider,1
        D6,P3,,0.1
        D7,P9,decider,0.75
        D7,P10,user,0.25
        D12,P11,user,0.3
        D9,P77,user,0.4
        D3,P4,decider,0.125

        """

    private static let campaigns = """
        id,name,started,budget

        """

    /// What cannot be told from the data: an empty table has no types, and acquaintance goes both ways.
    private static let schema = """
        entity campaign (campaigns) from "campaigns.csv" {
          id: text key
          name: text label
          started: date time
          budget: number
        }
        link person.knows: person from "knows.csv" (from_id, to_id) both ways { since: date, strength: number }

        """
}
