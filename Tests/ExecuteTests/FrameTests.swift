import Columns
import Testing
import Types

@testable import Execute

struct FrameTests {
    /// Frames remember those within them, which have to know the frame around them: if these kept each other, every question would leave
    /// its columns in memory.
    @Test func framesAreFreed() {
        weak var rows: Frame?
        weak var elements: Frame?
        do {
            let outer = Frame(rowCount: 2)
            let inner = outer.elementFrame(of: 0, level: 1) { Self.inner(outer) }
            (rows, elements) = (outer, inner)
            #expect(outer.elementFrame(of: 0, level: 1) { Self.inner(outer) } === inner)
            #expect(inner.at(level: 0) === outer)
        }
        #expect(rows == nil)
        #expect(elements == nil)
    }

    @Test func aFrameThatNobodyRemembersKeepsTheOneAroundIt() {
        let inner = Self.inner(Frame(rowCount: 2))
        #expect(inner.at(level: 0).count == 2)
        #expect(inner.parents(upTo: inner.at(level: 0)).array == [0, 0, 1])
    }

    private static func inner(_ outer: Frame) -> Frame {
        let membership = Membership(parents: Buffer<Int32>([0, 0, 1]), rowCount: 2)
        return Frame(level: 1, outer: outer, membership: membership, elements: .values(.constant(.none)), edges: nil)
    }
}
