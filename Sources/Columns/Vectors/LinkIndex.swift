/// Where the records of one entity lead by one link.
public enum LinkIndex: Sendable {
    /// One entry a row of the near entity: the row of the far one, or -1.
    case one(Buffer<Int32>)
    /// The far rows of each near row, each once, ascending. `edges` holds, beside each far row, the row of the pair table it came
    /// from (the first, where a pair occurs twice); none for ways back.
    case many(Segments, rows: Buffer<Int32>, edges: Buffer<Int32>?)
}
