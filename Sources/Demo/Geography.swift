/// A country in which customers sit.
struct Country: Sendable {
    let name: String
    let region: Region
    let language: Language
    /// How many of a thousand accounts sit there, roughly.
    let weight: Int
    /// What a phone number begins with.
    let dialling: String
}

/// Sales regions; the raw value is the place in `Region.names`.
enum Region: Int, CaseIterable {
    case emea, amer, apac, latam

    static let names = Words("EMEA, AMER, APAC, LATAM")
    /// The regions that new colleagues are hired for, in turn, so that a small company has some in all of them.
    static let reps: [Region] = [.emea, .amer, .emea, .apac, .amer, .emea, .latam, .amer, .emea, .apac]

    /// The hours in UTC in which people there work, as the first hour; each working day has ten.
    var firstHour: Int {
        switch self {
        case .emea: 7
        case .amer: 13
        case .apac: 0
        case .latam: 12
        }
    }
}

extension Country {
    static let all: [Country] = [
        Country(name: "United States", region: .amer, language: .english, weight: 210, dialling: "+1 "),
        Country(name: "Germany", region: .emea, language: .german, weight: 130, dialling: "+49 "),
        Country(name: "United Kingdom", region: .emea, language: .english, weight: 85, dialling: "+44 "),
        Country(name: "France", region: .emea, language: .french, weight: 75, dialling: "+33 "),
        Country(name: "Canada", region: .amer, language: .english, weight: 50, dialling: "+1 "),
        Country(name: "Spain", region: .emea, language: .spanish, weight: 35, dialling: "+34 "),
        Country(name: "Italy", region: .emea, language: .italian, weight: 40, dialling: "+39 "),
        Country(name: "Netherlands", region: .emea, language: .dutch, weight: 30, dialling: "+31 "),
        Country(name: "Poland", region: .emea, language: .polish, weight: 28, dialling: "+48 "),
        Country(name: "Sweden", region: .emea, language: .nordic, weight: 22, dialling: "+46 "),
        Country(name: "Denmark", region: .emea, language: .nordic, weight: 16, dialling: "+45 "),
        Country(name: "Norway", region: .emea, language: .nordic, weight: 12, dialling: "+47 "),
        Country(name: "Austria", region: .emea, language: .german, weight: 20, dialling: "+43 "),
        Country(name: "Switzerland", region: .emea, language: .german, weight: 22, dialling: "+41 "),
        Country(name: "Türkiye", region: .emea, language: .turkish, weight: 20, dialling: "+90 "),
        Country(name: "Australia", region: .apac, language: .english, weight: 40, dialling: "+61 "),
        Country(name: "Japan", region: .apac, language: .japanese, weight: 45, dialling: "+81 "),
        Country(name: "India", region: .apac, language: .indian, weight: 50, dialling: "+91 "),
        Country(name: "Singapore", region: .apac, language: .chinese, weight: 20, dialling: "+65 "),
        Country(name: "Brazil", region: .latam, language: .portuguese, weight: 35, dialling: "+55 "),
        Country(name: "Mexico", region: .latam, language: .spanish, weight: 30, dialling: "+52 "),
        Country(name: "Argentina", region: .latam, language: .spanish, weight: 12, dialling: "+54 "),
        Country(name: "Colombia", region: .latam, language: .spanish, weight: 10, dialling: "+57 "),
    ]

    static let choice = Choice(all.map(\.weight))
    static let names = Words(all.map(\.name))
    static let diallings = Words(all.map(\.dialling))
}
