import Columns
import Syntax
import Types

@testable import Store

/// A table as it would come from the loader, out of a few lines of comma-separated text: values that are all whole numbers become
/// numbers, all `YYYY-MM-DD` dates, everything else text. Empty values are missing. For tests that are about links, not about loading.
func table(_ name: String, primaryKey: String? = nil, foreignKeys: [LoadedTable.ForeignKey] = [], _ text: String) -> LoadedTable {
    let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let rows = lines.dropFirst()
    let columns = lines[0].indices.map { index in
        column(lines[0][index], rows.map { index < $0.count ? $0[index] : "" })
    }
    return LoadedTable(
        name: name, origin: name + ".csv", rowCount: rows.count, columns: columns, primaryKey: primaryKey,
        foreignKeys: foreignKeys)
}

func column(_ header: String, _ texts: [String]) -> LoadedTable.Column {
    let present = texts.filter { !$0.isEmpty }
    let type = type(present)
    var builder = VectorBuilder(type: type)
    for text in texts { builder.append(text.isEmpty ? .none : value(text, type)) }
    return LoadedTable.Column(
        header: header, type: type, values: builder.finish(), distinctCount: Set(present).count,
        missingCount: texts.count - present.count)
}

private func type(_ texts: [String]) -> ValueType {
    guard !texts.isEmpty else { return .text }
    if texts.allSatisfy({ date($0) != nil }) { return .date }
    if texts.allSatisfy({ number($0) != nil && ($0 == "0" || $0.first != "0") }) { return .number }
    return .text
}

private func value(_ text: String, _ type: ValueType) -> Value {
    switch type {
    case .date: .date(date(text) ?? 0)
    case .number: .number(number(text) ?? Number(0))
    default: .text(text)
    }
}

private func number(_ text: String) -> Number? {
    var text = text
    return text.withUTF8 { parseNumber($0) }
}

private func date(_ text: String) -> Int32? {
    var text = text
    return text.withUTF8 { parseDate($0) }
}

/// A store of hand-made tables, with a schema file if there is one.
func store(_ tables: [LoadedTable], schema: String? = nil) throws -> Store {
    let file = try schema.map { try SchemaFile(SourceText(name: "schema.crmq", text: $0)) }
    return try inferStore(tables, schemaFile: file)
}

extension Store {
    /// The to-one links and links through pairs as `entity.name -> entity`, sorted.
    var linkNames: [String] {
        schema.links.compactMap { link in
            if case .inverse = link.origin { return nil }
            return "\(schema[link.from].name).\(link.name) -> \(schema[link.to].name)"
        }.sorted()
    }

    /// The ways back, likewise.
    var wayBackNames: [String] {
        schema.links.compactMap { link in
            guard case .inverse = link.origin else { return nil }
            return "\(schema[link.from].name).\(link.name) -> \(schema[link.to].name)"
        }.sorted()
    }

    /// Where the rows of an entity lead by a link.
    func targets(_ path: String) -> [[Int32]] {
        let parts = path.split(separator: ".").map(String.init)
        guard let entity = schema.entity(named: parts[0]), let link = schema.link(named: parts[1], of: entity.id) else {
            return []
        }
        switch index(of: link) {
        case .one(let rows): return rows.array.map { $0 < 0 ? [] : [$0] }
        case .many(let segments, let rows, _): return (0..<segments.count).map { row in segments.range(row).map { rows[$0] } }
        }
    }
}
