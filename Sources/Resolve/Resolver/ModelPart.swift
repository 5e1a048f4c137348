/// What can be asked of a fitted BG/NBD model, by the names that the prelude gives.
public enum PurchaseModelPart: String, CaseIterable, Sendable {
    case r, alpha, a, b, converged, customers, iterations, error
    case logLikelihood = "log_likelihood"
}

/// What can be asked of a fitted gamma-gamma model.
public enum SpendModelPart: String, CaseIterable, Sendable {
    case p, q, v, converged, customers, iterations, correlation
    case logLikelihood = "log_likelihood"
}
