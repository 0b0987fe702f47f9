#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""W1 to W5 over the narrow playback data, beside DuckDB with one thread over the same file, in one run.

  bench/w.py [--weir build/weir] [--events 20000000] [--formats avro,json,csv] [--work 1,2,3,4,5]
             [--workers 1,2] [--codec null] [--repeat 3] [--check] [--checkpoint 1s] [--no-peer]

Prints events per CPU-second (user + system of the whole process, start-up included) in millions: the best of the
repeats for each engine, and the ratio. --check compares the answers with DuckDB's (once, not timed).
DuckDB comes from PyPI into a virtual environment under the data folder.
"""
import argparse, json, os, resource, shutil, subprocess, sys, tempfile, time
from pathlib import Path

HERE = Path(__file__).resolve().parent
DUCKDB = ["duckdb==1.5.5", "duckdb-extensions==1.5.5", "duckdb-extension-avro==1.5.5"]
COLUMNS = {"event_id": "BIGINT", "event_type": "VARCHAR", "user_id": "BIGINT", "device": "VARCHAR",
           "country": "VARCHAR", "title_id": "INTEGER", "ts": "BIGINT", "quality": "VARCHAR", "session_id": "BIGINT"}
DUCK = {
    1: "SELECT event_id, user_id, title_id, ts FROM e WHERE event_type = 'play_start'",
    2: "SELECT ts // 60000 * 60000, country, device, count(*) FROM e WHERE event_type = 'play_start' GROUP BY ALL",
    3: "SELECT ts // 10000 * 10000 - o * 10000, title_id, count(*) FROM e, range(6) r(o) GROUP BY ALL",
    4: "SELECT m, count(*) FROM (SELECT min(ts) // 60000 * 60000 AS m FROM e GROUP BY event_id) GROUP BY ALL",
    5: "SELECT ts // 60000 * 60000, genre, sum(runtime_min) FROM e JOIN titles USING (title_id) GROUP BY ALL",
}


def cpu(command, **kw):
    """Runs a command; CPU seconds of it and its children, wall seconds, output."""
    before, t0 = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    p = subprocess.run(command, capture_output=True, text=True, **kw)
    wall, after = time.monotonic() - t0, resource.getrusage(resource.RUSAGE_CHILDREN)
    if p.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{p.stdout}{p.stderr}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, p


def file_of(a, fmt):
    return a.dir / f"{fmt}-{a.codec if fmt == 'avro' else 'plain'}-{a.events}"


def generate(a, fmt):
    out = file_of(a, fmt)
    if out.exists() and any(out.iterdir()):
        return
    options = f", 'avro.codec' = '{a.codec}'" if fmt == "avro" else ""
    shutil.rmtree(a.dir / "titles", ignore_errors=True)  # made again, or its files would be there twice
    sql = (HERE / "w/generate.sql").read_text() + f"""
CREATE TABLE f WITH ('connector' = 'filesystem', 'path' = '{out}', 'format' = '{fmt}'{options},
  'sink.rolling-policy.file-size' = '100 gb') LIKE made (EXCLUDING OPTIONS);
INSERT INTO f SELECT * FROM made;"""
    cpu([a.weir, "-c", sql, "-D", f"EVENTS={a.events}", "-D", f"DIR={a.dir}"])


def script(a, fmt, n, sink):
    body = (HERE / f"w/w{n}.sql").read_text().strip()
    once = (HERE / "w/once.sql").read_text() if n == 4 else ""
    return (HERE / "w/tables.sql").read_text() + once + sink + f"INSERT INTO out {body};\n"


def define(a, fmt):
    titles = a.dir / "titles"
    return ["-D", f"FILE={file_of(a, fmt)}", "-D", f"FORMAT={fmt}", "-D", f"TITLES={titles}"]


def blackhole(a, n):
    types = {1: "event_id BIGINT, user_id BIGINT, title_id INT, ts BIGINT",
             2: "w TIMESTAMP(3), country STRING, device STRING, n BIGINT", 3: "w TIMESTAMP(3), title_id INT, n BIGINT",
             4: "w TIMESTAMP(3), n BIGINT", 5: "m TIMESTAMP_LTZ(3), genre STRING, minutes INT"}
    return f"CREATE TABLE out ({types[n]}) WITH ('connector' = 'blackhole');\n"


def run_weir(a, fmt, n, workers):
    f = a.dir / "run.sql"
    f.write_text(script(a, fmt, n, blackhole(a, n)))
    best = (1e9, 1e9)
    for _ in range(a.repeat):
        cmd = [a.weir, "run", str(f), *define(a, fmt), "-D", f"parallelism.default={workers}"]
        with tempfile.TemporaryDirectory(dir=a.dir) as state:
            if a.checkpoint:
                cmd += ["--state", state, "-D", f"execution.checkpointing.interval={a.checkpoint}"]
            c, w, _ = cpu(cmd)
        best = (min(best[0], c), min(best[1], w))
    return best


def duck_script(a, fmt, n):
    src = file_of(a, fmt)
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


def run_duck(a, fmt, n, *more):
    f = a.dir / "duck.py"
    f.write_text(duck_script(a, fmt, n))
    best, out = 1e9, ""
    for _ in range(1 if more else a.repeat):
        c, _, p = cpu([duck_python(a), str(f), *more])
        best, out = min(best, c), p.stdout
    return best, out


def check(a, fmt, n):
    sink = blackhole(a, n).replace("'blackhole'", f"'filesystem', 'path' = '{a.dir}/answer', 'format' = 'csv'")
    body = (HERE / f"w/w{n}.sql").read_text().strip()
    once = (HERE / "w/once.sql").read_text() if n == 4 else ""
    text = (HERE / "w/tables.sql").read_text() + once + body + ";"
    f = a.dir / "check.sql"
    f.write_text(text)
    _, _, p = cpu([a.weir, "--format", "jsonl", str(f), *define(a, fmt)])
    import datetime
    def cell(v):
        if isinstance(v, str) and len(v) == 23 and v[4] == "-":
            t = datetime.datetime.fromisoformat(v).replace(tzinfo=datetime.timezone.utc)
            return str(round(t.timestamp() * 1000))
        return str(v)
    mine = sorted("|".join(cell(v) for v in json.loads(l)["row"].values()) for l in p.stdout.splitlines())
    theirs = sorted(run_duck(a, fmt, n, "print")[1].splitlines())
    if mine == theirs:
        return "same answer"
    missing, extra = len(set(theirs) - set(mine)), len(set(mine) - set(theirs))
    return f"ANSWERS DIFFER: {missing} of {len(theirs)} rows missing, {extra} extra"


def main():
    p = argparse.ArgumentParser()
    for name, default in (("weir", str(HERE.parent / "build/weir")), ("formats", "avro"), ("work", "1,2,3,4,5"),
                          ("workers", "1"), ("codec", "null"), ("checkpoint", "")):
        p.add_argument("--" + name, default=default)
    p.add_argument("--events", type=int, default=20_000_000)
    p.add_argument("--repeat", type=int, default=3)
    p.add_argument("--dir", type=Path, default=Path(os.environ.get("WEIR_BENCH_DIR", "/tmp/weir-bench")))
    p.add_argument("--check", action="store_true")
    p.add_argument("--no-peer", action="store_true")
    a = p.parse_args()
    a.dir.mkdir(parents=True, exist_ok=True)
    print(f"{a.events / 1e6:g} M events; M events per CPU-second, best of {a.repeat}")
    print(f"{'work':5} {'format':6} {'workers':7} {'weir':>7} {'M/s wall':>9} {'duckdb':>7} {'ratio':>6}")
    for fmt in a.formats.split(","):
        generate(a, fmt)
        for n in map(int, a.work.split(",")):
            duck = None if a.no_peer else a.events / run_duck(a, fmt, n)[0] / 1e6
            for workers in map(int, a.workers.split(",")):
                c, w = run_weir(a, fmt, n, workers)
                mine, wall = a.events / c / 1e6, a.events / w / 1e6
                peer = f"{duck:7.2f} {mine / duck:6.2f}" if duck else f"{'-':>7} {'-':>6}"
                answer = "  " + check(a, fmt, n) if a.check and workers == 1 else ""
                print(f"W{n:<4} {fmt:6} {workers:<7} {mine:7.2f} {wall:9.2f} {peer}{answer}", flush=True)


main()
