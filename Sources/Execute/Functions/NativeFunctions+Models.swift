import Columns
import Resolve
import Store
import Synchronization
import Types

extension NativeFunctions {
    static let modelFunctions: [String: NativeFunction] = [
        "bg_nbd": { call in
            guard let part = PurchaseModelPart(rawValue: call.part), let lists = call.histories(3) else { return call.missing }
            return try call.eachList { row in
                let histories = PurchaseHistories(
                    repeats: .vector(lists[0].values), recency: .vector(lists[1].values), age: .vector(lists[2].values),
                    rows: lists[0].range(of: row))
                return try call.evaluator.purchaseModel(of: histories).flatMap { $0.value(of: part, histories) }
            }
        },
        "gamma_gamma": { call in
            guard let part = SpendModelPart(rawValue: call.part), let lists = call.histories(2) else { return call.missing }
            return try call.eachList { row in
                let histories = SpendHistories(
                    repeats: .vector(lists[0].values), mean: .vector(lists[1].values), rows: lists[0].range(of: row))
                return try call.evaluator.spendModel(of: histories).flatMap { $0.value(of: part, histories) }
            }
        },
        "share_below": { call in
            guard let list = call.lists[1] else { return call.missing }
            return shareBelow(call[0], list.values, segments: list.segments, count: call.count)
        },
    ]
}

extension NativeCall {
    fileprivate var missing: Vector { .missing(count: count) }

    /// What is asked of a model: the same text in every row.
    fileprivate var part: String {
        if case .constant(.text(let name)) = self[0] { name } else { "" }
    }

    /// The lists behind the first parameter, as many values in each row's of one as in those of the others. `list(…)` leaves out
    /// what is missing; lists of different lengths cannot be told to be about the same customers.
    fileprivate func histories(_ wanted: Int) -> [ListArgument]? {
        let found = (1...wanted).compactMap { lists[$0] }
        guard found.count == wanted else { return nil }
        let isAligned = found.dropFirst().allSatisfy { list in
            (0..<(hasOneList ? 1 : count)).allSatisfy { list.range(of: $0) == found[0].range(of: $0) }
        }
        return isAligned ? found : nil
    }

    private var hasOneList: Bool { lists.values.allSatisfy { $0.segments == nil } }

    /// A number for each row from its lists; only once where all rows have the same.
    fileprivate func eachList(_ number: (Int) throws -> Double?) throws -> Vector {
        if hasOneList {
            guard count > 0, let value = try number(0) else { return missing }
            return .constant(.number(.double(value)), count: count)
        }
        var builder = VectorBuilder(type: .number)
        for row in 0..<count { builder.append(try number(row).map { .number(.double($0)) } ?? .none) }
        return builder.finish()
    }
}

/// The models that were fitted for a question, by what they were fitted to; shared by all its threads.
final class FittedModels: Sendable {
    private struct State {
        var purchases: [PurchaseHistories: PurchaseModel?] = [:]
        var spending: [SpendHistories: SpendModel?] = [:]
        var remarks: [String] = []

        /// Says a thing once.
        mutating func remark(_ text: String) { if !remarks.contains(text) { remarks.append(text) } }
    }
    private let state = Mutex(State())

    /// What is to be said of the models, such as that the data leave their parameters open.
    var remarks: [String] { state.withLock { $0.remarks } }

    fileprivate func purchases(
        of histories: PurchaseHistories, _ fit: () throws -> PurchaseModel?
    ) throws -> PurchaseModel? {
        try state.withLock { state in
            if let known = state.purchases[histories] { return known }
            let model = try fit()
            state.purchases[histories] = .some(model)
            if let model {
                if !model.quality.hasConverged { state.remark(Self.open("bg_nbd", "the orders of these customers leave")) }
            } else {
                state.remark("`bg_nbd` has no parameters: no customer came back")
            }
            return model
        }
    }

    fileprivate func spending(of histories: SpendHistories, _ fit: () throws -> SpendModel?) throws -> SpendModel? {
        try state.withLock { state in
            if let known = state.spending[histories] { return known }
            let model = try fit()
            state.spending[histories] = .some(model)
            if let model {
                if !model.quality.hasConverged {
                    state.remark(Self.open("gamma_gamma", "the spending of these customers leaves"))
                }
            } else {
                state.remark("`gamma_gamma` has no parameters: no customer came back and spent something")
            }
            return model
        }
    }

    private static func open(_ function: String, _ what: String) -> String {
        "`\(function)` has not converged: \(what) its parameters open"
    }
}

extension Evaluator {
    fileprivate func purchaseModel(of histories: PurchaseHistories) throws -> PurchaseModel? {
        let (options, isWorker) = (options, isWorker)
        return try models.purchases(of: histories) {
            try PurchaseModel(
                fittedTo: histories,
                spread: { count, body in
                    Parallel.forEach(count, threads: isWorker ? 1 : options.threads) { task, _ in body(task) }
                },
                check: { try cancellation.check() })
        }
    }

    fileprivate func spendModel(of histories: SpendHistories) throws -> SpendModel? {
        try models.spending(of: histories) {
            try SpendModel(fittedTo: histories, check: { try cancellation.check() })
        }
    }
}

extension PurchaseModel {
    fileprivate func value(of part: PurchaseModelPart, _ histories: PurchaseHistories) -> Double {
        switch part {
        case .r: r
        case .alpha: alpha
        case .a: a
        case .b: b
        case .logLikelihood: quality.logLikelihood
        case .customers: Double(quality.customers)
        case .iterations: Double(quality.iterations)
        case .converged: quality.hasConverged ? 1 : 0
        case .error: meanError(over: histories)
        }
    }
}

extension SpendModel {
    fileprivate func value(of part: SpendModelPart, _ histories: SpendHistories) -> Double? {
        switch part {
        case .p: p
        case .q: q
        case .v: v
        case .logLikelihood: quality.logLikelihood
        case .customers: Double(quality.customers)
        case .iterations: Double(quality.iterations)
        case .converged: quality.hasConverged ? 1 : 0
        case .correlation: histories.correlation
        }
    }
}
