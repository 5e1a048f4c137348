extension Integers {
    public var count: Int {
        switch self {
        case .int8(let values): values.count
        case .int16(let values): values.count
        case .int32(let values): values.count
        case .int64(let values): values.count
        }
    }

    /// Bounds-checked, and slow in a loop: kernels take the buffer of one width out once.
    public subscript(_ index: Int) -> Int64 {
        switch self {
        case .int8(let values): Int64(values[index])
        case .int16(let values): Int64(values[index])
        case .int32(let values): Int64(values[index])
        case .int64(let values): values[index]
        }
    }

    /// The same integers at 64 bits; shared where they are so already.
    public func widened() -> Buffer<Int64> {
        switch self {
        case .int8(let values): converted(values)
        case .int16(let values): converted(values)
        case .int32(let values): converted(values)
        case .int64(let values): values
        }
    }

    /// The same integers at 32 bits, where they are stored in so many or fewer.
    func atMost32Bits() -> Buffer<Int32>? {
        switch self {
        case .int8(let values): converted(values)
        case .int16(let values): converted(values)
        case .int32(let values): values
        case .int64: nil
        }
    }

    func slice(_ lower: Int, _ upper: Int) -> Integers {
        switch self {
        case .int8(let values): .int8(values.slice(lower, upper))
        case .int16(let values): .int16(values.slice(lower, upper))
        case .int32(let values): .int32(values.slice(lower, upper))
        case .int64(let values): .int64(values.slice(lower, upper))
        }
    }
}

extension Codes {
    public var count: Int {
        switch self {
        case .uint8(let codes): codes.count
        case .uint16(let codes): codes.count
        case .uint32(let codes): codes.count
        }
    }

    /// Bounds-checked, and slow in a loop: kernels take the buffer of one width out once.
    public subscript(_ index: Int) -> Int {
        switch self {
        case .uint8(let codes): Int(codes[index])
        case .uint16(let codes): Int(codes[index])
        case .uint32(let codes): Int(codes[index])
        }
    }

    /// The same codes at 32 bits, signed, so that they can serve as row numbers into a table of the dictionary's entries.
    public func widened() -> Buffer<Int32> {
        switch self {
        case .uint8(let codes): converted(codes)
        case .uint16(let codes): converted(codes)
        case .uint32(let codes): converted(codes)
        }
    }

    func slice(_ lower: Int, _ upper: Int) -> Codes {
        switch self {
        case .uint8(let codes): .uint8(codes.slice(lower, upper))
        case .uint16(let codes): .uint16(codes.slice(lower, upper))
        case .uint32(let codes): .uint32(codes.slice(lower, upper))
        }
    }

    /// Codes at the narrowest width that holds those of a dictionary of `entryCount` texts.
    public init(_ codes: Buffer<Int32>, entryCount: Int) {
        if entryCount <= 1 << 8 {
            self = .uint8(converted(codes))
        } else if entryCount <= 1 << 16 {
            self = .uint16(converted(codes))
        } else {
            self = .uint32(converted(codes))
        }
    }
}

/// Every integer in another width; the caller knows that they fit.
@inline(__always)
func converted<From: FixedWidthInteger & BitwiseCopyable & Sendable, To: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<From>
) -> Buffer<To> {
    let source = values.base
    return mapped(count: values.count) { To(truncatingIfNeeded: source[$0]) }
}

/// A buffer of one element a row. The closure is inlined, so a loop over it is as tight as one written out.
@inline(__always)
func mapped<Element: BitwiseCopyable & Sendable>(count: Int, _ element: (Int) -> Element) -> Buffer<Element> {
    Buffer(capacity: count) { memory in
        guard let base = memory.baseAddress else { return 0 }
        for row in 0..<count { base[row] = element(row) }
        return count
    }
}
