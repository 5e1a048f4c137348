import Synchronization
import Syntax
import Types

/// The standard library's declarations, found by a scan of their texts and parsed one by one when they are first used, so that a
/// start costs microseconds however large the library grows.
public final class Library: Sendable {
    /// Where a declaration stands: the lines from its doc comment to its end.
    private struct Entry: Sendable {
        var source: Int
        var lines: Range<Int>
    }

    private struct Key: Hashable {
        var entity: String?
        var name: String
    }

    private let sources: [SourceText]
    private let entries: [Key: Entry]
    /// The names of definitions without an entity, in the order of the texts.
    public let functionNames: [String]
    private let parsed = Mutex<[Key: DeclaredDefinition]>([:])

    /// Takes time in proportion to the number of lines.
    public init(_ sources: [SourceText]) {
        self.sources = sources
        var entries: [Key: Entry] = [:]
        var functions: [String] = []
        for (index, source) in sources.enumerated() {
            Self.scan(source) { name, entity, lines in
                if entity == nil { functions.append(name) }
                entries[Key(entity: entity, name: name)] = Entry(source: index, lines: lines)
            }
        }
        self.entries = entries
        functionNames = functions
    }

    /// The functions that the engine computes row by row: all native ones but aggregates, windows, measures of networks and
    /// the clock's constants.
    public var nativeFunctionNames: [String] {
        functionNames.filter { name in
            guard AggregateName(rawValue: name) == nil, WindowName(rawValue: name) == nil, NetworkMeasure(rawValue: name) == nil,
                let declared = definition(named: name, of: nil)
            else { return false }
            return declared.isNative && !declared.isValue
        }
    }

    func definition(named name: String, of entity: EntityID, in schema: Schema) -> DeclaredDefinition? {
        let standard = [schema[entity].name] + schema[entity].aliases
        for alias in standard {
            if let found = definition(named: name, of: alias) { return found }
        }
        return nil
    }

    func definition(named name: String, of entity: String?) -> DeclaredDefinition? {
        let key = Key(entity: entity, name: name)
        guard let entry = entries[key] else { return nil }
        if let known = parsed.withLock({ $0[key] }) { return known }
        let source = sources[entry.source]
        // The line breaks before the declaration keep its line numbers true, without parsing what stands there.
        let end =
            entry.lines.upperBound < source.lineStarts.count ? source.lineStarts[entry.lines.upperBound] : source.bytes.count
        let text =
            String(repeating: "\n", count: entry.lines.lowerBound) + source.slice(source.lineStarts[entry.lines.lowerBound], end)
        guard let statement = parse(SourceText(name: source.name, text: text)).statements.first,
            case .define(let definition) = statement.kind
        else { return nil }
        let declared = DeclaredDefinition(definition: definition, doc: statement.doc, span: statement.span, isLibrary: true)
        parsed.withLock { $0[key] = declared }
        return declared
    }

    func memberNames(of entity: EntityID, in schema: Schema) -> [String] {
        let standard = Set([schema[entity].name] + schema[entity].aliases)
        return entries.keys.filter { key in key.entity.map(standard.contains) ?? false }.map(\.name)
    }

    /// Finds each `define` at the beginning of a line, and the comment lines directly above it.
    private static func scan(_ source: SourceText, found: (_ name: String, _ entity: String?, _ lines: Range<Int>) -> Void) {
        let keyword = Array("define ".utf8)
        var first: Int?
        var pending: (name: String, entity: String?, start: Int)?
        for line in 0..<source.lineStarts.count {
            let start = source.lineStarts[line]
            guard start < source.bytes.count else { break }
            let byte = source.bytes[start]
            let isDefine = source.bytes[start...].starts(with: keyword)
            let continues =
                byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: ")")
            if !continues, let open = pending {
                found(open.name, open.entity, open.start..<line)
                pending = nil
            }
            if isDefine {
                let (entity, name) = dottedName(source.bytes, from: start + keyword.count)
                pending = (name, entity, first ?? line)
                first = nil
            } else if byte == UInt8(ascii: "-") {
                first = first ?? line
            } else {
                first = nil
            }
        }
        if let open = pending { found(open.name, open.entity, open.start..<source.lineStarts.count) }
    }

    /// The name that stands at an offset, and the entity before its dot where it has one.
    private static func dottedName(_ bytes: [UInt8], from start: Int) -> (entity: String?, name: String) {
        var end = start
        var dot: Int?
        while end < bytes.count, !endsName(bytes[end]) {
            if bytes[end] == UInt8(ascii: "."), dot == nil { dot = end }
            end += 1
        }
        guard let dot else { return (nil, String(decoding: bytes[start..<end], as: UTF8.self)) }
        return (String(decoding: bytes[start..<dot], as: UTF8.self), String(decoding: bytes[(dot + 1)..<end], as: UTF8.self))
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=")
            || byte == UInt8(ascii: "\n")
    }
}
