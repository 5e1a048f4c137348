"""The engines that are compared: load() reads the exports into memory, store() writes them into a file, open() opens that file, ask()
answers a question with rows, close() ends what open() began, and cold() is the command that does all of it in one process."""
import csv, io, os, shutil, subprocess, sys
from importlib.util import find_spec

TODAY = "2026-06-30"
TABLES = ["users", "accounts", "people", "deals", "orders", "tickets", "touches", "knows"]


class DuckDB:
    endings, file = ["sql"], "duckdb"
    # Times with a zone need an extension that is not in the package.
    options = {"touches": ", timestampformat = '%Y-%m-%dT%H:%M:%SZ'"}

    @staticmethod
    def missing():
        if not find_spec("duckdb"): return "the Python package duckdb"

    def connect(self, path):
        import duckdb
        # The shell is an older version than the library, and reads what that version would have written.
        config = {"threads": self.threads, "storage_compatibility_version": "v1.4.0"}
        self.connection = duckdb.connect(path, config=config)

    def fill(self):
        for table in TABLES: self.connection.execute(f"create table {table} as from read_csv('{self.data}/{table}.csv'{self.options.get(table, '')})")
        self.connection.execute("create view both_ways as select from_id as a, to_id as b from knows union all select to_id, from_id from knows")

    def load(self):
        self.connect(":memory:")
        self.fill()

    def store(self, path):
        self.connect(path)
        self.fill()
        self.connection.close()

    open = connect

    def ask(self, text): return self.connection.execute(text).fetchall()

    def close(self): self.connection.close()

    def cold(self, path, text):
        shell = shutil.which("duckdb", path=os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"])
        return shell and [shell, "-readonly", "-csv", path, "-c", text]


class SQLite:
    endings, file = ["sqlite.sql", "sql"], "sqlite"

    @staticmethod
    def missing(): return None if shutil.which("sqlite3") else "the program sqlite3"

    def fill(self, path):
        script = "pragma journal_mode = off; pragma synchronous = off;\n"
        for table in TABLES:
            names = next(csv.reader(open(f"{self.data}/{table}.csv", encoding="utf-8")))
            kinds = {"revenue": "real", "cost": "real", "amount": "real", "arr": "real", "quantity": "integer", "strength": "real"}
            script += f"create table {table}({', '.join(n + ' ' + kinds.get(n, 'text') for n in names)});\n"
            script += f".import --csv --skip 1 '{self.data}/{table}.csv' {table}\n"
        script += "update touches set account_id = nullif(account_id, ''), person_id = nullif(person_id, '');\n"
        script += "update deals set amount = nullif(amount, ''); update people set referred_by = nullif(referred_by, '');\n"
        for table, column in [("accounts", "id"), ("people", "id"), ("users", "id"), ("people", "email"), ("people", "account_id"),
                              ("orders", "account_id"), ("touches", "account_id"), ("touches", "person_id"), ("knows", "from_id"),
                              ("knows", "to_id"), ("deals", "account_id")]:
            script += f"create index {table}_{column} on {table}({column});\n"
        script += "create view both_ways as select from_id as a, to_id as b from knows union all select to_id, from_id from knows;\nanalyze;\n"
        subprocess.run(["sqlite3", path], input=script.encode(), check=True, stdout=subprocess.DEVNULL)

    load = None

    def store(self, path): self.fill(path)

    def open(self, path):
        import sqlite3
        self.connection = sqlite3.connect(path)
        self.connection.execute("pragma mmap_size = 16000000000")

    def ask(self, text): return self.connection.execute(text).fetchall()

    def close(self): self.connection.close()

    def cold(self, path, text): return ["sqlite3", "-csv", path, text]


class Polars:
    endings, file = [], None

    @staticmethod
    def missing():
        if not find_spec("polars"): return "the Python package polars"

    def load(self):
        os.environ["POLARS_MAX_THREADS"] = str(self.threads)
        import polars
        self.frames = [polars.read_csv(f"{self.data}/{table}.csv", try_parse_dates=True) for table in TABLES]

    store = None


class Ladybug:
    """Only the network of people: its other questions are those of a relational engine."""
    endings, file = ["cypher"], "lbug"

    @staticmethod
    def missing():
        if not find_spec("ladybug"): return "the Python package ladybug"

    load = None

    def open(self, path):
        import ladybug
        self.database = ladybug.Database(path, max_num_threads=self.threads)
        self.connection = ladybug.Connection(self.database, num_threads=self.threads)

    def store(self, path):
        self.open(path)
        names = next(csv.reader(open(f"{self.data}/people.csv", encoding="utf-8")))
        columns = ", ".join(f"{name} STRING" for name in names)
        for statement in [
            "create node table Person(id STRING PRIMARY KEY, name STRING)",
            "create rel table Knows(from Person to Person, since STRING, strength DOUBLE)",
            f"copy Person from (load with headers ({columns}) from '{self.data}/people.csv' (header=true, parallel=false) return id, name)",
            f"copy Knows from '{self.data}/knows.csv' (header=true)",
        ]: self.connection.execute(statement)
        self.close()

    def close(self):
        self.connection.close()
        self.database.close()

    def ask(self, text):
        found, rows = self.connection.execute(text), []
        while found.has_next(): rows.append(found.get_next())
        return rows

    def cold(self, path, text): return None


class Crmq:
    endings, file = ["crmq"], "crmdb"
    program = os.environ.get("CRMQ", "crmq")

    @staticmethod
    def missing(): return None

    def arguments(self, store, *more): return [self.program, store, "--quiet", "--today", TODAY, "--format", "csv", "--threads", str(self.threads), *more]

    def load(self): subprocess.run(self.arguments(self.data, "--no-cache", "-c", "count(users)"), check=True, stdout=subprocess.DEVNULL)

    def store(self, path): subprocess.run([self.program, "pack", self.data, "-o", path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def open(self, path):
        self.process = subprocess.Popen(self.arguments(path), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.ask("count(users)")

    def ask(self, text):
        """A question and, to know where its answer ends, one whose answer is known."""
        self.process.stdin.write((text.rstrip() + ';\n"@@";\n').encode())
        self.process.stdin.flush()
        answer = []
        while (line := self.process.stdout.readline()).rstrip() != b"@@":
            if not line: raise RuntimeError("crmq ended")
            answer.append(line)
        return list(csv.reader(io.StringIO(b"".join(answer[:-1]).decode())))[1:]

    def close(self):
        self.process.stdin.close()
        self.process.wait()

    def cold(self, path, text): return self.arguments(path, "-c", text)


ENGINES = {"crmq": Crmq, "duckdb": DuckDB, "sqlite": SQLite, "polars": Polars, "ladybug": Ladybug}
