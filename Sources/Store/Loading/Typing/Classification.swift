/// What the values of a column can be, found by looking at each. Classifications of parts of a column can be merged in any order.
struct Classification: Sendable {
    var formats: FormatSet = .all
    /// Values that say something about the format.
    var typedCount = 0
    /// Words like `N/A` that are missing values only if the others are typed.
    var wordCount = 0
    private var needsDouble = false
    private var percentCount = 0
    private var sawSlash = false
    /// By `BoolWords`: a bit for yes, and four bits higher one for no.
    private var sawBool: UInt8 = 0
    /// The sign of the first amount that had one.
    private var currency: UInt32 = 0

    init() {}

    mutating func merge(_ other: Classification) {
        formats.formIntersection(other.formats)
        typedCount += other.typedCount
        wordCount += other.wordCount
        needsDouble = needsDouble || other.needsDouble
        percentCount += other.percentCount
        sawSlash = sawSlash || other.sawSlash
        sawBool |= other.sawBool
        if other.currency != 0 { noteCurrency(other.currency) }
    }

    /// Looks at a column of a batch. Stops early once only text is left.
    mutating func add(_ batch: FieldBatch, column: Int) {
        for row in 0..<batch.rowCount {
            let field = batch.field(row, column)
            if field.length == 0 { continue }
            add(batch.bytes + field.start, field.length, isString: field.isString)
            if formats.isEmpty { return }
        }
    }

    private mutating func add(_ start: UnsafePointer<UInt8>, _ length: Int, isString: Bool) {
        if isString {
            typedCount += 1
            formats.formIntersection(Self.isoFormats(start, length))
            return
        }
        if MissingWords.alwaysMissing(start, length) { return }
        let field = MissingWords.trimmed(start, length)
        guard let p = field.baseAddress, field.count > 0 else {
            wordCount += 1
            return
        }
        let n = field.count
        let fitting = fitting(p, n)
        if fitting.isEmpty, MissingWords.missingAmongTyped(p, n) {
            wordCount += 1
            return
        }
        typedCount += 1
        formats.formIntersection(fitting)
    }

    /// Strings of JSON and SQLite are dates only in the ISO form.
    private static func isoFormats(_ p: UnsafePointer<UInt8>, _ n: Int) -> FormatSet {
        guard n >= 10, n <= 40, p[4] == 0x2d, p[7] == 0x2d else { return [] }
        if n == 10 { return DateText.isoDay(p) != DateText.noDay ? [.date(.yearFirst), .time(.yearFirst)] : [] }
        return TimeText.instant(p, n, .yearFirst) != TimeText.noInstant ? .time(.yearFirst) : []
    }

    /// Which of the formats still possible a value fits.
    private mutating func fitting(_ p: UnsafePointer<UInt8>, _ n: Int) -> FormatSet {
        var result: FormatSet = []
        if formats.contains(.number) {
            var units: Int64 = 0
            var scale = 1
            switch NumberText.plain(p, n, &units, &scale) {
            case .exact: result.insert(.number)
            case .wide:
                result.insert(.number)
                needsDouble = true
            case .text: break
            }
            // Digits alone are numbers in every style, and nothing else.
            if scale == 0 { return formats.intersection([.number, .decorated]) }
        }
        if !formats.isDisjoint(with: .decorated) { result.formUnion(fittingDecorated(p, n)) }
        if n <= 5, !formats.isDisjoint(with: .bools) { result.formUnion(fittingBools(p, n)) }
        if n >= 6, n <= 40, !formats.isDisjoint(with: [.dates, .times]) { result.formUnion(fittingDates(p, n)) }
        return result.intersection(formats)
    }

    private mutating func fittingDecorated(_ p: UnsafePointer<UInt8>, _ n: Int) -> FormatSet {
        var result: FormatSet = []
        var seen: DecoratedNumber.Reading?
        if formats.contains(.decoratedPoint), let reading = DecoratedNumber.read(p, n, hasDecimalComma: false) {
            result.insert(.decoratedPoint)
            seen = reading
        }
        if formats.contains(.decoratedComma), let reading = DecoratedNumber.read(p, n, hasDecimalComma: true) {
            result.insert(.decoratedComma)
            seen = reading
        }
        guard let seen else { return [] }
        if seen.isPercent { percentCount += 1 }
        if seen.currency != 0 { noteCurrency(seen.currency) }
        return result.intersection(formats)
    }

    /// Amounts in two currencies are no numbers that could be added: such a column stays text.
    private mutating func noteCurrency(_ sign: UInt32) {
        if currency == 0 { currency = sign }
        if currency != sign { formats.subtract(.decorated) }
    }

    private mutating func fittingBools(_ p: UnsafePointer<UInt8>, _ n: Int) -> FormatSet {
        for words in BoolWords.allCases where formats.contains(.bool(words)) {
            let value = words.value(p, n)
            guard value >= 0 else { continue }
            sawBool |= 1 << (words.rawValue + (value == 1 ? 0 : 4))
            return .bool(words)
        }
        return []
    }

    private mutating func fittingDates(_ p: UnsafePointer<UInt8>, _ n: Int) -> FormatSet {
        var result: FormatSet = []
        for order in DateOrder.allCases where formats.contains(.time(order)) {
            if DateText.day(p, n, order) != DateText.noDay {
                result.formUnion([.date(order), .time(order)])
            } else if TimeText.instant(p, n, order) != TimeText.noInstant {
                result.insert(.time(order))
            }
        }
        if !result.isEmpty, p[1] == 0x2f || p[2] == 0x2f { sawSlash = true }
        return result
    }
}

extension Classification {
    /// Whether days and months could be exchanged in every value.
    var isAmbiguousDate: Bool {
        typedCount > 0 && !formats.contains(.number)
            && (formats.isSuperset(of: [.date(.dayFirst), .date(.monthFirst)])
                || (formats.isDisjoint(with: .dates) && formats.isSuperset(of: [.time(.dayFirst), .time(.monthFirst)])))
    }

    /// The order of day and month that this column shows beyond doubt.
    var certainDateOrder: DateOrder? {
        guard typedCount > 0, !isAmbiguousDate, !formats.contains(.number) else { return nil }
        if formats.contains(.time(.dayFirst)) { return .dayFirst }
        return formats.contains(.time(.monthFirst)) ? .monthFirst : nil
    }

    /// The one format to read the column by. `preferringComma` decides about numbers such as `1,234`, `preferredOrder` about dates
    /// such as `01/02/2024`; without it slashes mean that the month comes first, as in America, and hyphens that the day does.
    func format(preferringComma: Bool, preferredOrder: DateOrder?) -> ColumnFormat {
        if typedCount == 0 { return wordCount == 0 ? .empty : .text }
        if formats.contains(.number) { return needsDouble ? .double : .number }
        for words in BoolWords.allCases where formats.contains(.bool(words)) {
            let sawYes = sawBool >> words.rawValue & 1 != 0
            let sawNo = sawBool >> (words.rawValue + 4) & 1 != 0
            return words.isConvincing(sawYes: sawYes, sawNo: sawNo) ? .bool(words) : .text
        }
        var orders: [DateOrder] = [.yearFirst, .monthFirst, .dayFirst, .monthNamed]
        if isAmbiguousDate, (preferredOrder ?? (sawSlash ? .monthFirst : .dayFirst)) == .dayFirst { orders.swapAt(1, 2) }
        if let order = orders.first(where: { formats.contains(.date($0)) }) { return .date(order) }
        if let order = orders.first(where: { formats.contains(.time($0)) }) { return .time(order) }
        return decoratedFormat(preferringComma: preferringComma) ?? .text
    }

    private func decoratedFormat(preferringComma: Bool) -> ColumnFormat? {
        // A share among amounts would be a hundred times too small.
        guard percentCount == 0 || percentCount == typedCount else { return nil }
        let hasDecimalComma: Bool
        switch (formats.contains(.decoratedPoint), formats.contains(.decoratedComma)) {
        case (true, true): hasDecimalComma = preferringComma
        case (true, false): hasDecimalComma = false
        case (false, true): hasDecimalComma = true
        case (false, false): return nil
        }
        return .decorated(
            DecoratedNumber(hasDecimalComma: hasDecimalComma, isPercent: percentCount > 0, currency: currency))
    }
}
