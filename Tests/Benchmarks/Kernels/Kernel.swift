/// One kernel over generated data. The data are made when it is its turn, so that those of only one are in memory at a time.
struct Kernel {
    let name: String
    let prepare: () throws -> Prepared

    init(_ name: String, prepare: @escaping () throws -> Prepared) {
        self.name = name
        self.prepare = prepare
    }
}

/// A kernel with its data.
struct Prepared {
    /// How many rows, values, arcs or records one run goes through; what is printed is the time of one of them.
    let rows: Int
    let floor: Floor
    /// What each run needs anew; it is not timed.
    var before: () throws -> Void = {}
    let run: () throws -> Void
}

/// How many rows a kernel gets.
enum Size: CaseIterable {
    /// A batch of the engine, whose columns stay in the second cache.
    case batch
    /// A large table, whose columns do not.
    case table

    var rows: Int {
        switch self {
        case .batch: 16_384
        case .table: 1 << 22
        }
    }
}

/// Keeps what a loop computed from being left out, as what nobody reads is.
@inline(never)
func use<Value>(_ value: Value) { withExtendedLifetime(value) {} }
