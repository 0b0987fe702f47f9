#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kafka: W2 from a pre-filled topic, and the filling of it; a topic drained, windowed and written back.

  bench/kafka.py [--weir build/weir] [--events 2000000] [--formats avro,json] [--workers 1,2] [--repeat 3]
                 [--drain] [--flink]

Starts a broker (tests/services/kafka-start) on the same machine, fills one topic of two partitions a format with the
narrow playback data, and reads it to its end. Prints millions of messages per CPU-second of Weir's process (user +
system, all threads, start-up included) and per second of wall time, the best of the repeats.
--drain reads the topic, counts by HOP of 10 s / 60 s, country and device (hop), and sums minutes by genre in a join with
the titles (join), and writes the results into a topic. What is in both topics is counted: every event is in six windows
of the first. --flink runs W2 on Apache Flink 2.3.0 over the same topic (bench/peers.py says how it is measured).
"""
import argparse
import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import peers

HERE = Path(__file__).resolve().parent
SERVICES = HERE.parent / "tests/services"
COLUMNS = ("event_id BIGINT, event_type STRING, user_id BIGINT, device STRING, country STRING, title_id INT, "
           "ts BIGINT, quality STRING, session_id BIGINT")
TIME = ", rt AS TO_TIMESTAMP_LTZ(ts, 3), WATERMARK FOR rt AS rt - INTERVAL '5' SECOND"


WHOLE = ", 'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset'"
DRAINS = {
    "hop": ("w TIMESTAMP(3), country STRING, device STRING, n BIGINT",
            "SELECT window_start, country, device, COUNT(*) FROM TABLE(HOP(TABLE e, DESCRIPTOR(rt), INTERVAL '10' SECOND, "
            "INTERVAL '60' SECOND)) GROUP BY window_start, window_end, country, device", 6),
    "join": ("m TIMESTAMP_LTZ(3), genre STRING, minutes INT, n BIGINT",
             "SELECT FLOOR(rt TO MINUTE), genre, SUM(runtime_min), COUNT(*) FROM e JOIN titles ON "
             "e.title_id = titles.title_id GROUP BY FLOOR(rt TO MINUTE), genre", 1),
}


def table(a, topic, fmt, more="", options="", name="e", columns=COLUMNS):
    return (f"CREATE TABLE {name} ({columns}{more}) WITH ('connector' = 'kafka', 'topic' = '{topic}', 'format' = '{fmt}', "
            f"'properties.bootstrap.servers' = '{a.servers}'{options});\n")


def fill(a, topic, fmt, events):
    return (f"CREATE TABLE made ({COLUMNS}) WITH ('connector' = 'playback', 'shape' = 'w', 'seed' = '1', "
            f"'number-of-rows' = '{events}');\n" + table(a, topic, fmt, options=", 'sink.partitioner' = 'round-robin'") +
            "INSERT INTO e SELECT * FROM made;\n")


def w2(a, topic, fmt):
    return (table(a, topic, fmt, TIME, WHOLE) + "CREATE TABLE answers (w TIMESTAMP(3), country STRING, device STRING, "
            "n BIGINT) WITH ('connector' = 'blackhole');\nINSERT INTO answers " + (HERE / "w/w2.sql").read_text().strip() +
            ";\n")


def drain(a, fmt, kind, topic):
    columns, query, _ = DRAINS[kind]
    titles = ("CREATE TABLE titles (title_id INT, name STRING, genre STRING, runtime_min INT) "
              "WITH ('connector' = 'playback', 'shape' = 'w-titles', 'seed' = '1');\n")
    final = "SET 'execution.runtime-mode' = 'batch';\n" if kind == "join" else ""  # the topic takes no updates
    return (final + table(a, f"bench-{fmt}", fmt, TIME, WHOLE) + titles + table(a, topic, "csv", name="answers", columns=columns) +
            f"INSERT INTO answers {query};\n")


def measure(a, sql, workers):
    path = a.dir / "run.sql"
    path.write_text(sql)
    return peers.cpu([a.weir, "run", path, "-D", f"parallelism.default={workers}"])[:2]


def row(a, sql):
    """The last row of a question."""
    p = peers.cpu([a.weir, "--format", "jsonl", "-c", sql])[2]
    return json.loads(p.stdout.splitlines()[-1])["row"]


def run_drain(a, fmt, workers):
    read = row(a, table(a, f"bench-{fmt}", fmt, options=WHOLE) + "SELECT COUNT(*) AS n FROM e;")["n"]
    for kind, (columns, _, times) in DRAINS.items():
        runs = []
        for i in range(a.repeat):
            topic = f"bench-{fmt}-{kind}-{workers}-{i}"
            runs.append(measure(a, drain(a, fmt, kind, topic), workers))
        got = row(a, table(a, topic, "csv", "", WHOLE, "r", columns) + "SELECT COUNT(*) AS c, SUM(n) AS s FROM r;")
        report(a, f"drain {fmt} {kind}", workers, min(r[0] for r in runs), min(r[1] for r in runs))
        right = read == a.events and got["s"] == times * read
        print(f"    {read} messages read, {got['c']} written, which count {got['s']} events: "
              f"{'all of them' if right else 'NOT ALL OF THEM'}", flush=True)


def run_flink(a, flink, fmt):
    tiny = f"bench-{fmt}-tiny"
    measure(a, fill(a, tiny, fmt, 1000), 1)
    fixed = flink.fixed(w2(a, tiny, fmt))
    runs = [flink.run(w2(a, f"bench-{fmt}", fmt))[:2] for _ in range(a.repeat)]
    report(a, f"Flink W2 {fmt}", 1, min(r[0] for r in runs) - fixed, min(r[1] for r in runs))


def report(a, what, workers, cpu, wall):
    print(f"{what:16} {workers} worker{'s' if workers > 1 else ' '}  {a.events / cpu / 1e6:6.2f} M/CPU-s  "
          f"{a.events / wall / 1e6:6.2f} M/s wall", flush=True)


def run_format(a, flink, fmt):
    report(a, f"fill {fmt}", 1, *measure(a, fill(a, f"bench-{fmt}", fmt, a.events), 1))
    for workers in map(int, a.workers.split(",")):
        runs = [measure(a, w2(a, f"bench-{fmt}", fmt), workers) for _ in range(a.repeat)]
        report(a, f"W2 {fmt}", workers, min(r[0] for r in runs), min(r[1] for r in runs))
        if a.drain:
            run_drain(a, fmt, workers)
    if flink:
        run_flink(a, flink, fmt)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--weir", default="build/weir")
    p.add_argument("--events", type=int, default=2000000)
    p.add_argument("--formats", default="avro,json")
    p.add_argument("--workers", default="1,2")
    p.add_argument("--repeat", type=int, default=3)
    p.add_argument("--drain", action="store_true")
    p.add_argument("--flink", action="store_true")
    a = p.parse_args()
    a.dir = Path(tempfile.mkdtemp(prefix="weir-bench-kafka-"))
    broker = str(a.dir / "broker")
    a.servers = subprocess.run([SERVICES / "kafka-start", broker], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    try:
        with peers.Flink("2g") if a.flink else contextlib.nullcontext() as flink:
            for fmt in a.formats.split(","):
                run_format(a, flink, fmt)
    finally:
        subprocess.run([SERVICES / "kafka-stop", broker])
        shutil.rmtree(a.dir, ignore_errors=True)


if __name__ == "__main__":
    main()
