# SPDX-License-Identifier: Apache-2.0
"""The queries of tests/random killed at random moments, for tests/faults/run.

A job is some of the queries, each into a blackhole, whose checksum is part of its state and must come out as it does
without faults; those that only append also into files (CSV, JSON, Avro, packed, partitioned), whose rows must. Each
start has another parallelism, size of batches and of chunks.
"""
import collections
import importlib.machinery
import importlib.util
import json
import os
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
QUERIES_PER_JOB = 6
STARTS_MAX = 60
FORMATS = ["'format' = 'csv', 'csv.null-literal' = 'N'", "'format' = 'json'", "'format' = 'avro', 'avro.codec' = 'null'",
           "'format' = 'avro', 'avro.codec' = 'deflate'", "'format' = 'avro', 'avro.codec' = 'snappy'",
           "'format' = 'avro', 'avro.codec' = 'zstandard'"]


class Wrong(Exception):
    pass


def load_random():
    """tests/random/run as a module: its tables and queries."""
    path = os.path.join(os.path.dirname(HERE), "random", "run")
    loader = importlib.machinery.SourceFileLoader("tests_random_run", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def more_queries():
    """Aggregates that keep their values when rows are taken back."""
    return {"extremes_of_updates": "SELECT c, MAX(s) AS mx, MIN(s) AS mi, COUNT(DISTINCT s) AS d FROM (SELECT k, COUNT(*) AS c, SUM(v) "
            "AS s FROM a GROUP BY k) GROUP BY c;",
            "texts_of_updates": "SELECT c, MAX(t) AS mx, MIN(t) AS mi FROM (SELECT k, COUNT(*) AS c, MAX(g) AS t FROM a GROUP BY k) "
            "GROUP BY c;",
            "plain": "SELECT id, k, g, v, ts FROM a WHERE v > 0;"}


class Job:
    """Some queries over one set of tables, in a folder."""

    def __init__(self, weir, preload, module, rng):
        self.weir, self.preload, self.rng = weir, preload, rng
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a kill does not ask what is synced
        self.dir = tempfile.mkdtemp(prefix="weir-operators-", dir=memory)
        head, queries = module.read_queries()
        queries.update(more_queries())
        rows = {"a": 3000, "b": 1000, "r": 800}
        for name in rows:
            module.make_table(os.path.join(self.dir, name + ".csv"), rng, rows[name])
        self.head = "".join(module.create_table(self.dir, name) for name in rows) + head
        self.names = rng.sample(sorted(queries), QUERIES_PER_JOB)
        self.head += "".join("CREATE VIEW q_%s AS %s\n" % (n, queries[n].strip()) for n in self.names)
        self.tables, self.inserts, self.files = "", "", []
        for n in self.names:
            self.add_sinks(n)
        self.text = ("SET 'execution.runtime-mode' = 'streaming';\n" + self.head + self.tables +
                     "EXECUTE STATEMENT SET BEGIN\n" + self.inserts + "END;\n")

    def close(self):
        shutil.rmtree(self.dir, ignore_errors=True)

    def call(self, text, *args):
        with open(os.path.join(self.dir, "q.sql"), "w", encoding="utf-8") as f:
            f.write(text)
        p = subprocess.run([self.weir, *args, os.path.join(self.dir, "q.sql"), "--format", "jsonl"], capture_output=True,
                           text=True, timeout=120, check=False)
        return p.returncode, p.stdout, p.stderr

    def add_sinks(self, name):
        status, out, err = self.call(self.head + "DESCRIBE q_%s;" % name)
        if status:
            raise Wrong("%s: %s" % (name, err))
        described = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
        cols = []
        for d in described:
            d = d.get("row", d)
            values = list(d.values())
            cols.append((values[0], re.sub(r" \*\w+\*| NOT NULL", "", values[1])))
        columns = ", ".join("`%s` %s" % c for c in cols)
        self.tables += "CREATE TABLE hole_%s (%s) WITH ('connector' = 'blackhole');\n" % (name, columns)
        self.inserts += "INSERT INTO hole_%s SELECT * FROM q_%s;\n" % (name, name)
        partition = [c for c, t in cols if c in ("g", "rg", "k") and c != cols[0][0]] if self.rng.random() < 0.4 else []
        table = "CREATE TABLE files_%s (%s)%s WITH ('connector' = 'filesystem', 'path' = '%s/out/%s', %s);\n" % (
            name, columns, " PARTITIONED BY (`%s`)" % partition[0] if partition else "", self.dir, name, self.rng.choice(FORMATS))
        insert = "INSERT INTO files_%s SELECT * FROM q_%s;\n" % (name, name)
        if self.call("SET 'execution.runtime-mode' = 'streaming';\n" + self.head + table + insert, "check")[0]:
            return
        self.files.append(name)
        self.tables += table
        self.inserts += insert

    def start(self, state, settings, env=None):
        path = os.path.join(self.dir, "job.sql")
        with open(path, "w", encoding="utf-8") as f:
            f.write(self.text)
        cmd = [self.weir, "run", path] + (["--state", os.path.join(self.dir, "state")] if state else [])
        for item in settings.items():
            cmd += ["-D", "%s=%s" % item]
        return subprocess.Popen(cmd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)

    def settings(self):
        r = self.rng
        return {"parallelism.default": r.choice([1, 2, 3, 4]), "weir.batch.rows": r.choice([2, 16, 64, 2048]),
                "weir.source.chunk-bytes": r.choice([500, 2000, 8000]), "execution.checkpointing.interval": "15 ms"}

    def results(self, notes):
        """Checksums by query (workers added up), and the rows of files."""
        sums = collections.Counter()
        for name, checksum in re.findall(r"blackhole (?:\S+\.)?hole_(\w+): \d+ rows, checksum ([0-9a-f]+)", notes):
            sums[name] = (sums[name] + int(checksum, 16)) % 2**64
        rows = {}
        for name in self.files:
            status, out, err = self.call(self.tables + "SELECT * FROM files_%s;" % name)
            if status:
                raise Wrong("the files of %s cannot be read: %s" % (name, err))
            rows[name] = collections.Counter(out.splitlines())
        return sums, rows

    def clean(self):
        for name in ("out", "state"):
            shutil.rmtree(os.path.join(self.dir, name), ignore_errors=True)
        for name in self.files:
            os.makedirs(os.path.join(self.dir, "out", name))

    def finish(self, state, settings):
        p = self.start(state, settings)
        began = time.monotonic()
        out, err = p.communicate(timeout=120)
        if p.returncode:
            raise Wrong("exit status %d: %s" % (p.returncode, err[-800:]))
        return self.results(err), time.monotonic() - began

    def kill_until_done(self, whole, most):
        """Kills it again and again, then lets it end; the number of kills and the results."""
        kills = 0
        for _ in range(STARTS_MAX):
            env = None
            if kills < most and self.rng.random() < 0.5:
                env = dict(os.environ, LD_PRELOAD=self.preload, FAIL_AT=str(self.rng.randrange(1, 400)), FAIL_HOW="kill")
                env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "detect_leaks=0") + ":verify_asan_link_order=0"
            p = self.start(True, self.settings(), env)
            if kills < most and not env:
                time.sleep(self.rng.uniform(0.01, whole * 1.2))
                p.kill()
            out, err = p.communicate(timeout=120)
            if p.returncode == 0:
                return kills, self.results(err)
            if p.returncode != -signal.SIGKILL:
                raise Wrong("exit status %d: %s" % (p.returncode, err[-1500:]))
            kills += 1
        raise Wrong("no end after %d starts" % STARTS_MAX)


def differences(want, got):
    for name in want[0]:
        if want[0][name] != got[0].get(name):
            return "the changes of %s add up to something else" % name
    for name in want[1]:
        lost, more = want[1][name] - got[1][name], got[1][name] - want[1][name]
        if lost or more:
            return "files of %s: %d rows are lost %s, %d too many %s" % (
                name, sum(lost.values()), list(lost)[:2], sum(more.values()), list(more)[:2])
    return None


def run(weir, preload, seed, kills):
    """Kills that many times; what was done, as text."""
    module, done, jobs, tried = load_random(), 0, 0, set()
    while done < kills:
        job = Job(weir, preload, module, random.Random("%d %d" % (seed, jobs)))
        jobs += 1
        try:
            job.clean()
            want, whole = job.finish(False, {"parallelism.default": 1})
            job.clean()
            n, got = job.kill_until_done(whole, min(10, kills - done))
            wrong = differences(want, got)
            tried.update(job.names)
        except (Wrong, subprocess.TimeoutExpired) as e:
            wrong = str(e)
        if wrong:
            raise Wrong("job %d of seed %d (%s): %s; files are in %s" % (jobs, seed, ", ".join(job.names), wrong, job.dir))
        job.close()
        done += max(n, 1)
    return "%d kills, %d jobs, %d queries" % (done, jobs, len(tried))
