/// Gives out names of which none occurs twice. Who asks first gets the name as it is; the order of asking is therefore the order of
/// precedence, and the same data always gets the same names.
struct UniqueNames {
    private(set) var taken: Set<String> = []

    init(_ taken: some Sequence<String> = []) { self.taken = Set(taken) }

    func isFree(_ name: String) -> Bool { !taken.contains(name) }

    /// Takes the first of the wishes that is free, or else the last wish with the lowest free number behind it.
    mutating func take(_ wishes: String...) -> String { take(wishes) }

    mutating func take(_ wishes: [String]) -> String {
        precondition(!wishes.isEmpty)
        for wish in wishes where !wish.isEmpty && taken.insert(wish).inserted { return wish }
        let base = wishes[wishes.count - 1]
        var number = 2
        while !taken.insert("\(base)_\(number)").inserted { number += 1 }
        return "\(base)_\(number)"
    }

    mutating func release(_ name: String) { taken.remove(name) }
}
