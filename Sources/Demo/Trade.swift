/// What an account is worth to the company, by contract.
enum Tier: UInt8, CaseIterable {
    case gold, silver, bronze

    static let names = Words("gold, silver, bronze")
}

/// The channel by which an account or a deal came.
enum Source: UInt8, CaseIterable {
    case referral, inbound, event, outbound, partner

    static let names = Words("referral, inbound, event, outbound, partner")
    static let accounts = Choice([20, 32, 14, 22, 12])
    static let deals = Choice([14, 36, 14, 25, 11])
}

/// The lines of business of the accounts, each with words that company names are made of.
enum Industry {
    static let names = Words(
        """
        Manufacturing, Healthcare, Logistics, Retail, Financial services, Software, Energy, Education, Construction
        Food & beverage, Media, Public sector
        """)

    static let choice = Choice([16, 11, 11, 12, 9, 12, 7, 5, 7, 6, 3, 3])

    static let words: [Words] = [
        Words("Precision, Metalworks, Components, Tooling, Automation, Castings, Drives, Instruments"),
        Words("Health, Medical, Diagnostics, Clinics, Biotech, Pharma, Care, Dental"),
        Words("Logistics, Freight, Shipping, Transport, Cargo, Forwarding, Express, Warehousing"),
        Words("Retail, Stores, Outfitters, Market, Trading, Home, Fashion, Sports"),
        Words("Capital, Finance, Insurance, Credit, Holdings, Advisory, Leasing, Wealth"),
        Words("Software, Systems, Analytics, Cloud, Labs, Digital, Data, Networks"),
        Words("Energy, Power, Solar, Wind, Utilities, Grid, Renewables, Storage"),
        Words("Learning, Academy, Training, Schools, Institute, College, Campus, Publishing"),
        Words("Construction, Builders, Engineering, Concrete, Timber, Interiors, Facades, Surveying"),
        Words("Foods, Bakery, Brewing, Beverages, Dairy, Farms, Roasters, Provisions"),
        Words("Media, Studios, Press, Pictures, Broadcasting, Events, Creative, Records"),
        Words("Municipal Services, Transit, Waterworks, Housing, Waste Services, Airport, Port Authority, Civic Works"),
    ]
}

/// What the company of the demo sells: equipment for places of work, the software that goes with it, and services.
struct Product: Sendable {
    let name: String
    let priceCents: Int
    /// What a unit costs the company, of a hundred parts of its list price.
    let costPercent: Int
    /// Some things are bought by the hundred, some once.
    let quantityMax: Int
}

extension Product {
    static let all: [Product] = [
        Product(name: "Desk sensor", priceCents: 4_900, costPercent: 46, quantityMax: 120),
        Product(name: "Room sensor", priceCents: 12_900, costPercent: 44, quantityMax: 60),
        Product(name: "Air quality monitor", priceCents: 18_950, costPercent: 52, quantityMax: 40),
        Product(name: "Door panel 8\"", priceCents: 32_900, costPercent: 61, quantityMax: 40),
        Product(name: "Lobby kiosk", priceCents: 189_000, costPercent: 66, quantityMax: 4),
        Product(name: "Badge printer", priceCents: 74_500, costPercent: 68, quantityMax: 4),
        Product(name: "Badge cards, pack of 100", priceCents: 8_900, costPercent: 35, quantityMax: 30),
        Product(name: "Locker controller", priceCents: 54_000, costPercent: 58, quantityMax: 16),
        Product(name: "Parking gateway", priceCents: 119_000, costPercent: 63, quantityMax: 5),
        Product(name: "Cable kit", priceCents: 1_990, costPercent: 40, quantityMax: 80),
        Product(name: "Mounting frame", priceCents: 3_450, costPercent: 48, quantityMax: 60),
        Product(name: "Battery pack", priceCents: 2_790, costPercent: 50, quantityMax: 90),
        Product(name: "Starter licence", priceCents: 1_200, costPercent: 8, quantityMax: 80),
        Product(name: "Team licence", priceCents: 2_900, costPercent: 9, quantityMax: 120),
        Product(name: "Enterprise licence", priceCents: 5_400, costPercent: 10, quantityMax: 200),
        Product(name: "Analytics add-on", priceCents: 24_000, costPercent: 12, quantityMax: 12),
        Product(name: "Visitor add-on", priceCents: 9_900, costPercent: 12, quantityMax: 12),
        Product(name: "API access", priceCents: 45_000, costPercent: 7, quantityMax: 3),
        Product(name: "Installation day", priceCents: 98_000, costPercent: 71, quantityMax: 8),
        Product(name: "Training day", priceCents: 125_000, costPercent: 54, quantityMax: 4),
        Product(name: "Consulting day", priceCents: 148_000, costPercent: 62, quantityMax: 6),
        Product(name: "Care plan, monthly", priceCents: 39_000, costPercent: 31, quantityMax: 3),
        Product(name: "Spare parts", priceCents: 6_600, costPercent: 57, quantityMax: 40),
        Product(name: "Calibration", priceCents: 22_000, costPercent: 45, quantityMax: 12),
    ]

    /// The names as fields of a CSV file, in quotes where they hold a comma or a quotation mark.
    static let fields = Words(all.map { field($0.name) })

    private static func field(_ name: String) -> String {
        guard name.contains(where: { $0 == "," || $0 == "\"" }) else { return name }
        return "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// What deals are about.
    static let projects = Words(
        """
        Rollout, Pilot, Renewal, Expansion, Licences, Sensors, Meeting rooms, New building, Lockers, Visitor desk, Care plan
        Analytics, Parking, Second site, Upgrade, Framework agreement
        """)
}

/// How much is going on on a day, against an average of about 1.
enum Season {
    /// Orders dip in the summer and peak in the fourth quarter, when budgets are spent.
    private static let orderMonths = [0.90, 0.92, 1.04, 0.97, 1.0, 1.02, 0.78, 0.70, 1.04, 1.20, 1.32, 1.24]
    /// Touches follow holidays: people cannot be reached in August and late December.
    private static let touchMonths = [1.02, 1.04, 1.08, 1.0, 0.98, 1.0, 0.82, 0.72, 1.08, 1.1, 1.08, 0.86]

    static func orders(_ day: Int) -> Double {
        orderMonths[Day.civil(day).month - 1] * week(day, weekend: 0.12)
    }

    static func touches(_ day: Int) -> Double {
        touchMonths[Day.civil(day).month - 1] * week(day, weekend: 0.04)
    }

    static func tickets(_ day: Int) -> Double {
        week(day, weekend: 0.30)
    }

    private static func week(_ day: Int, weekend: Double) -> Double {
        let civil = Day.civil(day)
        let holidays = civil.month == 12 && civil.day >= 24 || civil.month == 1 && civil.day == 1
        return (Day.weekday(day) >= 5 ? weekend : 1) * (holidays ? 0.25 : 1)
    }
}
