import CZlib

/// Unpacks gzip files, of one member or several.
enum Gzip {
    static func isPacked(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
        head.count >= 2 && head[0] == 0x1f && head[1] == 0x8b
    }

    private static let blockSize = 256 << 10

    /// All of the unpacked bytes.
    static func unpack(_ source: ByteSource, context: LoadContext) throws(LoadError) -> Growing<UInt8> {
        var stream = z_stream()
        // 15 bits of window, and 16 for a gzip header.
        guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .outOfMemory(path: source.path, bytes: 1 << 16)
        }
        defer { inflateEnd(&stream) }
        let input = Growing<UInt8>(capacity: blockSize)
        let output = Growing<UInt8>(capacity: max(blockSize, source.size * 4))
        defer { withExtendedLifetime(input) {} }
        var offset = 0
        var isInMember = true
        while offset < source.size || stream.avail_in > 0 {
            if stream.avail_in == 0 {
                try context.check()
                let count = min(blockSize, source.size - offset)
                try source.read(from: offset, count: count, into: input.base)
                offset += count
                stream.next_in = input.base
                stream.avail_in = UInt32(count)
                context.advance(by: count)
            }
            if !isInMember {
                // Zeros may pad the end; anything else has to be another member.
                while stream.avail_in > 0, stream.next_in.pointee == 0 {
                    stream.next_in += 1
                    stream.avail_in -= 1
                }
                if stream.avail_in == 0 { continue }
                inflateReset(&stream)
                isInMember = true
            }
            if try !inflateBlock(&stream, into: output, source.path) { isInMember = false }
        }
        guard !isInMember else { throw .brokenGzip(path: source.path, reason: "it ends too early") }
        return output
    }

    /// Unpacks what is at hand; false at the end of a member.
    private static func inflateBlock(
        _ stream: inout z_stream, into output: Growing<UInt8>, _ path: String
    ) throws(LoadError) -> Bool {
        guard output.tryReserve(output.count + blockSize) else {
            throw .outOfMemory(path: path, bytes: output.count + blockSize)
        }
        let room = min(output.capacity - output.count, 1 << 30)
        stream.next_out = output.base + output.count
        stream.avail_out = UInt32(room)
        let status = inflate(&stream, Z_NO_FLUSH)
        output.count += room - Int(stream.avail_out)
        switch status {
        case Z_OK, Z_BUF_ERROR: return true
        case Z_STREAM_END: return false
        case Z_MEM_ERROR: throw .outOfMemory(path: path, bytes: blockSize)
        default: throw .brokenGzip(path: path, reason: stream.msg.map { String(cString: $0) } ?? "its data are damaged")
        }
    }
}
