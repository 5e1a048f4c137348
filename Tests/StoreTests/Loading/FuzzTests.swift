import Testing

@testable import Store

/// Damaged files end in a table or in a worded error, never in a crash, and soon.
@Suite struct FuzzTests {
    private static let seeds: [(name: String, text: String)] = [
        (
            "t.csv",
            "id,name,at,amount,ok\n1,\"Ann, Lee\",2024-01-19T09:42:24Z,\"1,234.50\",yes\n2,\"x \"\"y\"\"\n\",1/2/2024,€5,no\n3,N/A,,12%,\\N\n"
        ),
        ("t.tsv", "a\tb\r\n007\t1e5\r\n-1.5\t+49\r\n19 Jan 2024\t(3)\r\n"),
        (
            "t.json",
            "{\"n\":2,\"rows\":[{\"a\":1.5,\"b\":{\"c\":[1,\"x\\u00e9\"]}},{\"a\":-1e3,\"b\":null,\"d\":\"2024-01-02\"}]}"
        ),
        ("t.jsonl", "{\"a\":1,\"b\":\"\\ud83d\\ude00\"}\n{\"a\":true,\"z\":[[1]]}\n"),
    ]

    @Test(arguments: 0..<5)
    func damagedFiles(_ kind: Int) throws {
        let folder = TemporaryFolder()
        var random = Seeded(seed: UInt64(kind) &+ 1000)
        let clock = ContinuousClock()
        let start = clock.now
        for round in 0..<600 where clock.now - start < .seconds(10) {
            var (name, text) = kind < 4 ? Self.seeds[kind] : Self.seeds[round % 4]
            var bytes = Array(text.utf8)
            if kind == 4 {
                bytes = packed(bytes)
                name += ".gz"
            }
            mutate(&bytes, &random)
            let path = folder.write(name, bytes)
            var options = LoadOptions(threads: 1 + round % 2)
            options.chunkSize = [3, 17, 100, 512 << 10][round % 4]
            options.longestQuoted = round % 5 == 0 ? 20 : 16 << 20
            let began = clock.now
            do throws(LoadError) {
                _ = try loadTables(from: [path], options: options)
            } catch {
                #expect(!error.message.isEmpty)
            }
            #expect(clock.now - began < .seconds(3), "\(bytes)")
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout Seeded) {
        let telling: [UInt8] = [
            0x22, 0x2c, 0x0a, 0x0d, 0x09, 0x3b, 0x00, 0xff, 0xc3, 0xe2, 0x5b, 0x7b, 0x5d, 0x7d, 0x5c, 0x75, 0x30, 0x2d, 0x2e,
        ]
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            guard !bytes.isEmpty else { return }
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] = telling.randomElement(using: &random)!
            case 2: bytes.insert(telling.randomElement(using: &random)!, at: place)
            case 3: bytes.remove(at: place)
            case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: place)
            default: bytes.removeLast(bytes.count - place)
            }
        }
    }
}
