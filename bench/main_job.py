#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The main job (examples/playback/plays_per_minute.sql) beside Apache Flink 2.3.0: the same file of SQL, the same data.

  bench/main_job.py [--weir build/weir] [--events 10000000] [--flink-events 3000000] [--repeat 2] [--workers 1]
                    [--check 200000] [--no-peer] [--dir DIR]

Prints M events per CPU-second (all threads, user + system; best of the repeats), Weir's with its start-up, Flink's
without (bench/peers.py). Both write CSV files; those of the first --check events are compared, line by line, sorted.
The job's last statement, a SELECT over what it wrote, is left out.
"""
import argparse
import os
import shutil
import sys
from pathlib import Path

import peers

EXAMPLES = peers.ROOT / "examples/playback"
OUT = "plays_per_minute"


def data(a, events):
    """The folder with so many events and the titles."""
    return peers.made_once(a, f"playback-{events}", EXAMPLES / "generate.sql", {"EVENTS": events}, "DATA")


def job():
    text = (EXAMPLES / "plays_per_minute.sql").read_text()
    return text[:text.rindex("SELECT genre")]


def weir(a, folder):
    """CPU and wall seconds, and what it wrote."""
    shutil.rmtree(folder / OUT, ignore_errors=True)
    script = folder / "job.sql"
    script.write_text(job())
    cpu, wall, _ = peers.cpu([a.weir, "run", script, *peers.definitions({"DATA": folder}), "-D",
                              f"parallelism.default={a.workers}"])
    return cpu, wall, peers.lines(folder / OUT)


def flink(running, folder):
    shutil.rmtree(folder / OUT, ignore_errors=True)
    cpu = running.run(peers.fill(job(), {"DATA": folder}))[0]
    return cpu, peers.lines(folder / OUT)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--weir", default=str(peers.ROOT / "build/weir"))
    p.add_argument("--events", type=int, default=10_000_000)
    p.add_argument("--flink-events", type=int, default=3_000_000)
    p.add_argument("--repeat", type=int, default=2)
    p.add_argument("--workers", type=int, default=1)
    p.add_argument("--check", type=int, default=200_000)
    p.add_argument("--no-peer", action="store_true")
    p.add_argument("--heap", default="6g", help="Flink's")
    p.add_argument("--dir", type=Path, default=Path(os.environ.get("WEIR_BENCH_DIR", "/tmp/weir-bench")))
    a = p.parse_args()
    a.dir.mkdir(parents=True, exist_ok=True)
    runs = [weir(a, data(a, a.events)) for _ in range(a.repeat)]
    mine = a.events / min(r[0] for r in runs) / 1e6
    print(f"weir   {a.events / 1e6:g} M events: {mine:.2f} M per CPU-second, "
          f"{a.events / min(r[1] for r in runs) / 1e6:.2f} M/s of wall time", flush=True)
    if a.no_peer:
        return 0
    with peers.Flink(a.heap) as running:
        small = data(a, a.check)
        theirs, ours = flink(running, small)[1], weir(a, small)[2]
        print(f"answers over {a.check} events: {peers.difference(ours, theirs)}", flush=True)
        tiny = data(a, 1000)
        fixed = min(flink(running, tiny)[0] for _ in range(2))
        best = min(flink(running, data(a, a.flink_events))[0] for _ in range(a.repeat)) - fixed
    peer = a.flink_events / best / 1e6
    print(f"flink  {a.flink_events / 1e6:g} M events: {peer:.3f} M per CPU-second; weir {mine / peer:.1f} x", flush=True)
    return 0 if ours == theirs else 1


if __name__ == "__main__":
    sys.exit(main())
