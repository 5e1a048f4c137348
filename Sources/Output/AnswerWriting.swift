import Columns
import Syntax

/// How an answer is laid out.
public struct OutputOptions: Sendable {
    public var format: OutputFormat
    /// Whether delimited formats and tables begin with the names of the columns.
    public var header: Bool
    /// Columns of the terminal; none where there is no terminal, and then nothing is cut.
    public var width: Int?
    /// The most rows that a table shows; the middle of a longer answer is left out, with a count. None shows all.
    public var rowLimit: Int?
    public var color: Bool

    public init(format: OutputFormat, header: Bool = true, width: Int? = nil, rowLimit: Int? = nil, color: Bool = false) {
        self.format = format
        self.header = header
        self.width = width
        self.rowLimit = rowLimit
        self.color = color
    }
}

/// Writes an answer. Records must have been replaced by their labels beforehand.
public func write(_ answer: Answer, _ options: OutputOptions, to sink: ByteSink) throws(OutputError) {
    if let paths = PathWriter(answer, options) { return try paths.write(to: sink) }
    let answer = answer.showsPaths ? answer.paths(as: options.format) : answer
    switch options.format {
    case .table: try TableWriter(answer, options).write(to: sink)
    case .csv: try DelimitedWriter(dialect: .csv, header: options.header).write(answer, to: sink)
    case .tsv: try DelimitedWriter(dialect: .tsv, header: options.header).write(answer, to: sink)
    case .json: try JSONWriter(isLines: false).write(answer, to: sink)
    case .jsonl: try JSONWriter(isLines: true).write(answer, to: sink)
    case .markdown: try MarkdownWriter().write(answer, to: sink)
    case .dot: try GraphWriter(dialect: .dot).write(answer, to: sink)
    case .mermaid: try GraphWriter(dialect: .mermaid).write(answer, to: sink)
    }
}

extension Answer {
    /// Paths in words where a row is a line, and step by step where rows can be nested.
    fileprivate func paths(as format: OutputFormat) -> Answer {
        var shown = self
        switch format {
        case .json, .jsonl: shown.columns.removeFirst()
        case .dot, .mermaid: break
        case .table, .csv, .tsv, .markdown: shown.columns.removeLast()
        }
        return shown
    }
}
