#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""W1 to W5 over the narrow playback data, beside DuckDB with one thread over the same file, in one run.

  bench/w.py [--weir build/weir] [--events 20000000] [--format avro,json,csv] [--layout schema,turned,shuffled,blanks]
             [--codec null,snappy,zstandard,deflate] [--work 1,2,3,4,5] [--workers 1,2] [--repeat 3] [--check]
             [--checkpoint 1s] [--no-peer] [--floors] [--flink]

Prints events per CPU-second (user + system of the whole process, start-up included) in millions: the best of the
repeats for each engine, the ratio, and the floor that the project has set itself. Runs of Weir with different
numbers of workers, with and without checkpoints, alternate; `gain` is how much less wall time than the first of
them (which says nothing while other work runs on the same cores: twice the ratio of the CPU figures is what it
could be), `lost` the part of the rate that checkpoints cost. --check compares the answers with DuckDB's (once, not timed).
--floors runs everything that has a floor. Layouts are JSON's: keys in the schema's order; turned into one other
order; in an order of its own in every record; with a blank after each ':' and ','.
--flink runs Apache Flink 2.3.0 over the same files with the same SQL as well (bench/peers.py says how it is measured).
DuckDB comes from PyPI into a virtual environment under the data folder.
"""
import argparse, contextlib, datetime, json, os, random, subprocess, sys, tempfile
from pathlib import Path

import peers

HERE = Path(__file__).resolve().parent
DUCKDB = ["duckdb==1.5.5", "duckdb-extensions==1.5.5", "duckdb-extension-avro==1.5.5"]
FLOORS = {("avro", "null", 1): (15, 40), ("avro", "null", 2): (15, 45), ("avro", "null", 3): (11, 32),
          ("avro", "null", 4): (6, 11), ("avro", "null", 5): (12, 32), ("avro", "zstandard", 2): (8, 0),
          ("avro", "snappy", 2): (10, 0), ("avro", "deflate", 2): (3, 0), ("json", "schema", 2): (6, 10),
          ("json", "turned", 2): (2.5, 0), ("json", "shuffled", 2): (2.5, 0), ("json", "blanks", 2): (5, 0),
          ("csv", "schema", 2): (9, 20)}
COLUMNS = {"event_id": "BIGINT", "event_type": "VARCHAR", "user_id": "BIGINT", "device": "VARCHAR",
           "country": "VARCHAR", "title_id": "INTEGER", "ts": "BIGINT", "quality": "VARCHAR", "session_id": "BIGINT"}
DUCK = {
    1: "SELECT event_id, user_id, title_id, ts FROM e WHERE event_type = 'play_start'",
    2: "SELECT ts // 60000 * 60000, country, device, count(*) FROM e WHERE event_type = 'play_start' GROUP BY ALL",
    3: "SELECT ts // 10000 * 10000 - o * 10000, title_id, count(*) FROM e, range(6) r(o) GROUP BY ALL",
    4: "SELECT m, count(*) FROM (SELECT min(ts) // 60000 * 60000 AS m FROM e GROUP BY event_id) GROUP BY ALL",
    5: "SELECT ts // 60000 * 60000, genre, sum(runtime_min) FROM e JOIN titles USING (title_id) GROUP BY ALL",
}


def file_of(a, c):
    return a.dir / f"{c.format}-{c.variant}-{a.events}"


def other_layout(lines, out, variant):
    """JSON lines of the schema's order in another layout (no value has a comma or a colon in it)."""
    rng, columns = random.Random(1), len(COLUMNS)
    orders = [rng.sample(range(columns), columns) for _ in range(1 if variant == "turned" else 997)]
    for i, line in enumerate(lines):
        if variant == "blanks":
            out.write(line.replace(":", ": ").replace(",", ", "))
            continue
        members = line[1:-2].split(",")
        out.write("{" + ",".join([members[k] for k in orders[i % len(orders)]]) + "}\n")


def generate(a, c):
    out = file_of(a, c)
    if out.exists() and any(out.iterdir()):
        return
    if c.format == "json" and c.variant != "schema":
        plain = Case("json", "schema", c.work)
        generate(a, plain)
        part = a.dir / "part"
        with open(part, "w") as to:
            for f in sorted(file_of(a, plain).iterdir()):
                with open(f) as lines:
                    other_layout(lines, to, c.variant)
        out.mkdir()
        part.rename(out / "part")
        return
    titles = a.dir / "titles"
    options = f", 'avro.codec' = '{c.variant}'" if c.format == "avro" else ""
    sql = (HERE / "w/generate.sql").read_text() + f"""
CREATE TABLE f WITH ('connector' = 'filesystem', 'path' = '{out}', 'format' = '{c.format}'{options},
  'sink.rolling-policy.file-size' = '100 gb') LIKE made (EXCLUDING OPTIONS);
INSERT INTO f SELECT * FROM made;"""
    if not (titles.exists() and any(titles.iterdir())):
        sql += "INSERT INTO titles SELECT * FROM made_titles;"
    peers.cpu([a.weir, "-c", sql, "-D", f"EVENTS={a.events}", "-D", f"DIR={a.dir}"])


def body(n):
    once = (HERE / "w/once.sql").read_text() if n == 4 else ""
    return once, (HERE / f"w/w{n}.sql").read_text().strip()


def define(a, c):
    return ["-D", f"FILE={file_of(a, c)}", "-D", f"FORMAT={c.format}", "-D", f"TITLES={a.dir / 'titles'}"]


def blackhole(n):
    types = {1: "event_id BIGINT, user_id BIGINT, title_id INT, ts BIGINT",
             2: "w TIMESTAMP(3), country STRING, device STRING, n BIGINT", 3: "w TIMESTAMP(3), title_id INT, n BIGINT",
             4: "w TIMESTAMP(3), n BIGINT", 5: "m TIMESTAMP_LTZ(3), genre STRING, minutes INT"}
    return f"CREATE TABLE answers ({types[n]}) WITH ('connector' = 'blackhole');\n"


def job(c):
    once, query = body(c.work)
    return (HERE / "w/tables.sql").read_text() + once + blackhole(c.work) + f"INSERT INTO answers {query};\n"


def run_flink(a, c):
    """CPU seconds of Flink; its fixed cost is that of the same job over a file with few rows."""
    tiny = argparse.Namespace(**{**vars(a), "events": 1000})
    generate(tiny, c)

    def over(where):
        return peers.fill(job(c), {"FILE": file_of(where, c), "FORMAT": c.format, "TITLES": a.dir / "titles"})

    fixed = a.running_flink.fixed(over(tiny))
    return min(a.running_flink.run(over(a))[0] for _ in range(a.repeat)) - fixed


def run_weir(a, c, ways):
    """The best CPU and wall time of each (workers, checkpoint); their runs alternate."""
    best = {way: (1e9, 1e9) for way in ways}
    with tempfile.TemporaryDirectory(dir=a.dir) as folder:
        f = Path(folder) / "run.sql"
        f.write_text(job(c))
        for _ in range(a.repeat):
            for workers, checkpoint in ways:
                cmd = [a.weir, "run", str(f), *define(a, c), "-D", f"parallelism.default={workers}"]
                if checkpoint:
                    cmd += ["--state", tempfile.mkdtemp(dir=folder), "-D",
                            f"execution.checkpointing.interval={checkpoint}"]
                used, wall, _ = peers.cpu(cmd)
                old = best[workers, checkpoint]
                best[workers, checkpoint] = min(old[0], used), min(old[1], wall)
    return best


def duck_script(a, c):
    if c.variant == "zstandard":  # which DuckDB does not read
        c = Case("avro", "null", c.work)
        generate(a, c)
    src, fmt, n = file_of(a, c), c.format, c.work
    cols = ", ".join(f"'{k}': '{v}'" for k, v in COLUMNS.items())
    read = {"csv": f"read_csv('{src}/*', header=false, columns={{{cols}}})",
            "json": f"read_json('{src}/*', format='newline_delimited', columns={{{cols}}})",
            "avro": f"read_avro('{src}/*')"}[fmt]
    titles = f"read_csv('{a.dir}/titles/*', header=false, columns={{'title_id': 'INTEGER', 'name': 'VARCHAR', 'genre': 'VARCHAR', 'runtime_min': 'INTEGER'}})"
    return f"""
import duckdb, sys
con = duckdb.connect()
if {fmt == 'avro'!r}:
    from duckdb_extensions import import_extension
    import_extension('avro', con=con); con.sql('LOAD avro')
con.sql('SET threads = 1')
con.sql('SET enable_progress_bar = false')
con.sql('SET preserve_insertion_order = false')
con.sql("CREATE VIEW e AS SELECT * FROM {read}")
con.sql("CREATE VIEW titles AS SELECT * FROM {titles}")
rel = con.sql(\"\"\"{DUCK[n]}\"\"\")
if len(sys.argv) > 1:
    for row in rel.fetchall(): print('|'.join(map(str, row)))
else:
    con.execute("SELECT sum(hash(x)) FROM (" + \"\"\"{DUCK[n]}\"\"\" + ") AS x").fetchall()
"""


def duck_python(a):
    venv = a.dir / "venv"
    if not (venv / "ok").exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin/pip", "install", "-q", *DUCKDB], check=True)
        (venv / "ok").touch()
    return str(venv / "bin/python")


def run_duck(a, c, *more):
    best, out = 1e9, ""
    for _ in range(1 if more else a.repeat):
        used, _, p = peers.cpu([duck_python(a), "-c", duck_script(a, c), *more])
        best, out = min(best, used), p.stdout
    return best, out


def cell(v):
    if isinstance(v, str) and len(v) == 23 and v[4] == "-":
        t = datetime.datetime.fromisoformat(v).replace(tzinfo=datetime.timezone.utc)
        return str(round(t.timestamp() * 1000))
    return str(v)


def check(a, c):
    once, query = body(c.work)
    text = (HERE / "w/tables.sql").read_text() + once + query + ";"
    _, _, p = peers.cpu([a.weir, "--format", "jsonl", "-c", text, *define(a, c)])
    mine = sorted("|".join(cell(v) for v in json.loads(line)["row"].values()) for line in p.stdout.splitlines())
    theirs = sorted(run_duck(a, c, "print")[1].splitlines())
    if mine == theirs:
        return "same answer"
    missing, extra = len(set(theirs) - set(mine)), len(set(mine) - set(theirs))
    return f"ANSWERS DIFFER: {missing} of {len(theirs)} rows missing, {extra} extra"


def show(a, c, duck, ways):
    best = run_weir(a, c, ways)
    first = best[ways[0]]
    flink = a.events / run_flink(a, c) / 1e6 if a.flink else None
    for way in ways:
        mine, wall = (a.events / t / 1e6 for t in best[way])
        peer = f"{duck:7.2f} {mine / duck:6.2f}" if duck else f"{'-':>7} {'-':>6}"
        floor, goal = FLOORS.get((c.format, c.variant, c.work), (0, 0)) if not way[1] else (0, 0)
        limits = (f"{floor:5g} {goal or '-':>4} " + ("ok  " if mine >= floor else "LOW ")) if floor else " " * 15
        notes = [f"Flink {flink:.3f}, {mine / flink:.1f} x"] if flink and way == ways[0] else []
        if way != ways[0] and way[0] != ways[0][0] and not way[1]:
            notes.append(f"gain {first[1] / best[way][1]:.2f}")
        if way[1]:
            notes.append(f"lost {100 * (1 - best[way[0], ''][0] / best[way][0]):.1f} %")
        if c.variant == "zstandard" and duck:
            notes.append("DuckDB over the null codec")
        if a.check and way == ways[0]:
            notes.append(check(a, c))
        print(f"W{c.work:<3} {c.format:5}{c.variant:10}{way[0]:>7} {way[1] or '-':>6} {mine:7.2f} {wall:9.2f} {peer} "
              f"{limits}{', '.join(notes)}", flush=True)


class Case:
    def __init__(self, format, variant, work):
        self.format, self.variant, self.work = format, variant, work


def cases(a):
    if a.floors:
        return [Case(*k) for k in FLOORS]
    variants = {"avro": a.codec.split(","), "json": a.layout.split(","), "csv": ["schema"]}
    return [Case(f, v, n) for f in a.format.split(",") for v in variants[f] for n in map(int, a.work.split(","))]


def main():
    p = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__)
    for name, default in (("weir", str(HERE.parent / "build/weir")), ("format", "avro"), ("layout", "schema"),
                          ("codec", "null"), ("work", "1,2,3,4,5"), ("workers", "1"), ("checkpoint", "")):
        p.add_argument("--" + name, default=default)
    p.add_argument("--events", type=int, default=20_000_000)
    p.add_argument("--repeat", type=int, default=3)
    p.add_argument("--dir", type=Path, default=Path(os.environ.get("WEIR_BENCH_DIR", "/tmp/weir-bench")))
    p.add_argument("--heap", default="6g", help="Flink's")
    for name in ("check", "no-peer", "floors", "flink"):
        p.add_argument("--" + name, action="store_true")
    a = p.parse_args()
    a.dir.mkdir(parents=True, exist_ok=True)
    ways = [(int(w), k) for w in a.workers.split(",") for k in ([""] + ([a.checkpoint] if a.checkpoint else []))]
    print(f"{a.events / 1e6:g} M events; M events per CPU-second, best of {a.repeat}")
    print(f"{'work':4} {'format':15}{'workers':>7} {'checkp':>6} {'weir':>7} {'M/s wall':>9} {'duckdb':>7} {'ratio':>6} "
          f"{'floor':>5} {'goal':>4}")
    with peers.Flink(a.heap) if a.flink else contextlib.nullcontext() as a.running_flink:
        for c in cases(a):
            generate(a, c)
            show(a, c, None if a.no_peer else a.events / run_duck(a, c)[0] / 1e6, ways)


if __name__ == "__main__":
    main()
