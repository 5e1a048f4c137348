import Columns
import Output
import Syntax

extension Session {
    /// Draws an answer where it is to go: as a picture into a file that ends in `.svg`, else in characters.
    func draw(_ kind: ChartKind, _ answer: Answer, _ delivery: Delivery) throws {
        func text(width: Int, color: Bool) throws(DeliveryError) -> [UInt8] {
            do throws(ChartError) {
                return Array(try chartText(kind, answer, width: width, color: color).utf8)
            } catch {
                throw .chart(error)
            }
        }
        if let file = delivery.file {
            guard !settings.safe else { throw DeliveryError.refused(what: "`into`", span: file.span) }
            let bytes: [UInt8]
            if file.path.lowercased().hasSuffix(".svg") {
                do throws(ChartError) {
                    bytes = Array(try chartSVG(kind, answer).utf8)
                } catch {
                    throw DeliveryError.chart(error)
                }
            } else {
                bytes = try text(width: Self.plainWidth, color: false)
            }
            try write(toFile: file.path, isCancelled: isCancelled) { sink throws(OutputError) in try sink.write(bytes) }
            note("chart written to \(file.path)")
        }
        if let command = delivery.command {
            guard !settings.safe else { throw DeliveryError.refused(what: "`|`", span: command.span) }
            let bytes = try text(width: Self.plainWidth, color: false)
            try write(toCommand: command.text) { sink throws(OutputError) in try sink.write(bytes) }
        }
        guard delivery.file == nil, delivery.command == nil else { return }
        let bytes = try text(width: settings.width ?? Self.plainWidth, color: settings.color)
        do throws(OutputError) {
            try output.show(bytes, isTable: false)
        } catch {
            throw DeliveryError.output(error)
        }
    }

    /// As wide as a chart is where there is no terminal.
    private static let plainWidth = 80
}
