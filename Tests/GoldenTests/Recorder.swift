import Output
import Session

/// Keeps what a session shows and tells.
final class Recorder: AnswerOutput {
    var output = ""
    var messages = ""
    func show(_ bytes: [UInt8], isTable: Bool) throws(OutputError) { output += String(decoding: bytes, as: UTF8.self) }
    func tell(_ message: String) { messages += message }
}
