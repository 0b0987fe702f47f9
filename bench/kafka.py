#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kafka: W2 from a pre-filled topic, and the filling of it.

  bench/kafka.py [--weir build/weir] [--events 2000000] [--formats avro,json] [--workers 1,2] [--repeat 3]

Starts a broker (tests/services/kafka-start) on the same machine, fills one topic of two partitions a format with the
narrow playback data, and reads it to its end. Prints millions of messages per CPU-second of Weir's process (user +
system, all threads, start-up included) and per second of wall time, the best of the repeats.
"""
import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SERVICES = HERE.parent / "tests/services"
COLUMNS = ("event_id BIGINT, event_type STRING, user_id BIGINT, device STRING, country STRING, title_id INT, "
           "ts BIGINT, quality STRING, session_id BIGINT")
TIME = ", rt AS TO_TIMESTAMP_LTZ(ts, 3), WATERMARK FOR rt AS rt - INTERVAL '5' SECOND"


def table(a, fmt, more="", options=""):
    return (f"CREATE TABLE e ({COLUMNS}{more}) WITH ('connector' = 'kafka', 'topic' = 'bench-{fmt}', 'format' = '{fmt}', "
            f"'properties.bootstrap.servers' = '{a.servers}'{options});\n")


def fill(a, fmt):
    return (f"CREATE TABLE made ({COLUMNS}) WITH ('connector' = 'playback', 'shape' = 'w', 'seed' = '1', "
            f"'number-of-rows' = '{a.events}');\n" + table(a, fmt, options=", 'sink.partitioner' = 'round-robin'") +
            "INSERT INTO e SELECT * FROM made;\n")


def w2(a, fmt):
    whole = ", 'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset'"
    return (table(a, fmt, TIME, whole) + "CREATE TABLE out (w TIMESTAMP(3), country STRING, device STRING, n BIGINT) "
            "WITH ('connector' = 'blackhole');\nINSERT INTO out " + (HERE / "w/w2.sql").read_text().strip() + ";\n")


def measure(a, sql, workers):
    path = a.dir / "run.sql"
    path.write_text(sql)
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    p = subprocess.run([a.weir, "run", str(path), "-D", f"parallelism.default={workers}"], capture_output=True, text=True)
    wall, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if p.returncode:
        sys.exit(p.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def report(a, what, workers, cpu, wall):
    print(f"{what:12} {workers} worker{'s' if workers > 1 else ' '}  {a.events / cpu / 1e6:6.2f} M/CPU-s  "
          f"{a.events / wall / 1e6:6.2f} M/s wall", flush=True)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--weir", default="build/weir")
    p.add_argument("--events", type=int, default=2000000)
    p.add_argument("--formats", default="avro,json")
    p.add_argument("--workers", default="1,2")
    p.add_argument("--repeat", type=int, default=3)
    a = p.parse_args()
    a.dir = Path(tempfile.mkdtemp(prefix="weir-bench-kafka-"))
    broker = str(a.dir / "broker")
    a.servers = subprocess.run([SERVICES / "kafka-start", broker], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    try:
        for fmt in a.formats.split(","):
            report(a, f"fill {fmt}", 1, *measure(a, fill(a, fmt), 1))
            for workers in map(int, a.workers.split(",")):
                runs = [measure(a, w2(a, fmt), workers) for _ in range(a.repeat)]
                report(a, f"W2 {fmt}", workers, min(r[0] for r in runs), min(r[1] for r in runs))
    finally:
        subprocess.run([SERVICES / "kafka-stop", broker])
        shutil.rmtree(a.dir, ignore_errors=True)


if __name__ == "__main__":
    main()
