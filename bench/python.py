#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the way through Python costs: rows per second of CPU time into PyArrow, Polars and Python values, and the times of
small calls. Needs the package (PYTHONPATH=python), pyarrow and polars; WEIR_LIBRARY names the library.

usage: WEIR_LIBRARY=build/.libs/libweir.so.0 PYTHONPATH=python bench/python.py
"""
import time

import pyarrow

import weir

ROWS = 1_000_000


def rate(run):
    """Millions of rows per second of CPU time, the best of three."""
    best = min(timed(run, time.process_time) for _ in range(3))
    return ROWS / best / 1e6


def timed(run, clock=time.perf_counter):
    began = clock()
    run()
    return clock() - began


def latencies(session):
    """Microseconds from a push of one row to its row in the program, sorted."""
    session.execute("CREATE TABLE p (n BIGINT) WITH ('connector' = 'stream')")
    changes = session.query("SELECT n FROM p WHERE n > 0").changes()
    batch = pyarrow.record_batch({"n": [1]})
    with session.input("p") as way_in:
        def once():
            way_in.push(batch)
            next(changes)
        return sorted(1e6 * timed(once) for _ in range(2000))


def main():
    with weir.connect(parallelism_default=1) as session:
        session.register("t", pyarrow.table({
            "n": pyarrow.array(range(ROWS), pyarrow.int64()), "s": [f"user_{i % 1000}" for i in range(ROWS)]}))
        for name, read in (("arrow()", weir.Result.arrow), ("to_polars()", weir.Result.to_polars),
                           ("fetchall()", weir.Result.fetchall)):
            print(f"{name:<24} {rate(lambda read=read: read(session.query('SELECT n, s FROM t'))):8.1f} M rows/CPU-s")
        count = "SELECT s, COUNT(*) FROM t GROUP BY s"
        print(f"{'COUNT(*) by a string':<24} {rate(lambda: session.query(count).fetchall()):8.1f} M rows/CPU-s")
        us = latencies(session)
        print(f"{'one row, in and out':<24} {us[len(us) // 2]:8.0f} us at the median, {us[len(us) * 99 // 100]:.0f} us at p99")
        nothing = session.prepare("SELECT n FROM (VALUES (1)) AS v (n) WHERE n > 1")
        each = timed(lambda: [nothing.query().fetchall() for _ in range(1000)]) / 1000
        print(f"{'empty prepared query':<24} {1e6 * each:8.0f} us")
        each = timed(lambda: [weir.connect().close() for _ in range(200)]) / 200
        print(f"{'connect() and close()':<24} {1e6 * each:8.0f} us")


if __name__ == "__main__":
    main()
