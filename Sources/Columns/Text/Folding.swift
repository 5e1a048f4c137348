import Types

/// Appends a text without case and accents: ASCII and the letters of `FoldingTable` by table, combining marks (U+0300 to U+036F) left
/// out, so that composed and decomposed spellings meet, and everything else in lower case. O(bytes).
func appendFolded(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    if isASCII(text) {
        appendMapped(text, to: &out) { $0 &- 65 < 26 ? $0 | 0x20 : $0 }
        return
    }
    var position = 0
    while position < text.count {
        let byte = text[position]
        if byte < 0x80 {
            out.append(byte &- 65 < 26 ? byte | 0x20 : byte)
            position += 1
            continue
        }
        let (point, length) = codePoint(text, position)
        if point < 0x300 || point > 0x36F, !FoldingTable.appendFolded(point, to: &out) {
            // The table leaves alone what it lists as `=`; only what lies beyond it may still have a lower case.
            if point > 0x1FFF || (point >= 0x530 && point < 0x1E00) {
                appendLowercase(point, to: &out)
            } else {
                out.append(contentsOf: text[position..<min(position + length, text.count)])
            }
        }
        position += length
    }
}

/// Whether no byte has its highest bit set.
@inline(__always)
func isASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var gathered: UInt8 = 0
    for byte in text { gathered |= byte }
    return gathered < 0x80
}

/// Appends every byte through a function: at once and then in place, so that many bytes go through it at a time.
@inline(__always)
func appendMapped(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8], _ transform: (UInt8) -> UInt8) {
    let start = out.count
    out.append(contentsOf: text)
    out.withUnsafeMutableBufferPointer { out in
        for index in start..<out.count { out[index] = transform(out[index]) }
    }
}

/// The code point at a place and how many bytes it takes; the text is valid UTF-8.
@inline(__always)
func codePoint(_ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> (point: UInt32, length: Int) {
    let first = UInt32(text[position])
    let available = text.count - position
    @inline(__always)
    func rest(_ offset: Int) -> UInt32 { UInt32(text[position + offset]) & 0x3F }
    if first < 0x80 || available < 2 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | rest(1), 2) }
    if available < 3 { return (first, 1) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | rest(1) << 6 | rest(2), 3) }
    if available < 4 { return (first, 1) }
    return ((first & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3), 4)
}

/// The lower case of some capitals, such as the sign for ångström, is a letter of the table.
private func appendLowercase(_ point: UInt32, to out: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(point) else { return }
    for small in scalar.properties.lowercaseMapping.unicodeScalars where !FoldingTable.appendFolded(small.value, to: &out) {
        out.append(contentsOf: String(small).utf8)
    }
}

/// A text without case and accents.
public func folded(_ text: String) -> String {
    var text = text
    var out: [UInt8] = []
    text.withUTF8 { appendFolded($0, to: &out) }
    return String(decoding: out, as: UTF8.self)
}

/// Texts without case and accents, as `~` compares them.
public func fold(_ value: Operand, count: Int) -> Vector {
    mapText(value, count: count) { text, out in
        appendFolded(text, to: &out)
        return true
    }
}
