import Columns
import Store
import Types

/// The answer with records replaced by what a person calls them, for output: the label, otherwise the key, otherwise the entity's name
/// and the number of the row. Sets become lists of those.
public func presented(_ answer: Answer, store: Store) -> Answer {
    var shown = answer
    shown.columns = answer.columns.map { column in
        let values = presented(column.values, store: store)
        return Answer.Column(name: column.name, type: presented(column.type), values: values)
    }
    return shown
}

/// The type of what stands for values of a type.
private func presented(_ type: ValueType) -> ValueType {
    switch type {
    case .record: .text
    case .set: .list(.text)
    case .list(let element): .list(presented(element))
    case .table(let columns):
        .table(columns.map { ValueType.TableColumn(name: $0.name, type: presented($0.type)) })
    default: type
    }
}

/// The values with records replaced by what a person calls them.
func presented(_ values: Vector, store: Store) -> Vector {
    switch values.storage {
    case .record(let entity, let rows): return names(of: rows, entity, store: store)
    case .set(let entity, let segments, let rows):
        return Vector(count: values.count, .list(segments, names(of: rows, entity, store: store)))
    case .list(let segments, let elements):
        return Vector(count: values.count, .list(segments, presented(elements, store: store)), validity: values.validity)
    case .table(let segments, let columns):
        let shown = columns.map { (name: $0.name, values: presented($0.values, store: store)) }
        return Vector(count: values.count, .table(segments, shown), validity: values.validity)
    default: return values
    }
}

/// What a person calls each of some records; missing for -1. A record whose label is missing goes by its key, as one without any.
private func names(of rows: Buffer<Int32>, _ entity: EntityID, store: Store) -> Vector {
    let described = store.schema[entity]
    let columns = [described.label, described.key].compactMap { $0 }.map { store.values(of: FieldID(entity, $0), at: rows) }
    if let first = columns.first, isText(first), rows.pointer.indices.allSatisfy({ rows[$0] < 0 || first.isPresent($0) }) {
        return first
    }
    var texts = TextStorageBuilder(capacity: rows.count)
    var present: [Bool] = []
    for (position, row) in rows.pointer.enumerated() {
        present.append(row >= 0)
        var bytes: [UInt8] = []
        if row >= 0 {
            if let column = columns.first(where: { $0.isPresent(position) }) {
                column.appendText(of: position, to: &bytes)
            } else {
                bytes += "\(described.name) \(row + 1)".utf8
            }
        }
        texts.append(String(decoding: bytes, as: UTF8.self))
    }
    return Vector(count: rows.count, .text(texts.finish()), validity: Bitmap(present))
}

private func isText(_ vector: Vector) -> Bool {
    switch vector.storage {
    case .text, .coded, .numbered: true
    default: false
    }
}
