// Times the loops that questions spend their time in, over generated data, beside what the memory alone takes. scripts/bench kernels
// builds and starts it.
import Columns

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Whether all went well and no kernel has become slower.
func run(_ options: Options) throws -> Bool {
    let folder = try ScratchFolder()
    defer { folder.remove() }
    let saved = try options.against.map(Report.read)
    var kernels = fileKernels(in: folder)
    for size in Size.allCases {
        kernels += rowKernels(size) + groupKernels(size) + orderKernels(size) + linkKernels(size) + networkKernels(size)
    }
    kernels = kernels.filter { options.only.isEmpty || $0.name.contains(options.only) }
    guard !kernels.isEmpty else { throw BenchmarkError.usage("no kernel's name has \(options.only)\n") }
    var report = Report(against: saved, names: kernels.map(\.name))
    var measured: [Measured] = []
    for kernel in kernels {
        measured.append(try measure(kernel, seconds: options.seconds))
        report.add(measured[measured.count - 1])
        fflush(nil)
    }
    if let path = options.save { try Report.save(measured, to: path) }
    return report.slowerKernels.isEmpty
}

// As the program itself does.
LargeMemory.keepFreed()
do {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    exit(try run(options) ? 0 : 1)
} catch BenchmarkError.usage(let text) {
    let isAnswer = text == Options.usage
    say(text, on: isAnswer ? STDOUT_FILENO : STDERR_FILENO)
    exit(isAnswer ? 0 : 64)
} catch {
    say("\(error)\n", on: STDERR_FILENO)
    exit(2)
}

func say(_ text: String, on descriptor: Int32) {
    var text = text
    text.withUTF8 { _ = write(descriptor, $0.baseAddress, $0.count) }
}
