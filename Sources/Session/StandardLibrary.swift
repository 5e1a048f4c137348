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
    /// The prelude, under the name that messages give it.
    static func prelude() -> SourceText {
        if let folder = getenv("CRMQ_STDLIB"), let text = readFile(String(cString: folder) + "/prelude.crmq") {
            return SourceText(name: String(cString: folder) + "/prelude.crmq", text: text)
        }
        var size = 0
        let bytes = UnsafeBufferPointer(start: crmq_stdlib_prelude(&size), count: size)
        return SourceText(name: "stdlib/prelude.crmq", text: String(decoding: bytes, as: UTF8.self))
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
