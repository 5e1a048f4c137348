/// Where a smooth function of a few variables is least, as far as it was found.
struct Minimum {
    var point: [Double]
    var value: Double
    var iterations: Int
    /// Whether the gradient is as good as 0 there. It is not where the function falls on and on.
    var hasConverged: Bool
}

/// A minimum of a smooth function, which gives its value and its gradient, by the method of Broyden, Fletcher, Goldfarb and Shanno with a
/// backtracking search along each direction (J. Nocedal and S. Wright, Numerical Optimization, 2006, algorithms 6.1 and 3.1).
///
/// The function should be scaled so that values and variables are about 1: it has converged where no part of the gradient is above 1e-9,
/// or above 1e-6 where rounding lets nothing smaller be told. The search ends, without having converged, where a variable is more than `reach`
/// away from the start. The same function gives the same steps on every machine with the same arithmetic.
func minimum(
    from start: [Double], reach: Double, of function: ([Double]) throws -> (value: Double, gradient: [Double])
) rethrows -> Minimum {
    var (value, gradient) = try function(start)
    var point = start
    var curvature = InverseCurvature(start.count)
    for iteration in 0..<500 {
        let steepness = gradient.reduce(0) { max($0, abs($1)) }
        if steepness < 1e-9 {
            return Minimum(point: point, value: value, iterations: iteration, hasConverged: true)
        }
        let direction = curvature.direction(downFrom: gradient)
        let slope = dot(direction, gradient)
        var length = 1.0
        var next: (point: [Double], value: Double, gradient: [Double])?
        for _ in 0..<50 where next == nil {
            let candidate = zip(point, direction).map { $0 + length * $1 }
            let (height, incline) = try function(candidate)
            if height.isFinite, height <= value + 1e-4 * length * slope {
                next = (candidate, height, incline)
            } else {
                // The least of the parabola through what is known, but neither too near nor too far.
                let parabola = -slope * length * length / (2 * (height - value - slope * length))
                length = parabola.isFinite ? min(max(parabola, 0.1 * length), 0.5 * length) : 0.1 * length
            }
        }
        guard let next else {
            return Minimum(point: point, value: value, iterations: iteration, hasConverged: steepness < 1e-6)
        }
        curvature.learn(
            step: zip(next.point, point).map { $0 - $1 }, change: zip(next.gradient, gradient).map { $0 - $1 })
        // Where rounding hides what a step gains, more steps only wander about.
        if steepness < 1e-6, value - next.value <= 4 * value.ulp {
            return Minimum(point: point, value: value, iterations: iteration, hasConverged: true)
        }
        (point, value, gradient) = next
        if zip(point, start).contains(where: { abs($0 - $1) > reach }) {
            return Minimum(point: point, value: value, iterations: iteration + 1, hasConverged: false)
        }
    }
    return Minimum(point: point, value: value, iterations: 500, hasConverged: false)
}

/// An estimate of the inverse of the matrix of second derivatives, from the changes of the gradient seen so far.
private struct InverseCurvature {
    private let size: Int
    private var rows: [[Double]]
    private var isFresh = true

    init(_ size: Int) {
        self.size = size
        rows = Self.scaled(1, size)
    }

    private static func scaled(_ factor: Double, _ size: Int) -> [[Double]] {
        (0..<size).map { row in (0..<size).map { $0 == row ? factor : 0 } }
    }

    /// Where to go, with no variable by more than 2: the variables are logarithms, and further away the estimate means nothing.
    mutating func direction(downFrom gradient: [Double]) -> [Double] {
        var direction = rows.map { -dot($0, gradient) }
        if dot(direction, gradient) >= 0 {
            self = InverseCurvature(size)
            direction = gradient.map { -$0 }
        }
        let longest = direction.reduce(0) { max($0, abs($1)) }
        return longest > 2 ? direction.map { $0 * 2 / longest } : direction
    }

    mutating func learn(step: [Double], change: [Double]) {
        let bend = dot(step, change)
        // Where the function does not bend upwards along the step, nothing can be told from it.
        guard bend > 1e-12 * (dot(step, step) * dot(change, change)).squareRoot() else { return }
        if isFresh { rows = Self.scaled(bend / dot(change, change), size) }
        isFresh = false
        let changed = rows.map { dot($0, change) }
        let factor = (1 + dot(change, changed) / bend) / bend
        for row in 0..<size {
            for column in 0..<size {
                rows[row][column] +=
                    factor * step[row] * step[column] - (changed[row] * step[column] + step[row] * changed[column]) / bend
            }
        }
    }
}

private func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
}
