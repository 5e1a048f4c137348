/// What letters with accents and capitals become when texts are compared without case and accents. ASCII is not in it.
///
/// Made from the decompositions and the simple case folding of the Unicode Character Database 15 (`UnicodeData.txt`,
/// `CaseFolding.txt`), with the letters that decompose into nothing put by hand as people spell them without their marks: ß as ss, ø
/// as o, ł as l, đ and ð as d, æ as ae, œ as oe, þ as th. A run of words stands for one code point after another; `=` is a letter that
/// stays as it is, and `=12` are twelve of them.
enum FoldingTable {
    static let ranges: [(first: UInt32, words: String)] = [
        (
            0x00A0,
            """
            =10 a =10 μ =4 o =5 a a a a a a ae c e e e e i i i i d n o o o o o = o u u u u y th ss a a a a a a ae c e e e e i i i \
            i d n o o o o o = o u u u u y th y a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h i i \
            i i i i i i i i ij ij j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe oe r r r r r r s s s s s s s s t \
            t t t t t u u u u u u u u u u u u w w y y y z z z z z z s b b b b ƅ = o c c d d ƌ = = e e e f f g ɣ = ɩ i k k l = ɯ n \
            n o o o ƣ = p p ʀ ƨ = ʃ = t t t t u u ʊ v y y z z ʒ ƹ =3 ƽ =7 dz dz dz lj lj lj nj nj nj a a i i o o u u u u u u u u u \
            u = a a a a ae ae g g g g k k o o o o ʒ ʒ j dz dz dz g g ƕ ƿ n n a a ae ae o o a a a a e e e e i i i i o o o o r r r r \
            u u u u s s t t ȝ = h h n d ȣ = ȥ = a a e e o o o o o o o o y y l n t j = = a c c l t s z ɂ = b u ʌ e e j j q q r r y \
            y
            """
        ),
        (
            0x0370,
            """
            ͱ = ͳ = ʹ = ͷ =8 ϳ =6 α = ε η ι = ο = υ ω ι α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ = σ τ υ φ χ ψ ω ι υ α ε η ι υ =17 σ =7 ι \
            υ ο υ ω ϗ β θ = ϒ ϒ φ π = ϙ = ϛ = ϝ = ϟ = ϡ = ϣ = ϥ = ϧ = ϩ = ϫ = ϭ = ϯ = κ ρ = = θ ε = ϸ = ϲ ϻ = = ͻ ͼ ͽ
            """
        ),
        (
            0x0400,
            """
            е е ђ г є ѕ і і ј љ њ ћ к и у џ а б в г д е ж з и и к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я =9 и =22 е е = г =3 і \
            =4 к и у = ѡ = ѣ = ѥ = ѧ = ѩ = ѫ = ѭ = ѯ = ѱ = ѳ = ѵ = ѵ ѵ ѹ = ѻ = ѽ = ѿ = ҁ =9 ҋ = ҍ = ҏ = ґ = ғ = ҕ = җ = ҙ = қ = ҝ \
            = ҟ = ҡ = ң = ҥ = ҧ = ҩ = ҫ = ҭ = ү = ұ = ҳ = ҵ = ҷ = ҹ = һ = ҽ = ҿ = ӏ ж ж ӄ = ӆ = ӈ = ӊ = ӌ = ӎ = = а а а а ӕ = е е \
            ә = ә ә ж ж з з ӡ = и и и и о о ө = ө ө э э у у у у у у ч ч ӷ = ы ы ӻ = ӽ = ӿ = ԁ = ԃ = ԅ = ԇ = ԉ = ԋ = ԍ = ԏ = ԑ = ԓ \
            = ԕ = ԗ = ԙ = ԛ = ԝ = ԟ = ԡ = ԣ = ԥ = ԧ = ԩ = ԫ = ԭ = ԯ =
            """
        ),
        (
            0x1E00,
            """
            a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f g g h h h h h h h h h h i i i i k k k k k k l l l l l \
            l l l m m m m m m n n n n n n n n o o o o o o o o p p p p r r r r r r r r s s s s s s s s s s t t t t t t t t u u u u \
            u u u u u u v v v v w w w w w w w w w w x x x x y y z z z z z z h t w y aʾ s = = ss = a a a a a a a a a a a a a a a a \
            a a a a a a a a e e e e e e e e e e e e e e e e i i i i o o o o o o o o o o o o o o o o o o o o o o o o u u u u u u u \
            u u u u u u u y y y y y y y y ỻ = ỽ = ỿ =
            """
        ),
        (
            0x1F00,
            """
            α α α α α α α α α α α α α α α α ε ε ε ε ε ε = = ε ε ε ε ε ε = = η η η η η η η η η η η η η η η η ι ι ι ι ι ι ι ι ι ι ι \
            ι ι ι ι ι ο ο ο ο ο ο = = ο ο ο ο ο ο = = υ υ υ υ υ υ υ υ = υ = υ = υ = υ ω ω ω ω ω ω ω ω ω ω ω ω ω ω ω ω α α ε ε η η \
            ι ι ο ο υ υ ω ω = = αι αι αι αι αι αι αι αι αι αι αι αι αι αι αι αι ηι ηι ηι ηι ηι ηι ηι ηι ηι ηι ηι ηι ηι ηι ηι ηι ωι \
            ωι ωι ωι ωι ωι ωι ωι ωι ωι ωι ωι ωι ωι ωι ωι α α αι αι αι = α αι α α α α αι = ι =3 ηι ηι ηι = η ηι ε ε η η ηι =3 ι ι ι \
            ι = = ι ι ι ι ι ι =4 υ υ υ υ ρ ρ υ υ υ υ υ υ ρ =5 ωι ωι ωι = ω ωι ο ο ω ω ωι =3
            """
        ),
    ]

    /// The replacement of each code point from U+0080 to U+1FFF as the place of its UTF-8 bytes in `bytes`; none where it stays.
    private static let table = built()
    private static let lowest: UInt32 = 0x80
    private static let highest: UInt32 = 0x1FFF

    private struct Entry {
        var start: UInt16 = 0
        var length: UInt16 = 0
    }

    private static func built() -> (entries: [Entry], bytes: [UInt8]) {
        var entries = [Entry](repeating: Entry(), count: Int(highest - lowest) + 1)
        var bytes: [UInt8] = []
        for (first, words) in ranges {
            var point = Int(first - lowest)
            for word in words.split(separator: " ") {
                if word.utf8.first == UInt8(ascii: "=") {
                    point += word.utf8.count == 1 ? 1 : Int(word.dropFirst()) ?? 1
                    continue
                }
                entries[point] = Entry(start: UInt16(bytes.count), length: UInt16(word.utf8.count))
                bytes.append(contentsOf: word.utf8)
                point += 1
            }
        }
        return (entries, bytes)
    }

    /// Appends what a code point becomes; false where it stays as it is.
    @inline(__always)
    static func appendFolded(_ point: UInt32, to out: inout [UInt8]) -> Bool {
        guard point >= lowest, point <= highest else { return false }
        let entry = table.entries[Int(point - lowest)]
        guard entry.length > 0 else { return false }
        out.append(contentsOf: table.bytes[Int(entry.start)..<Int(entry.start) + Int(entry.length)])
        return true
    }
}
