import Columns
import Types

/// Writes a store to a file that `openStore` opens again, in one step: either all of it is there, or what was there before.
///
/// Takes time in proportion to the data. Throws a `SnapshotError` where the file cannot be written or, for a store that is itself a
/// snapshot, where that one turns out to be damaged.
public func writeSnapshot(of store: Store, to path: String) throws(SnapshotError) {
    try writeSnapshot(of: store, to: path, isPrivate: false)
}

/// As above; a private file may be read by its owner only.
func writeSnapshot(of store: Store, to path: String, isPrivate: Bool) throws(SnapshotError) {
    let sink = try SnapshotSink(path: path, isPrivate: isPrivate)
    let packer = ColumnPacker(store: store, sink: sink)
    var columns: [[PackedColumn]] = []
    for entity in store.schema.entities {
        var own: [PackedColumn] = []
        for index in entity.fields.indices { own.append(try packer.pack(FieldID(entity.id, index))) }
        columns.append(own)
    }
    var links: [PackedLink] = []
    for link in store.schema.links { links.append(try packer.pack(link.id)) }
    if let failure = store.failure { throw failure }
    let directory = SnapshotDirectory(
        schema: store.schema, problems: store.problems, suggestions: store.suggestions, columns: columns, links: links)
    try sink.finish(directory: directory.written())
}
