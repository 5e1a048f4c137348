import CSQLite
import Testing
import Types

@testable import Store

@Suite struct DatabaseTests {
    /// Makes a database by SQL and returns its path.
    private func make(_ folder: TemporaryFolder, _ sql: String, name: String = "t.sqlite") -> String {
        let path = "\(folder.path)/\(name)"
        var handle: OpaquePointer?
        sqlite3_open(path, &handle)
        #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
        sqlite3_close(handle)
        return path
    }

    @Test func readsTablesWithTheirKeys() throws {
        let folder = TemporaryFolder()
        let path = make(
            folder,
            """
            CREATE TABLE "my orders" (id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customers, price REAL, paid BOOLEAN,
              zip TEXT, day DATE, at TIMESTAMP, note VARCHAR(20), photo BLOB);
            CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);
            CREATE TABLE pairs (a, b, PRIMARY KEY (a, b), FOREIGN KEY (a, b) REFERENCES pairs (a, b)) WITHOUT ROWID;
            CREATE VIEW v AS SELECT * FROM customers;
            INSERT INTO customers VALUES (1, 'Ann'), (2, NULL);
            INSERT INTO "my orders" VALUES (1, 1, 0.99, 1, '00123', '2024-01-19', '2024-01-19 10:00:00', 'N/A', x'00ff'),
              (2, 2, 12.5, 0, '45', '2024-01-20', '2024-01-19 11:00:00', '', NULL), (3, NULL, 3, NULL, NULL, NULL, NULL, NULL, x'01');
            """)
        let sources = try loadTables(from: [path])
        #expect(sources.tables.map(\.name) == ["customers", "my orders", "pairs"])
        let orders = sources.tables[1]
        #expect(orders.origin == "t.sqlite:my orders")
        #expect(orders.primaryKey == "id")
        #expect(orders.foreignKeys.map { "\($0.column) \($0.table) \($0.referencedColumn)" } == ["customer customers id"])
        #expect(orders.columns.map(\.type) == [.number, .number, .number, .bool, .text, .date, .time, .text, .text])
        #expect(
            orders.rows == [
                ["1", "1", "0.99", "true", "00123", "2024-01-19", "2024-01-19T10:00:00", "N/A", nil],
                ["2", "2", "12.50", "false", "45", "2024-01-20", "2024-01-19T11:00:00", nil, nil],
                ["3", nil, "3.00", nil, nil, nil, nil, nil, nil],
            ])
        #expect(sources.problem(.unsupportedValue)?.column == "photo")
        #expect(sources.problem(.unsupportedValue)?.count == 2)
        #expect(sources.tables[2].primaryKey == nil)
        #expect(sources.tables[2].foreignKeys.isEmpty)
    }

    @Test func valuesCountMoreThanDeclaredTypes() throws {
        let folder = TemporaryFolder()
        let path = make(
            folder,
            """
            CREATE TABLE t (a INTEGER, b, c BOOL, d REAL, e ANY);
            INSERT INTO t VALUES (1, '12', 1, 1e300, '2024-01-02'), ('x', '13', 2, 1, '2024-01-03'), (2.5, 14, 0, 0.1, NULL);
            """, name: "odd.data")
        let table = try loadTables(from: [path]).tables[0]
        #expect(table.columns.map(\.type) == [.text, .number, .number, .number, .date])
        #expect(table.values(0) == ["1", "x", "2.5"])
        #expect(table.values(1) == ["12", "13", "14"])
        #expect(table.values(2) == ["1", "2", "0"])
    }

    @Test func amountsThatFitNoScaleStayText() throws {
        let folder = TemporaryFolder()
        let path = make(folder, "CREATE TABLE t (a, b); INSERT INTO t VALUES ('$123456789012345', '$1'), ('$0.123456', '$2.50')")
        let table = try loadTables(from: [path]).tables[0]
        #expect(table.columns.map(\.type) == [.text, .number])
        #expect(table.rows == [["$123456789012345", "1.00"], ["$0.123456", "2.50"]])
    }

    @Test func writeAheadLogsAreRead() throws {
        let folder = TemporaryFolder()
        let path = make(folder, "PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        #expect(try loadTables(from: [path]).tables[0].rows == [["1"]])
    }

    @Test func aLockedDatabaseIsWorded() throws {
        let folder = TemporaryFolder()
        let path = make(folder, "CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        var handle: OpaquePointer?
        sqlite3_open(path, &handle)
        defer { sqlite3_close(handle) }
        sqlite3_exec(handle, "BEGIN EXCLUSIVE", nil, nil, nil)
        #expect { try loadTables(from: [path]) } throws: { error in
            (error as? LoadError)?.message.contains("locked") == true
        }
    }

    @Test func damageIsWorded() throws {
        let folder = TemporaryFolder()
        let whole = make(
            folder,
            "CREATE TABLE t (a, b); INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i, hex(i * 7919) || hex(zeroblob(40)) FROM n"
        )
        let bytes = try folder.read(whole)
        for cut in [20, 100, 5000, bytes.count / 2] {
            let path = folder.write("cut\(cut).db", Array(bytes.prefix(cut)))
            #expect(throws: LoadError.self) { try loadTables(from: [path]) }
        }
        var generator = Seeded(seed: 7)
        for round in 0..<60 {
            var damaged = bytes
            for _ in 0..<40 {
                damaged[Int.random(in: 100..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            let path = folder.write("damaged\(round).db", damaged)
            // Any outcome will do but a crash: damage may also lie where nothing is read.
            _ = try? loadTables(from: [path])
        }
    }
}
