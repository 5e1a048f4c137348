/// What `writeDemo` should make.
public struct DemoOptions: Sendable {
    /// How large the company is: 1 gives a million touches in 160 MB, the default 20,000 in 3 MB.
    ///
    /// Every table grows in step, so that averages per account stay what they are at any scale.
    public var scale: Double

    /// Takes the scale that people should see first: small enough to be instant, large enough for answers to feel real.
    public init(scale: Double = 0.02) {
        self.scale = scale
    }
}

/// One file that was written, with what it took.
public struct DemoFile: Sendable, Equatable {
    /// The name of the file inside the directory, such as `touches.csv`.
    public let name: String
    /// Records without the header; 0 for the schema, which holds none.
    public let rows: Int
    public let bytes: Int
}

/// Writes the demo CRM into `directory` (created if needed) and returns its files in the order in which they were written.
///
/// The same scale gives the same bytes on every machine: all randomness comes from `Stream`, all dates from `Day.today`,
/// and all arithmetic on floating point numbers is of the kind that IEEE 754 rounds exactly.
/// The schema is written first because it carries the mark by which a later run knows that the folder may be overwritten.
public func writeDemo(to directory: String, options: DemoOptions = DemoOptions()) throws(DemoError) -> [DemoFile] {
    let scale = options.scale
    guard scale.isFinite, scale > 0, scale <= Sizes.scaleMax else { throw .badScale(scale) }
    try createDirectory(directory)
    try refuseForeignFiles(in: directory)
    let schema = try writeSchema(to: directory)
    let world = World(sizes: Sizes(scale: scale))
    return [
        schema,
        try world.writeAccounts(to: directory),
        try world.writeUsers(to: directory),
        try world.writePeople(to: directory),
        try world.writeDeals(to: directory),
        try world.writeStageChanges(to: directory),
        try world.writeOrders(to: directory),
        try world.writeTouches(to: directory),
        try world.writeTickets(to: directory),
        try world.writeKnows(to: directory),
    ]
}
