import ArgumentParser
import Session
import Shell
import Store

/// Prints what is known of the data as crmq text, to be saved as `schema.crmq` beside it and edited.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the schema that was inferred, as text to save as schema.crmq and edit.")

    @Argument(help: "A folder of exports, or files.")
    var store: [String]

    func run() throws {
        let loaded = try opened(store, options: LoadOptions(threads: processorCount()))
        print(schemaText(loaded), terminator: "")
    }
}
