#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""W1 to W5 through the library: batches in memory pushed into a stream table, beside DuckDB over its in-memory table.

  bench/library.py [--build build] [--events 5000000] [--work 1,2,3,4,5] [--layout utf8,dict] [--rows 65536]
                   [--workers 1,2] [--repeat 5] [--check] [--no-peer] [--small]

Prints M events per CPU-second of the process around the run alone (input opened, query started, everything pushed,
the result read, result freed), the best of the repeats in one process; wall is M events a second of wall time. DuckDB runs
with one thread, its query over a table that it has in memory, the result hashed as a whole. --check compares the answers
(once, not timed). --small also prints what opening a session, an empty query and a single row cost.
"""
import argparse, collections, json, os, re, subprocess
from pathlib import Path

import w as bench_w

HERE = Path(__file__).resolve().parent
FLOORS = {1: (80, 160), 2: (55, 110), 3: (35, 90), 4: (8, 16), 5: (45, 90)}


def program(a, *args):
    p = subprocess.run([str(a.build / "bench/bench-library"), *map(str, args)], capture_output=True, text=True)
    if p.returncode != 0:
        raise SystemExit(f"bench-library {args[0]}: {p.stderr}")
    return p.stdout


def query(n):
    once, text = bench_w.body(n)
    return once + text


def run_weir(a, n, layout, workers):
    """CPU and wall seconds."""
    out = program(a, "run", a.data, a.dir / "titles", query(n), layout, a.rows, workers, a.repeat)
    return tuple(float(re.search(rf"{what} ([\d.]+)", out).group(1)) for what in ("cpu", "wall"))


def duck_script(a, n, show):
    types = ", ".join(f"'{k}': '{v}'" for k, v in (("title_id", "INTEGER"), ("name", "VARCHAR"), ("genre", "VARCHAR"),
                                                   ("runtime_min", "INTEGER")))
    last = ("for row in con.sql(q).fetchall(): print('|'.join(map(str, row)))" if show else
            f"""best = 1e9
for _ in range({a.repeat}):
    t = time.process_time()
    con.execute("SELECT sum(hash(x)) FROM (" + q + ") AS x").fetchall()
    best = min(best, time.process_time() - t)
print(best)""")
    return f"""
import duckdb, time
from duckdb_extensions import import_extension
con = duckdb.connect()
import_extension('avro', con=con); con.sql('LOAD avro')
con.sql('SET threads = 1')
con.sql('SET enable_progress_bar = false')
con.sql("CREATE TABLE e AS SELECT * FROM read_avro('{a.data}/*')")
con.sql("CREATE TABLE titles AS SELECT * FROM read_csv('{a.dir}/titles/*', header=false, columns={{{types}}})")
con.sql('SET preserve_insertion_order = false')
q = \"\"\"{bench_w.DUCK[n]}\"\"\"
{last}
"""


def run_duck(a, n, show=False):
    p = subprocess.run([bench_w.duck_python(a), "-c", duck_script(a, n, show)], capture_output=True, text=True)
    if p.returncode != 0:
        raise SystemExit(p.stderr)
    return p.stdout


def check(a, n, layout, workers):
    rows = collections.Counter()
    for line in program(a, "print", a.data, a.dir / "titles", query(n), layout, a.rows, workers).splitlines():
        change = json.loads(line)
        text = "|".join(bench_w.cell(v) for v in change["row"].values())
        rows[text] += 1 if change["op"] in ("+I", "+U") else -1
    mine, theirs = +rows, collections.Counter(run_duck(a, n, True).splitlines())
    if mine == theirs and not -rows:
        return f"same answer, {sum(mine.values())} rows"
    return f"ANSWERS DIFFER: {(theirs - mine).total()} rows missing, {(mine - theirs).total()} extra"


def main():
    p = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter, description=__doc__)
    p.add_argument("--build", type=Path, default=HERE.parent / "build")
    for name, default in (("work", "1,2,3,4,5"), ("layout", "utf8,dict"), ("workers", "1")):
        p.add_argument("--" + name, default=default)
    for name, default in (("events", 5_000_000), ("rows", 65536), ("repeat", 5)):
        p.add_argument("--" + name, type=int, default=default)
    p.add_argument("--dir", type=Path, default=Path(os.environ.get("WEIR_BENCH_DIR", "/tmp/weir-bench")))
    for name in ("check", "no-peer", "small"):
        p.add_argument("--" + name, action="store_true")
    a = p.parse_args()
    a.build = a.build.resolve()
    a.weir = str(a.build / "weir")
    a.dir.mkdir(parents=True, exist_ok=True)
    data = bench_w.Case("avro", "null", 1)
    bench_w.generate(a, data)
    a.data = bench_w.file_of(a, data)
    print(f"{a.events / 1e6:g} M events in batches of {a.rows}; M events per CPU-second, best of {a.repeat}")
    print("work layout workers    weir     wall  duckdb  ratio  floor goal")
    for n in map(int, a.work.split(",")):
        duck = None if a.no_peer else a.events / float(run_duck(a, n)) / 1e6
        for layout in a.layout.split(","):
            for workers in a.workers.split(","):
                mine, wall = (a.events / t / 1e6 for t in run_weir(a, n, layout, workers))
                peer = f"{duck:7.1f} {mine / duck:6.1f}" if duck else f"{'-':>7} {'-':>6}"
                floor, goal = FLOORS[n]
                note = ("ok" if mine >= floor else "LOW") if workers == "1" else ""
                if a.check:
                    note += ", " + check(a, n, layout, workers)
                print(f"W{n:<3} {layout:6} {workers:>7} {mine:7.1f} {wall:8.1f} {peer} {floor:6} {goal:4} {note}", flush=True)
    if a.small:
        print(program(a, "small", a.data), end="")


if __name__ == "__main__":
    main()
