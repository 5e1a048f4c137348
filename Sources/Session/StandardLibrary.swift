import CStandardLibrary
import Syntax

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The standard library's text: embedded in the program, or read from the folder that `CRMQ_STDLIB` names, so that it can be worked on
/// without building anew.
enum StandardLibrary {
    /// All modules of definitions, the prelude first, under the names that messages give them.
    static func modules() -> [SourceText] { read(crmq_stdlib_modules) }

    /// The perspectives with their questions, a text each.
    static func perspectives() -> [SourceText] { read(crmq_stdlib_perspectives) }

    private static func read(_ list: (UnsafeMutablePointer<Int>) -> UnsafePointer<crmq_stdlib_module>?) -> [SourceText] {
        var count = 0
        let modules = UnsafeBufferPointer(start: list(&count), count: count)
        let folder = getenv("CRMQ_STDLIB").map { String(cString: $0) }
        return modules.map { module in
            let file = String(cString: module.name) + ".crmq"
            if let folder, let text = readFile(folder + "/" + file) { return SourceText(name: folder + "/" + file, text: text) }
            let bytes = UnsafeBufferPointer(start: module.text, count: module.size)
            return SourceText(name: "stdlib/" + file, text: String(decoding: bytes, as: UTF8.self))
        }
    }
}

/// The whole of a text file, or none where it cannot be read. Bytes that are no UTF-8 become U+FFFD.
public func readFile(_ path: String) -> String? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = fread(&block, 1, block.count, file)
        if count > 0 { bytes.append(contentsOf: block[0..<count]) }
        if count < block.count { break }
    }
    return ferror(file) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
}

/// Writes a text file through a temporary one beside it, so that a full disk leaves the old file as it was.
public func writeFile(_ path: String, _ text: String) -> Bool {
    let temporary = path + ".\(getpid()).partial"
    guard let file = fopen(temporary, "wb") else { return false }
    let bytes = Array(text.utf8)
    let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
    guard fclose(file) == 0, isWritten, rename(temporary, path) == 0 else {
        unlink(temporary)
        return false
    }
    return true
}
