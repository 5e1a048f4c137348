/// A list of short texts as one run of bytes, so that choosing one and copying it costs no allocation.
struct Words: Sendable {
    private var bytes: [UInt8] = []
    private var starts: [Int32] = [0]

    init() {}

    /// Takes texts that are separated by commas or line ends.
    init(_ list: String) {
        for text in list.split(whereSeparator: { $0 == "," || $0.isNewline }) {
            append(text.utf8.drop { $0 == UInt8(ascii: " ") })
        }
    }

    init(_ texts: [String]) {
        for text in texts { append(text.utf8) }
    }

    var count: Int { starts.count - 1 }

    mutating func append(_ text: some Sequence<UInt8>) {
        bytes.append(contentsOf: text)
        starts.append(Int32(bytes.count))
    }

    subscript(index: Int) -> ArraySlice<UInt8> {
        bytes[Int(starts[index])..<Int(starts[index + 1])]
    }

    func text(_ index: Int) -> String {
        String(decoding: self[index], as: UTF8.self)
    }

    @inline(__always)
    func length(of index: Int) -> Int {
        Int(starts[index + 1] - starts[index])
    }

    @inline(__always)
    func withBytes(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        bytes.withUnsafeBufferPointer { all in
            body(UnsafeBufferPointer(rebasing: all[Int(starts[index])..<Int(starts[index + 1])]))
        }
    }
}

/// The lower-case ASCII spelling of a name, for addresses: `Jörg Weiß` becomes `joergweiss`.
///
/// A table of our own serves because Foundation's folding is slow to load and differs between platforms.
func addressSpelling(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
        switch scalar {
        case "a"..."z", "0"..."9": bytes.append(UInt8(scalar.value))
        case "A"..."Z": bytes.append(UInt8(scalar.value + 32))
        default: bytes.append(contentsOf: (latinSpellings[scalar] ?? "").utf8)
        }
    }
    return bytes
}

private let latinSpellings: [Unicode.Scalar: String] = {
    let groups = [
        "a": "àáâãāąăÁÂÀ", "ae": "äæÄ", "aa": "åÅ", "c": "çćčÇČĆ", "d": "ďđ", "e": "èéêëęěēÉÈ", "g": "ğĞ", "i": "ìíîïıīİÍ",
        "l": "łŁ", "n": "ñńňÑ", "o": "òóôõőōÓ", "oe": "öøÖØ", "r": "řŘ", "s": "śšşŚŠŞ", "ss": "ß", "t": "ťţ",
        "u": "ùúûūůűÚ", "ue": "üÜ", "y": "ýÿ", "z": "źżžŻŽŹ",
    ]
    var spellings: [Unicode.Scalar: String] = [:]
    for (spelling, scalars) in groups {
        for scalar in scalars.unicodeScalars { spellings[scalar] = spelling }
    }
    return spellings
}()
