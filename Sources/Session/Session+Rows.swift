import Columns
import Execute
import Plan
import Resolve
import Store
import Synchronization
import Syntax

extension Session {
    /// Understands `rows 3`, for which the question of the last answer is asked again.
    func resolvedRows(_ question: Question) throws -> ResolvedQuestion {
        let retracing = Retracing(self)
        environment.retrace = { retracing.answer($0) }
        defer { environment.retrace = nil }
        do throws(ResolveErrors) {
            let resolution = try resolve(question, in: environment)
            tell(resolution.hints)
            return resolution.question
        } catch {
            // What went wrong while a question was asked again is told instead of what could not be understood without it.
            throw retracing.failure ?? error
        }
    }
}

/// Asks questions while another one is being understood.
final class Retracing: Sendable {
    private let store: Store
    private let today: Int32
    private let settings: Settings
    private let answers: [String: Answer]
    private let isCancelled: @Sendable () -> Bool
    private let failures = Mutex<[any Error & Sendable]>([])

    init(_ session: Session) {
        store = session.store
        today = session.environment.clock.today
        settings = session.settings
        answers = session.answers
        isCancelled = session.isCancelled
    }

    var failure: (any Error)? { failures.withLock { $0.first } }

    func answer(_ question: ResolvedQuestion) -> BoundRelation? { table(of: question).map { BoundRelation($0) } }

    func table(of question: ResolvedQuestion) -> Answer? {
        do {
            let data = question.day.map { store.past($0, today: today) } ?? store
            return try execute(
                plan(question, schema: store.schema, options: settings.optimizer), store: data, bound: { self.answers[$0] },
                options: settings.execution, cancellation: Cancellation(isCancelled))
        } catch let error as ExecuteError {
            failures.withLock { $0.append(error) }
        } catch {
            return nil
        }
        return nil
    }
}
