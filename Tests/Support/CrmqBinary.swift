#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The program under test: it is built beside the tests, so it is looked for beside the test binary.
public enum CrmqBinary {
    public struct Missing: Error, CustomStringConvertible {
        public let description: String
    }

    /// The path of the program. A program that is missing is an error, so that tests of it fail instead of passing over it.
    public static func path() throws -> String {
        let candidates = [folderOfThisProcess.map { $0 + "/crmq" }, "\(checkout)/.build/debug/crmq"].compactMap { $0 }
        guard let path = candidates.first(where: { access($0, X_OK) == 0 }) else {
            throw Missing(description: "there is no crmq at \(candidates.joined(separator: " or ")); build it with the tests")
        }
        return path
    }

    private static var folderOfThisProcess: String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let path =
            length > 0
            ? String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self) : CommandLine.arguments[0]
        return path.lastIndex(of: "/").map { String(path[..<$0]) }
    }

    private static var checkout: String {
        #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    }
}
