// The program that libFuzzer drives: `fuzz TARGET [options and folders of libFuzzer]`, or `fuzz TARGET seeds FOLDER`, which writes the
// first inputs. Built by scripts/fuzz only, since it is linked with libFuzzer.
import Foundation
import FuzzTargets

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

nonisolated(unsafe) private var target = FuzzTarget.lexer

// libFuzzer starts the program again for some of its work, with its own options only: the environment then names the target.
var options = Array(CommandLine.arguments.dropFirst())
let variable = "CRMQ_FUZZ_TARGET"
if let name = options.first, FuzzTarget(rawValue: name) != nil {
    setenv(variable, name, 1)
    options.removeFirst()
}
guard let named = getenv(variable).flatMap({ FuzzTarget(rawValue: String(cString: $0)) }) else {
    print("usage: fuzz TARGET [options]; targets are \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
    exit(64)
}
target = named
if options.count == 2, options[0] == "seeds" {
    for (number, seed) in try target.seeds().enumerated() {
        try Data(seed).write(to: URL(fileURLWithPath: options[1]).appendingPathComponent("seed-\(number)"))
    }
    exit(0)
}

// libFuzzer reads its options behind the program's name.
let texts = [CommandLine.arguments[0], "-max_len=\(target.longestInput)"] + options
var arguments: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
var count = CInt(texts.count)
let status = arguments.withUnsafeMutableBufferPointer { buffer in
    var base = buffer.baseAddress!
    return runDriver(&count, &base) { bytes, count in
        let input = Array(UnsafeBufferPointer(start: bytes, count: count))
        if let fault = target.fault(in: input) {
            FileHandle.standardError.write(Data("fault: \(fault)\n".utf8))
            abort()
        }
        return 0
    }
}
exit(status)
