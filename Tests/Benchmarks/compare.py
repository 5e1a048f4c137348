#!/usr/bin/env python3
"""Asks crmq and its peers the same questions of the same demo data in one run, and prints the ratios.

What is measured, each in a process of its own and engines taking turns, so that a busy machine is unkind to all alike:
  load      the exports into memory, ready to ask, and the most memory that it took
  store     written into a file, with the file's size and the most memory that it took
  cold      a whole process that opens the file and answers one question
  warm      the time of each question after one that was not counted, and the most memory that all of them took
The answers of the peers are compared with those of crmq; where they differ, the run fails. A peer that is not installed is left out with
a word. Libraries are measured in a process of Python, whose memory counts with theirs.
"""
import argparse, csv, glob, json, os, re, shutil, statistics, subprocess, sys, time
from engines import ENGINES

HERE = os.path.dirname(os.path.abspath(__file__))
QUESTIONS = ["look_up", "open_deals", "top_profit", "gold_quiet", "revenue_by_month", "retention", "one_contact", "in_one_hand",
             "cohorts", "subject_search", "mutual_friends", "reach_three", "referral_value", "triangles"]
WHAT = ["load", "store", "cold", "warm"]
COLD = ["top_profit", "look_up"]


def text_of(question, endings, constants):
    for ending in endings:
        path = f"{HERE}/questions/{question}.{ending}"
        if os.path.exists(path):
            return re.sub(r"\{\{(\w+)\}\}", lambda m: constants[m[1]], open(path, encoding="utf-8").read())
    return None


def read_constants(data):
    """A person in the middle of the data, and the one with the most acquaintances."""
    with open(f"{data}/people.csv", encoding="utf-8") as file:
        emails = [row["email"] for row in csv.DictReader(file) if row["email"]]
    degree = {}
    with open(f"{data}/knows.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for end in (row["from_id"], row["to_id"]): degree[end] = degree.get(end, 0) + 1
    return {"email": emails[len(emails) // 2], "person": max(degree, key=lambda p: (degree[p], p))}


# ---- Measuring, a process a measurement -------------------------------------------------------------------------------------------

def peak_megabytes():
    import resource
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    try:
        # What Linux counts for a process itself begins with what the one that started it had.
        with open("/proc/self/status", encoding="ascii") as file: own = int(re.search(r"VmHWM:\s+(\d+)", file.read())[1])
    except OSError:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return max(own, children) / 1024


def store_path(arguments, engine):
    return os.path.normpath(f"{arguments.data}/../store.{engine.file}")


def child(arguments):
    engine = ENGINES[arguments.engine]()
    engine.data, engine.threads = arguments.data, arguments.threads
    path = store_path(arguments, engine)
    start = time.perf_counter()
    if arguments.child == "load":
        engine.load()
        return {"seconds": time.perf_counter() - start, "megabytes": peak_megabytes()}
    if arguments.child == "store":
        for old in glob.glob(path + "*"): shutil.rmtree(old) if os.path.isdir(old) else os.remove(old)
        start = time.perf_counter()
        engine.store(path)
        seconds = time.perf_counter() - start
        size = sum(os.path.getsize(f) for f in glob.glob(path + "*") if os.path.isfile(f))
        return {"seconds": seconds, "bytes": size, "megabytes": peak_megabytes()}
    engine.open(path)
    result = {}
    for question in arguments.questions:
        text = text_of(question, engine.endings, arguments.constants)
        if text is None: continue
        start = time.perf_counter()
        rows, times = engine.ask(text), []
        first = time.perf_counter() - start
        # What takes seconds is not asked again: the first run's warming up is small beside it.
        if first > 2: times.append(first)
        while first <= 2 and (len(times) < arguments.runs or (sum(times) < 0.2 and len(times) < 200)):
            start = time.perf_counter()
            engine.ask(text)
            times.append(time.perf_counter() - start)
        result[question] = {"median": statistics.median(times), "rows": [[cell(value) for value in row] for row in rows]}
    engine.close()
    return {"questions": result, "megabytes": peak_megabytes()}


def cell(value):
    text = "" if value is None else str(value)
    return re.sub(r"^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d).*$", r"\1 \2", text).strip()


def agree(one, other):
    if one == other: return True
    try: return abs(float(one) - float(other)) <= 0.0101 + 1e-9 * abs(float(one))
    except ValueError: return False


def difference(rows, wanted):
    if len(rows) != len(wanted): return f"{len(rows)} rows instead of {len(wanted)}"
    for number, (row, want) in enumerate(zip(rows, wanted), 1):
        if len(row) != len(want) or not all(map(agree, row, want)): return f"row {number} is {row} instead of {want}"


def measure(what, engine, arguments, questions=()):
    command = [sys.executable, __file__, arguments.data, "--child", what, "--engine", engine, "--threads", str(arguments.threads),
               "--runs", str(arguments.runs), "--questions", ",".join(questions), "--constants", json.dumps(arguments.constants)]
    done = subprocess.run(command, stdout=subprocess.PIPE)
    if done.returncode: sys.exit(f"{engine} could not do: {what}")
    return json.loads(done.stdout)


def rounds(what, arguments, engines):
    """The medians of several rounds, in each of which every engine has its turn."""
    found = {engine: [] for engine in engines}
    for _ in range(arguments.rounds):
        for engine in engines: found[engine].append(measure(what, engine, arguments))
    return {engine: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for engine, runs in found.items()}


def row(title, crmq, peers, unit):
    best = min(peers.values()) if peers else None
    ratio = f"{best / crmq:8.1f}" if best else ""
    print(f"| {title:18} | {crmq:9.{unit}f} | " + " | ".join(f"{peers[p]:9.{unit}f}" if p in peers else " " * 9 for p in PEERS) + f" | {ratio:>8} |")


def heading(title):
    print(f"\n| {title:18} | {'crmq':>9} | " + " | ".join(f"{p:>9}" for p in PEERS) + " |    ratio |")
    print("|" + "-" * 20 + "|" + "|".join("-" * 10 + ":" for _ in range(len(PEERS) + 2)) + "|")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", help="a folder that crmq demo wrote")
    parser.add_argument("--what", default="load,store,cold,warm", help="what is measured (%(default)s)")
    parser.add_argument("--questions", default=",".join(QUESTIONS), help="which questions are asked (%(default)s)")
    parser.add_argument("--engines", default=",".join(ENGINES), help="which engines are asked (%(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="of every engine that can use several (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="of loading and storing (%(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="of each question, at least (%(default)s)")
    for hidden in ("--child", "--engine", "--constants"): parser.add_argument(hidden, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.questions = [question for question in arguments.questions.split(",") if question]
    for kind, given, known in [("question", arguments.questions, QUESTIONS), ("engine", arguments.engines.split(","), ENGINES),
                               ("measurement", arguments.what.split(","), WHAT)]:
        for name in given:
            if name not in known: parser.error(f"there is no {kind} {name}; there are {', '.join(known)}")
    arguments.data = os.path.abspath(arguments.data)
    if arguments.child:
        arguments.constants = json.loads(arguments.constants)
        print(json.dumps(child(arguments)), flush=True)
        os._exit(0)
    arguments.constants = read_constants(arguments.data)
    engines = []
    for name in ["crmq"] + [name for name in arguments.engines.split(",") if name != "crmq"]:
        if lack := ENGINES[name].missing(): print(f"{name} is left out: {lack} is not installed")
        else: engines.append(name)
    PEERS.extend(name for name in engines if name != "crmq")
    megabytes = sum(os.path.getsize(f) for f in glob.glob(arguments.data + "/*.csv")) / 1e6
    print(f"{megabytes:.0f} MB of CSV, {arguments.threads} threads; medians; a ratio above 1 says that crmq is better than the best peer")
    what = arguments.what.split(",")
    if "load" in what: compare_loads(arguments, engines)
    if "store" in what: compare_stores(arguments, engines)
    elif "cold" in what or "warm" in what: ensure_stores(arguments, engines)
    if "cold" in what: compare_cold(arguments, engines)
    return compare_warm(arguments, engines) if "warm" in what else 0


def split(found, key, scale=1.0):
    return found["crmq"][key] * scale, {engine: run[key] * scale for engine, run in found.items() if engine != "crmq"}


def compare_loads(arguments, engines):
    found = rounds("load", arguments, [engine for engine in engines if ENGINES[engine].load])
    heading("load")
    row("seconds", *split(found, "seconds"), 2)
    row("peak MiB", *split(found, "megabytes"), 0)


def compare_stores(arguments, engines):
    found = rounds("store", arguments, [engine for engine in engines if ENGINES[engine].store])
    heading("store")
    row("seconds", *split(found, "seconds"), 2)
    row("MB", *split(found, "bytes", 1e-6), 1)
    row("peak MiB", *split(found, "megabytes"), 0)


def ensure_stores(arguments, engines):
    """The stores of an earlier run serve again, unless crmq has changed since: its next version may have another format."""
    for name in engines:
        engine = ENGINES[name]()
        if not engine.store: continue
        path = store_path(arguments, engine)
        if not os.path.exists(path) or (name == "crmq" and os.path.getmtime(path) < os.path.getmtime(engine.program)):
            measure("store", name, arguments)


def compare_cold(arguments, engines):
    heading("cold, ms")
    for question in COLD:
        commands = {}
        for name in engines:
            engine = ENGINES[name]()
            text = text_of(question, engine.endings, arguments.constants)
            if not text: continue
            engine.data, engine.threads = arguments.data, arguments.threads
            command = engine.cold(store_path(arguments, engine), text)
            if not command: continue
            if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0: commands[name] = command
            else: print(f"{name} is left out: its shell cannot answer {question}")
        times = {name: [] for name in commands}
        for _ in range(max(arguments.runs * 4, 1) + 1):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
                times[name].append(time.perf_counter() - start)
        medians = {name: statistics.median(runs[1:]) * 1e3 for name, runs in times.items()}
        row(question, medians.pop("crmq"), medians, 1)


def compare_warm(arguments, engines):
    runs = {engine: measure("warm", engine, arguments, arguments.questions) for engine in engines if ENGINES[engine].endings}
    found = {engine: run["questions"] for engine, run in runs.items()}
    heading("warm, ms")
    ratios, differing = [], []
    for question in arguments.questions:
        crmq = found["crmq"][question]
        peers = {engine: run[question]["median"] * 1e3 for engine, run in found.items() if engine != "crmq" and question in run}
        row(question, crmq["median"] * 1e3, peers, 2)
        if peers: ratios.append(min(peers.values()) / (crmq["median"] * 1e3))
        for engine in peers:
            if wrong := difference(crmq["rows"], found[engine][question]["rows"]): differing.append(f"{question}, beside {engine}: {wrong}")
    # What an engine takes for some of the questions says nothing beside what others take for all of them.
    row("peak MiB", *split({e: run for e, run in runs.items() if len(found[e]) == len(arguments.questions)}, "megabytes"), 0)
    if ratios: print(f"\ngeometric mean of the ratios: {statistics.geometric_mean(ratios):.1f}")
    print("\n".join(differing) or "all answers agree")
    return 1 if differing else 0


PEERS = []
if __name__ == "__main__": sys.exit(main())
