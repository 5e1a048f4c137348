import Columns
import Types

/// What the values of a column say about where they lead, asked only when someone wants to know: an index over a million keys is
/// built the first time a column could refer to them.
final class ValueEvidence {
    private let drafts: [EntityDraft]
    private var finders: [ReferenceFinder?]
    private var shapes: [KeyShape?]
    private var labelShapes: [KeyShape?]

    /// Labels of which more are repeated than this part do not tell whom they mean.
    private static let repeatedLabels = 0.05

    init(_ drafts: [EntityDraft]) {
        self.drafts = drafts
        finders = Array(repeating: nil, count: drafts.count)
        shapes = drafts.map { draft in draft.reference.flatMap { KeyShape(draft.columns[$0].values) } }
        labelShapes = drafts.map { draft in Self.tellingLabel(draft).flatMap { KeyShape(draft.columns[$0].values) } }
    }

    /// The label, where hardly any two records share one.
    private static func tellingLabel(_ draft: EntityDraft) -> Int? {
        guard let label = draft.label, label != draft.reference else { return nil }
        let column = draft.columns[label]
        let present = draft.rowCount - column.missingCount
        return Double(column.distinct.estimate) >= Double(present) * (1 - repeatedLabels) ? label : nil
    }

    func finder(_ entity: Int) -> ReferenceFinder {
        if let finder = finders[entity] { return finder }
        let draft = drafts[entity]
        let finder = ReferenceFinder(
            key: draft.reference.map { draft.columns[$0].values }, label: draft.label.map { draft.columns[$0].values })
        finders[entity] = finder
        return finder
    }

    func resolve(_ column: EntityDraft.Column, in entity: Int) -> Reference { finder(entity).resolve(column.values) }

    /// How the values of a column look among those of an entity.
    struct Match {
        var target: Int
        var reference: Reference
        /// Whether values like these are hardly found there by chance, as small integers are.
        var isDistinctive: Bool
        var distinctHits: Int
    }

    /// The entities whose keys or labels hold at least `part` of a column's values. Small integers are not looked for: they are
    /// found everywhere.
    func matches(_ column: EntityDraft.Column, of source: Int, atLeast part: Double) -> [Match] {
        guard column.missingCount < column.values.count, let shape = KeyShape(column.values) else { return [] }
        var found: [Match] = []
        for target in drafts.indices {
            let isLikeKey = shapes[target].map { $0.admits(shape) } ?? false
            let isLikeLabel = labelShapes[target].map { $0.admits(shape) } ?? false
            guard isLikeKey || isLikeLabel, mayMatch(column, in: target, atLeast: part) else { continue }
            let reference = resolve(column, in: target)
            guard reference.hitRate >= part else { continue }
            let telling = reference.isByLabel ? labelShapes[target] : shapes[target]
            let hits = distinctCount(reference, in: target)
            let isEnough = reference.isByLabel ? hits >= 3 : hits >= 2 || (telling?.longest ?? 0) >= 8
            found.append(
                Match(
                    target: target, reference: reference, isDistinctive: isEnough && (telling?.isDistinctive ?? false),
                    distinctHits: hits))
        }
        return found
    }

    /// How many different records a reference leads to.
    func distinctCount(_ reference: Reference, in entity: Int) -> Int {
        var isHit = [Bool](repeating: false, count: drafts[entity].rowCount)
        for row in reference.rows.pointer where row >= 0 { isHit[Int(row)] = true }
        return isHit.count { $0 }
    }

    /// Looks up a few values before all of them.
    private func mayMatch(_ column: EntityDraft.Column, in entity: Int, atLeast part: Double) -> Bool {
        let limit = 200
        let stride = max(1, column.values.count / limit)
        var present = 0
        var hits = 0
        let finder = finder(entity)
        for row in Swift.stride(from: 0, to: column.values.count, by: stride) {
            guard let text = column.values.keyText(at: row) else { continue }
            present += 1
            if finder.row(ofKey: text) != nil || finder.labels?.row(ofText: text) != nil { hits += 1 }
        }
        return present == 0 || Double(hits) >= Double(present) * (part - 0.05)
    }
}
