/// What the command line asks for.
struct Options {
    static let usage = """
        usage: scripts/bench kernels [--only TEXT] [--save FILE] [--against FILE] [--seconds N]

        For each kernel: the rows of one run; the nanoseconds a row, least and median of the runs; the same of its floor, which is a plain loop
        that reads or copies as many bytes, or reads or adds at the same places of a table; and how many times the floor the kernel takes.

          --only TEXT      the kernels whose name has TEXT
          --save FILE      writes the figures as JSON
          --against FILE   prints how the ratio to the floor has changed since FILE was saved; above 1.2 a kernel counts as slower, and the
                           exit status is 1
          --seconds N      how long each kernel is measured, at most (0.4); at least seven runs of it are

        """

    var only = ""
    var save: String?
    var against: String?
    var seconds = 0.4

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            if name == "--help" || name == "-h" { throw BenchmarkError.usage(Self.usage) }
            guard let value = rest.popFirst() else { throw BenchmarkError.usage("\(name) needs a value\n\(Self.usage)") }
            switch name {
            case "--only": only = value
            case "--save": save = value
            case "--against": against = value
            case "--seconds":
                guard let number = Double(value), number >= 0 else {
                    throw BenchmarkError.usage("--seconds needs a number, not \(value)\n")
                }
                seconds = number
            default: throw BenchmarkError.usage("there is no option \(name)\n\(Self.usage)")
            }
        }
    }
}
