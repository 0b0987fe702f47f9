#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Nexmark beside Apache Flink 2.3.0: the same files of events, the same files of SQL (bench/nexmark), in one run.

  bench/nexmark.py [--weir build/weir] [--events 5000000] [--queries 0,1,2,14,15,16,17,18,21,22] [--repeat 3]
                   [--sink blackhole|csv] [--check 200000] [--check-only] [--no-peer] [--dir DIR]

Prints thousands of events per CPU-second (all threads, user + system; the best of the repeats) of both and the ratio; every
event of the file counts, also those that a query drops. Weir's are of the whole process with its start-up, Flink's
without (bench/peers.py says how). Before that the answers of both over the first --check events are compared: the final
rows of each query, which for a changelog are those left when all of it has been applied. --sink csv writes files
instead (the queries that only append), and compares those too.
Weir's nexmark connector writes the files once: Avro without compression, one table of three nested rows.
"""
import argparse
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import peers

HERE = Path(__file__).resolve().parent
ALL = "0,1,2,14,15,16,17,18,21,22"
APPEND = {0, 1, 2, 14, 21, 22}
TINY = 1000


def events(a, count):
    """The folder with so many events."""
    return peers.made_once(a, f"nexmark-{count}", HERE / "nexmark/generate.sql", {"EVENTS": count}, "FILE")


def sql(n):
    return (HERE / "nexmark/tables.sql").read_text() + (HERE / f"nexmark/q{n}.sql").read_text()


def question(n):
    """The same query, with its answer on the screen."""
    text = sql(n)
    head, query = text.split("INSERT INTO answers\n")
    return head[:head.rindex("CREATE TABLE answers")] + query


def values(a, count, out=None):
    sink = "'connector' = 'blackhole'"
    if out:
        sink = f"'connector' = 'filesystem', 'format' = 'csv', 'path' = '{out}'"
    return {"FILE": events(a, count), "SINK": sink}


def run_weir(a, text, given):
    with tempfile.NamedTemporaryFile("w", suffix=".sql", dir=a.dir) as f:
        f.write(text)
        f.flush()
        return peers.cpu([a.weir, *(["run"] if "INSERT" in text else ["--format", "jsonl"]), f.name,
                          *peers.definitions(given), "-D", "table.local-time-zone=UTC", "-D",
                          f"parallelism.default={a.workers}"])


def final_rows(text):
    """The rows that a changelog leaves, sorted."""
    bag = {}
    for line in text.splitlines():
        change, row = re.fullmatch(r'\{"op":"(..)","row":(.*)\}', line).groups()
        bag[row] = bag.get(row, 0) + (1 if change in ("+I", "+U") else -1)
    return sorted(r for r, n in bag.items() for _ in range(n))


def check(a, queries):
    """Compares answers; how many differ."""
    given = values(a, a.check)
    texts = [question(n) for n in queries]
    theirs = peers.flink_rows([peers.fill(t, given) for t in texts])
    bad = 0
    for n, text, rows in zip(queries, texts, theirs):
        said = peers.difference(final_rows(run_weir(a, text, given)[2].stdout), rows)
        print(f"q{n:<3} {said}", flush=True)
        bad += "DIFFER" in said
    return bad


def measure(a, flink, n):
    """Weir's and Flink's CPU seconds of a query, and what became of the files."""
    with tempfile.TemporaryDirectory(dir=a.dir) as d:
        where = {who: Path(d, who) if a.sink == "csv" else None for who in ("weir", "flink", "tiny")}
        best, best_wall = 1e9, 1e9
        for _ in range(a.repeat):
            if where["weir"]:
                shutil.rmtree(where["weir"], ignore_errors=True)
            cpu, wall, _ = run_weir(a, sql(n), values(a, a.events, where["weir"]))
            best, best_wall = min(best, cpu), min(best_wall, wall)
        if not flink:
            return best, best_wall, None, ""
        peer = 1e9
        fixed = flink.fixed(peers.fill(sql(n), values(a, TINY, where["tiny"])))
        for _ in range(a.repeat):
            if where["flink"]:
                shutil.rmtree(where["flink"], ignore_errors=True)
            peer = min(peer, flink.run(peers.fill(sql(n), values(a, a.events, where["flink"])))[0] - fixed)
        said = peers.difference(peers.lines(where["weir"]), peers.lines(where["flink"])) if where["weir"] else ""
    return best, best_wall, peer, said


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--weir", default=str(HERE.parent / "build/weir"))
    p.add_argument("--events", type=int, default=5_000_000)
    p.add_argument("--queries", default=ALL)
    p.add_argument("--repeat", type=int, default=3)
    p.add_argument("--workers", type=int, default=1)
    p.add_argument("--sink", choices=("blackhole", "csv"), default="blackhole")
    p.add_argument("--check", type=int, default=200_000)
    p.add_argument("--check-only", action="store_true")
    p.add_argument("--no-peer", action="store_true")
    p.add_argument("--heap", default="4g", help="Flink's")
    p.add_argument("--dir", type=Path, default=Path(os.environ.get("WEIR_BENCH_DIR", "/tmp/weir-bench")))
    a = p.parse_args()
    a.dir.mkdir(parents=True, exist_ok=True)
    queries = [int(q) for q in a.queries.split(",") if a.sink == "blackhole" or int(q) in APPEND]
    bad = check(a, queries) if a.check and not a.no_peer else 0
    if not a.check_only:
        print(f"{a.events / 1e6:g} M events; thousands of events per CPU-second, best of {a.repeat}")
        print(f"{'query':6} {'weir':>7} {'k/s wall':>9} {'flink':>7} {'ratio':>6}", flush=True)
        if a.no_peer:
            table(a, None, queries)
        else:
            with peers.Flink(a.heap) as flink:
                bad += table(a, flink, queries)
    return 1 if bad else 0


def table(a, flink, queries):
    bad = 0
    for n in queries:
        cpu, wall, peer, said = measure(a, flink, n)
        beside = f"{a.events / peer / 1e3:7.0f} {peer / cpu:6.1f}" if peer else f"{'-':>7} {'-':>6}"
        print(f"q{n:<5} {a.events / cpu / 1e3:7.0f} {a.events / wall / 1e3:9.0f} {beside}  {said}".rstrip(), flush=True)
        bad += "DIFFER" in said
    return bad


if __name__ == "__main__":
    sys.exit(main())
