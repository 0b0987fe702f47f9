#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How small Weir is: start-up, resident memory, an idle Kafka job, the size of its files, memory over a growing input.

  bench/footprint.py [BUILD] [--kafka HOST:PORT] [--seconds 10]     prints a table; BUILD is a release, build by default
  bench/footprint.py BUILD --check                                  the sizes that must hold; last line N passed, N failed

Times are the least of 20 runs and only printed: they are the machine's as much as Weir's. Sizes are gated. The idle
job needs a broker, for whose topic it waits (tests/services/run starts one, and gates the job's memory there).
"""
import argparse
import os
import pty
import shutil
import subprocess
import sys
import tempfile
import time

MIB = 1 << 20
HERE = os.path.dirname(os.path.abspath(__file__))
W2 = """CREATE TABLE e (event_id BIGINT, event_type STRING, device STRING, country STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH ('connector' = 'filesystem', 'path' = '${DIR}/%s', 'format' = 'csv');
CREATE TABLE o (w TIMESTAMP(3), country STRING, device STRING, n BIGINT) WITH ('connector' = 'blackhole');
INSERT INTO o SELECT window_start, country, device, COUNT(*) FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
WHERE event_type = 'play_start' GROUP BY window_start, window_end, country, device;
"""


# A child begins with the most resident size of who starts it, so Python must not be that.
LAUNCHER = """#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
int main(int argc, char **argv) {
    struct timespec a, b;
    struct rusage u;
    int status = argc;
    clock_gettime(CLOCK_MONOTONIC, &a);
    pid_t pid = fork();
    if (pid == 0) execv(argv[2], argv + 2);
    if (pid <= 0 || wait4(pid, &status, 0, &u) < 0) return 1;
    clock_gettime(CLOCK_MONOTONIC, &b);
    FILE *f = fopen(argv[1], "w");
    fprintf(f, "%f %f %ld %d", (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9,
            (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6,
            u.ru_maxrss, status);
    return fclose(f);
}
"""
SCRATCH = tempfile.TemporaryDirectory()


def launcher():
    path = os.path.join(SCRATCH.name, "launch")
    if not os.path.exists(path):
        with open(path + ".c", "w", encoding="ascii") as file:
            file.write(LAUNCHER)
        subprocess.run([os.environ.get("CC", "cc"), "-O1", "-o", path, path + ".c"], check=True)
    return path


class Run:
    """One run of a program: seconds of wall time and of CPU, most resident bytes."""

    def __init__(self, command):
        result = os.path.join(SCRATCH.name, "result")
        p = subprocess.run([launcher(), result] + command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
        with open(result, encoding="ascii") as file:
            wall, cpu, rss, status = file.read().split()
        self.wall, self.cpu, self.rss = float(wall), float(cpu), int(rss) << 10
        if status != "0":
            sys.exit(f"{' '.join(command)}: status {status}\n{p.stderr.decode()}")


def best(command, times=20):
    runs = [Run(command) for _ in range(times)]
    return min(r.wall for r in runs), min(r.cpu for r in runs), max(r.rss for r in runs)


def prompt(weir, folder, times=20):
    """Least seconds from the start on a terminal to the prompt, with a full history."""
    with open(os.path.join(folder, ".weir_history"), "w", encoding="ascii") as file:
        file.writelines(f"SELECT a, b FROM some_table WHERE id = {n};\n" for n in range(2000))
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        pid, fd = pty.fork()
        if pid == 0:
            os.execve(weir, [weir], {"HOME": folder, "TERM": "xterm", "LANG": "C.UTF-8"})
        seen = b""
        while b"weir> " not in seen:
            seen += os.read(fd, 4096)
        seconds.append(time.perf_counter() - began)
        os.write(fd, b"\x04")
        try:
            while os.read(fd, 4096):
                pass
        except OSError:  # the end of a terminal
            pass
        os.waitpid(pid, 0)
        os.close(fd)
    return min(seconds)


def script_of_200_lines():
    columns = ",\n".join(f"  column_{i} {t}" for i, t in enumerate(["BIGINT", "STRING", "TIMESTAMP(3)", "DOUBLE", "INT"] * 3))
    table = "CREATE TABLE t{n} (\n" + columns + ",\n  WATERMARK FOR column_2 AS column_2 - INTERVAL '5' SECOND\n) WITH (\n" \
        "  'connector' = 'filesystem',\n  'path' = '/data/t{n}',\n  'format' = 'json'\n);\n"
    query = "CREATE VIEW v{n} AS SELECT window_start, column_1,\n  COUNT(*) AS n, SUM(column_3) AS s\n" \
        "FROM TABLE(TUMBLE(TABLE t{n}, DESCRIPTOR(column_2), INTERVAL '1' MINUTE))\nWHERE column_0 > {n} AND UPPER(column_1) LIKE 'A%'\n" \
        "GROUP BY window_start, window_end, column_1;\n"
    text = "".join((table + query).replace("{n}", str(n)) for n in range(7)) + "SELECT * FROM v0;\n"
    lines = text.split("\n")
    return "\n".join(lines + ["-- the end"] * (200 - len(lines))) + "\n"


def stripped(build):
    """[(name, bytes)] of the program and its plug-ins without symbols."""
    with tempfile.TemporaryDirectory() as folder:
        sizes = []
        for name in ["weir"] + sorted(n for n in os.listdir(build) if n.startswith("weir-") and n.endswith(".so")):
            copy = os.path.join(folder, name)
            shutil.copy(os.path.realpath(os.path.join(build, name)), copy)
            subprocess.run(["strip", copy], check=True)
            sizes.append((name, os.path.getsize(copy)))
        return sizes


def w2_memory(weir, folder, rows):
    """Most resident bytes of W2 over so many events that are spread over the same time in windows."""
    name = f"events-{rows}.csv"
    with open(os.path.join(folder, name), "w", encoding="ascii") as file:
        kinds, devices, countries = ["play_start", "play_stop", "seek"], ["tv", "phone", "web"], ["IN", "US", "BR", "DE", "JP"]
        for i in range(rows):
            second = i * 3600 // rows
            file.write(f"{i},{kinds[i % 3]},{devices[i % 7 % 3]},{countries[i % 5]},"
                       f"2026-05-04 18:{second // 60:02d}:{second % 60:02d}.000\n")
    script = os.path.join(folder, "w2.sql")
    with open(script, "w", encoding="ascii") as file:
        file.write(W2 % name)
    return Run([weir, "run", script, "-D", "DIR=" + folder]).rss


def private_bytes(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        return sum(int(line.split()[1]) << 10 for line in file if line.startswith(("Private_Clean", "Private_Dirty")))


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def idle_job(weir, servers, folder, seconds):
    """(private bytes, CPU seconds in a second) of a job whose topic has no new rows."""
    script = os.path.join(folder, "idle.sql")
    with open(script, "w", encoding="ascii") as file:
        table = "CREATE TABLE {} (x BIGINT) WITH ('connector' = 'kafka', 'topic' = 'idle', 'format' = 'json', " \
            f"'properties.bootstrap.servers' = '{servers}', 'scan.startup.mode' = 'earliest-offset');\n"
        file.write(table.format("t") + "INSERT INTO t SELECT 1;\n")
        first = file.name + ".first"
    shutil.copy(script, first)
    subprocess.run([weir, first], check=True, stdout=subprocess.DEVNULL)
    with open(script, "w", encoding="ascii") as file:
        file.write(table.format("t") + "CREATE TABLE o (n BIGINT) WITH ('connector' = 'blackhole');\n"
                   "INSERT INTO o SELECT COUNT(*) FROM t GROUP BY x;\n")
    p = subprocess.Popen([weir, "run", script], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(5)
        before = cpu_seconds(p.pid)
        time.sleep(seconds)
        return private_bytes(p.pid), (cpu_seconds(p.pid) - before) / seconds
    finally:
        p.terminate()
        p.wait()


def table(rows):
    failed = 0
    for name, value, unit, limit, gated in rows:
        bad = limit is not None and value > limit
        failed += bad and gated
        bound = "" if limit is None else f"{'limit' if gated else 'goal'} {limit:g}{'  MISSED' if bad else ''}"
        print(f"{name:44s} {value:9.2f} {unit:4s} {bound}")
    return sum(gated for *_, gated in rows) - failed, failed


def main():
    parser = argparse.ArgumentParser(prog="bench/footprint.py")
    parser.add_argument("build", nargs="?", default="build")
    parser.add_argument("--kafka")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    weir = os.path.abspath(os.path.join(args.build, "weir"))
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        wall, cpu, rss = best([weir, "-c", "SELECT 1"])
        rows += [("weir -c 'SELECT 1', wall", wall * 1e3, "ms", 10, False), ("    CPU", cpu * 1e3, "ms", None, False),
                 ("    most resident", rss / MIB, "MiB", 12, True)]
        rows += [("weir, to its prompt", prompt(weir, folder) * 1e3, "ms", 20, False)]
        script = os.path.join(folder, "check.sql")
        with open(script, "w", encoding="ascii") as file:
            file.write(script_of_200_lines())
        wall, cpu, rss = best([weir, "check", script])
        rows += [("weir check of 200 lines, wall", wall * 1e3, "ms", 20, False), ("    CPU", cpu * 1e3, "ms", None, False),
                 ("    most resident", rss / MIB, "MiB", None, False)]
        sizes = stripped(args.build)
        rows += [(f"{name}, stripped", size / 1e6, "MB", None, False) for name, size in sizes]
        rows += [("    in sum", sum(size for _, size in sizes) / 1e6, "MB", 6, True)]
        small, large = (w2_memory(weir, folder, n) for n in (250000, 1000000))
        rows += [("W2 over 0.25 M events, most resident", small / MIB, "MiB", None, False),
                 ("W2 over 1 M events, most resident", large / MIB, "MiB", small / MIB + 2, True)]
        if args.kafka:
            private, cpu = idle_job(weir, args.kafka, folder, args.seconds)
            rows += [("idle Kafka job, private", private / MIB, "MiB", 8, True),
                     ("    CPU of a second", cpu * 1e3, "ms", 5, True)]
    passed, failed = table(rows)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed and args.check else 0


if __name__ == "__main__":
    sys.exit(main())
