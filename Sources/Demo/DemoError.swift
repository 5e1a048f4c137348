/// Why a demo could not be written; `message` holds the wording.
public enum DemoError: Error, Equatable {
    /// The scale is not a number above 0 and at most `Sizes.scaleMax`.
    case badScale(Double)
    /// The directory does not exist and could not be made.
    case cannotCreate(directory: String, reason: String)
    /// A file could not be opened, written in full, closed or put in its place.
    case cannotWrite(path: String, reason: String)
    /// A file of the same name is there and was not written by the demo, so overwriting it could lose somebody's data.
    case notOurs(path: String)
}

extension DemoError: CustomStringConvertible {
    /// One sentence for people, without a full stop, in the style of all messages of crmq.
    public var message: String {
        switch self {
        case .badScale(let scale):
            "the scale must be above 0 and at most \(Int(Sizes.scaleMax)), not \(scale)"
        case .cannotCreate(let directory, let reason):
            "cannot create the directory \(directory): \(reason)"
        case .cannotWrite(let path, let reason):
            "cannot write \(path): \(reason)"
        case .notOurs(let path):
            "\(path) exists and was not written by crmq demo; choose an empty directory"
        }
    }

    public var description: String { message }
}
