#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the steps of paths cost, by their values. A step without a value, and one of strength 0, cannot be taken: it costs less than 0.
///
/// Costs are the values themselves, none below 0. For strengths between 0 and 1, whose product is to be as large as possible, they are the
/// negated logarithms, whose sum is then as small as possible. `wrong` is the first element whose value is out of bounds.
public func stepCosts(_ values: Vector, areStrengths: Bool) -> (costs: Buffer<Double>, wrong: Int?) {
    let numbers = Operand.vector(values).doubles()
    var wrong: Int?
    let costs = mapped(count: values.count) { element -> Double in
        guard values.isPresent(element) else { return -1 }
        let value = numbers.at(element)
        if value < 0 || areStrengths && value > 1 {
            wrong = wrong ?? element
            return -1
        }
        guard areStrengths else { return value }
        return value == 0 ? -1 : -log(value) + 0
    }
    return (costs, wrong)
}
