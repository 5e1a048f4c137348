/// The program's version, as `crmq --version` prints it.
public enum Version {
    public static let text = "0.1.0"
}
