#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Prints what was measured, a kernel a line, and what became of it since a saved run.
struct Report {
    /// A kernel counts as slower from this many times its saved ratio to the floor on.
    static let slower = 1.2

    private let saved: [String: Measured]?
    private(set) var slowerKernels: [String] = []
    private let nameWidth: Int

    init(against saved: [Measured]?, names: [String]) {
        self.saved = saved.map { Dictionary($0.map { ($0.name, $0) }) { first, _ in first } }
        nameWidth = max(names.map(\.count).max() ?? 0, 6)
        print(
            "kernel".padded(nameWidth), "rows".aligned(9), "ns a row".aligned(9), "median".aligned(9), "floor".aligned(8),
            "".padded(7), "ratio".aligned(7), saved == nil ? "" : "since saved".aligned(12))
    }

    mutating func add(_ measured: Measured) {
        print(
            measured.name.padded(nameWidth), String(measured.rows).aligned(9), short(measured.least).aligned(9),
            short(measured.median).aligned(9), short(measured.floor).aligned(8), measured.floorKind.padded(7),
            short(measured.ratio).aligned(7), change(of: measured))
    }

    /// How many times slower the kernel is than it was, each relative to its own floor.
    private mutating func change(of measured: Measured) -> String {
        guard let saved else { return "" }
        guard let before = saved[measured.name], before.rows == measured.rows, before.floorKind == measured.floorKind else {
            return "not saved".aligned(12)
        }
        let change = measured.ratio / before.ratio
        if change <= Self.slower { return short(change).aligned(12) }
        slowerKernels.append(measured.name)
        return short(change).aligned(12) + "  SLOWER"
    }

    static func read(_ path: String) throws -> [Measured] {
        try JSONDecoder().decode([Measured].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    static func save(_ measured: [Measured], to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(measured).write(to: URL(fileURLWithPath: path))
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
    fileprivate func aligned(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

/// Three digits, as far as there are so many before the point.
private func short(_ value: Double) -> String {
    let decimals = value < 10 ? 2 : value < 100 ? 1 : 0
    let power = [1.0, 10, 100][decimals]
    let whole = Int((value * power).rounded())
    if decimals == 0 { return String(whole) }
    let rest = String(whole % Int(power))
    return "\(whole / Int(power)).\(String(repeating: "0", count: decimals - rest.count))\(rest)"
}
