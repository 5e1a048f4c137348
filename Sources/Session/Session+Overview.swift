import Columns
import Output
import Store
import Syntax
import Types

/// What there is to say about the data as a whole.
extension Session {
    /// One or two lines after loading: what is there, and what a person should know before trusting it.
    public func loadingNote(isInteractive: Bool) -> String {
        let summary = StoreSummary(store)
        var text = ""
        if isInteractive {
            text +=
                "crmq \(Version.text)  \(countText(summary.entityCount, "entity", "entities")), \(countText(summary.rowCount, "row")), "
            text += "\(countText(summary.linkCount, "link")).  :help helps, Tab completes, Ctrl-D leaves.\n"
        }
        var notes: [String] = []
        if summary.problemCount > 0 { notes.append(countText(summary.problemCount, "problem") + " in the data") }
        if summary.danglingCount > 0 { notes.append(countText(summary.danglingCount, "value") + " without a record to link to") }
        if isInteractive, summary.suggestionCount > 0 {
            notes.append(countText(summary.suggestionCount, "possible link") + " not made (`:schema` shows them)")
        }
        if isInteractive, !notes.isEmpty { text += notes.joined(separator: "; ") + "; `:problems` lists them.\n" }
        if !isInteractive, let worst = store.problems.first(where: \.losesData) {
            text +=
                "note: \(worst.message)" + (summary.problemCount > worst.count ? "; crmq's `:problems` lists more" : "") + "\n"
        }
        return text
    }

    /// Every kind of problem in every place, with its count and its first lines.
    public func problemsText() -> String {
        guard !store.problems.isEmpty else { return "Nothing was wrong in the data.\n" }
        return store.problems.map { $0.message + "\n" }.joined()
    }

    /// The entities with their links, a line or two each, for `:schema`.
    public func schemaOverview() -> String {
        guard !store.schema.entities.isEmpty else { return "Nothing is loaded; `:open PATH` opens a folder or files.\n" }
        let width = store.schema.entities.map { DisplayWidth.of($0.plural) }.max() ?? 0
        let counts = store.schema.entities.map { grouped($0.rowCount) }
        let countWidth = counts.map(\.count).max() ?? 0
        var text = ""
        for (entity, count) in zip(store.schema.entities, counts) {
            let name = entity.plural + String(repeating: " ", count: width - DisplayWidth.of(entity.plural))
            let padded = String(repeating: " ", count: countWidth - count.count) + count
            let also = entity.aliases.isEmpty ? "" : "  (also \(entity.aliases.joined(separator: ", ")))"
            text += "\(name)  \(padded) rows  \(countText(entity.fields.count, "field"))\(also)\n"
            let links = entity.links.map { id in
                let link = store.schema[id]
                let target = link.isToOne ? store.schema[link.to].name : store.schema[link.to].plural
                return link.name == target ? link.name : "\(link.name) → \(target)"
            }
            text += wrapped(links, indent: width + 2, width: settings.width ?? 100)
        }
        for suggestion in store.suggestions { text += "perhaps: \(suggestion.message(in: store.schema))\n" }
        return text + "`describe ENTITY` shows fields and values; `crmq schema PATH` prints it all as text to save and edit.\n"
    }

    /// Words separated by commas, broken into lines that fit.
    private func wrapped(_ words: [String], indent: Int, width: Int) -> String {
        guard !words.isEmpty else { return "" }
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = margin
        for (index, word) in words.enumerated() {
            let piece = word + (index + 1 < words.count ? ", " : "")
            if DisplayWidth.of(line) + DisplayWidth.of(piece) > width, line != margin {
                lines.append(line)
                line = margin
            }
            line += piece
        }
        return (lines + [line]).joined(separator: "\n") + "\n"
    }
}
