import Syntax
import Types

/// Histories of fields, as a schema file declares them.
extension SchemaOverrides {
    /// Makes sure that the tables of histories lead to the records whose fields changed.
    mutating func linkHistories(_ drafts: [EntityDraft], _ values: ValueEvidence, _ links: inout [LinkDraft]) {
        for history in file?.histories ?? [] {
            guard let table = Self.table(history.file, or: history.file, drafts) else {
                report(.unknownFile(history.file, exist: drafts.map(\.origin)), at: history.fileSpan)
                continue
            }
            _ = side(history.entity, history.recordColumn, table, drafts, values, &links)
        }
    }

    /// Gives the fields of a finished schema their histories.
    mutating func applyHistories(_ schema: inout Schema, _ drafts: [EntityDraft]) {
        for history in file?.histories ?? [] {
            guard let entity = entity(history.entity, drafts), let table = Self.table(history.file, or: history.file, drafts),
                let field = schema.field(named: history.field.text, of: EntityID(entity))
            else {
                let fields = self.entity(history.entity, drafts).map { schema.entities[$0].fields.map(\.name) } ?? []
                report(
                    .unknownColumn(history.field.text, file: history.entity.text, exist: fields), at: history.field.span)
                continue
            }
            func column(_ name: Name) -> FieldID? {
                guard let found = drafts[table].column(named: name.text) else {
                    let headers = drafts[table].columns.map(\.header)
                    report(.unknownColumn(name.text, file: drafts[table].origin, exist: headers), at: name.span)
                    return nil
                }
                return FieldID(EntityID(table), found)
            }
            let earlier = history.earlierColumn.map { column($0) }
            guard let time = column(history.timeColumn), let value = column(history.valueColumn), earlier != .some(nil),
                let record = column(history.recordColumn),
                let link = schema[record].links.first(where: { schema[$0].to == EntityID(entity) })
            else { continue }
            if schema[time].type != .date, schema[time].type != .time {
                report(.wrongTimeType(history.timeColumn.text), at: history.timeColumn.span)
                continue
            }
            for (changed, name) in [(value, history.valueColumn)] + (earlier.map { [($0!, history.earlierColumn!)] } ?? [])
            where schema[changed].type != schema[field].type {
                report(.historyType(name.text, of: schema[field].name), at: name.span)
            }
            schema.entities[entity].fields[field.index].history = FieldHistory(
                record: link, time: time, value: value, earlier: earlier ?? nil)
        }
    }
}
