import Types

extension Vector {
    /// Texts under one dictionary where all parts share it, or where their dictionaries together are no larger than the rows; otherwise
    /// plain.
    static func joinedTexts(_ parts: [Vector], count: Int, _ validity: Bitmap?) -> Vector {
        var shared: TextDictionary?
        var isShared = true
        var isCoded = true
        var entryCount = 0
        for part in parts {
            switch part.storage {
            case .coded(_, let dictionary):
                isShared = isShared && (shared == nil || shared === dictionary)
                shared = dictionary
                entryCount += dictionary.count
            case .none: break
            default: isCoded = false
            }
        }
        if isCoded, entryCount == 0 { return .missing(count: count) }
        if isCoded, isShared, let shared { return joinedCodes(parts, count: count, shared, validity) }
        if isCoded, entryCount <= count { return joinedDictionaries(parts, count: count, validity) }
        if let joined = joinedNumbered(parts, count: count, validity) { return joined }
        var texts = TextStorageBuilder(capacity: count)
        for part in parts {
            let reader = TextReader(part)
            for row in 0..<part.count { texts.append(reader.at(row)) }
        }
        return Vector(count: count, .text(texts.finish()), validity: validity)
    }

    /// Numbered texts where all parts are of one form.
    private static func joinedNumbered(_ parts: [Vector], count: Int, _ validity: Bitmap?) -> Vector? {
        var shared: NumberedForm?
        for part in parts {
            switch part.storage {
            case .numbered(_, let form):
                guard shared == nil || shared == form else { return nil }
                shared = form
            case .none: break
            default: return nil
            }
        }
        guard let shared else { return nil }
        let numbers = Buffer<Int64>(capacity: count) { memory in
            var position = 0
            for part in parts {
                if case .numbered(let numbers, _) = part.storage {
                    let own = numbers.widened()
                    for row in 0..<part.count { memory[position + row] = own.base[row] }
                } else {
                    for row in 0..<part.count { memory[position + row] = 0 }
                }
                position += part.count
            }
            return position
        }
        return Vector(count: count, .numbered(.int64(numbers), shared), validity: validity)
    }

    private static func joinedCodes(_ parts: [Vector], count: Int, _ dictionary: TextDictionary, _ validity: Bitmap?) -> Vector {
        let codes = Buffer<Int32>(capacity: count) { memory in
            var position = 0
            for part in parts {
                guard case .coded(let codes, _) = part.storage else {
                    for row in 0..<part.count { memory[position + row] = 0 }
                    position += part.count
                    continue
                }
                let own = codes.widened()
                for row in 0..<part.count { memory[position + row] = own.base[row] }
                position += part.count
            }
            return position
        }
        return Vector(count: count, .coded(Codes(codes, entryCount: dictionary.count), dictionary), validity: validity)
    }

    private static func joinedDictionaries(_ parts: [Vector], count: Int, _ validity: Bitmap?) -> Vector {
        var builder = TextDictionaryBuilder()
        // Rows without a value still need a code that exists.
        let empty = builder.code(of: UnsafeBufferPointer(start: nil, count: 0))
        let codes = Buffer<Int32>(capacity: count) { memory in
            var position = 0
            for part in parts {
                guard case .coded(let codes, let dictionary) = part.storage else {
                    for row in 0..<part.count { memory[position + row] = Int32(empty) }
                    position += part.count
                    continue
                }
                let replacements = (0..<dictionary.count).map {
                    Int32(bitPattern: builder.code(of: dictionary.texts.bytes(at: $0)))
                }
                let own = codes.widened()
                for row in 0..<part.count { memory[position + row] = replacements[Int(own.base[row])] }
                position += part.count
            }
            return position
        }
        let dictionary = builder.finish()
        return Vector(count: count, .coded(Codes(codes, entryCount: dictionary.count), dictionary), validity: validity)
    }
}
