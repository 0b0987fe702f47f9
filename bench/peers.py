# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks share: CPU seconds of a command, and Apache Flink 2.3.0 kept running to be measured beside Weir.

Flink runs in one JVM with one cluster, at parallelism 1, with object reuse and heap state (bench/flink/FlinkBench.java;
its jars are those of tests/flink). Its figure leaves out all that a short job has to pay: a job is run over a tiny input
first, twice, and the CPU seconds of the second are taken off; of the repeats in the warm JVM the best counts. What is
measured is the process, so compiling hot code and collecting garbage are in it. Weir's figure is that of a whole new
process, start-up included.
"""
import hashlib
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OPENS = ("lang", "lang.reflect", "io", "net", "nio", "text", "time", "util", "util.concurrent", "util.concurrent.atomic",
         "util.concurrent.locks")


def cpu(command, **kw):
    """Runs a command; CPU seconds of it and its children, wall seconds, and what it said."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    p = subprocess.run([str(c) for c in command], capture_output=True, text=True, **kw)
    wall, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if p.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{p.stdout}{p.stderr}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, p


def made_once(a, name, script, values, where):
    """The folder a.dir/name, filled by a script of SQL that gets its path as ${where}; kept for the next run."""
    folder, part = a.dir / name, a.dir / f"{name}.part"
    if not folder.exists():
        shutil.rmtree(part, ignore_errors=True)
        cpu([a.weir, "run", script, *definitions({**values, where: part})])
        part.rename(folder)
    return folder


def fill(text, values):
    """SQL with its ${NAME}s replaced, as weir does with -D."""
    return re.sub(r"\$\{(\w+)\}", lambda m: str(values[m.group(1)]), text)


def lines(folder):
    """All lines of a folder of files, sorted; hidden files are left out."""
    files = [f for f in folder.rglob("*") if f.is_file() and f.name[0] not in "._"]
    return sorted(line for f in files for line in f.read_text().splitlines())


def difference(mine, theirs):
    """What to say about two sorted lists of rows."""
    if mine == theirs:
        return f"same answer, {len(mine)} rows"
    missing, extra = set(theirs) - set(mine), set(mine) - set(theirs)
    show = "".join(f"\n    {who}: {sorted(rows)[0][:300]}" for who, rows in (("Flink", missing), ("Weir", extra)) if rows)
    return f"ANSWERS DIFFER: {len(missing)} of {len(theirs)} rows missing, {len(extra)} extra{show}"


def definitions(values):
    return [x for k, v in values.items() for x in ("-D", f"{k}={v}")]


def compiled(lib, sources, service):
    """A jar of Java sources, made again when they change."""
    text = b"".join(s.read_bytes() for s in sources)
    jar = Path(lib).parent / f"bench-{hashlib.sha256(text).hexdigest()[:12]}.jar"
    if not jar.exists():
        with tempfile.TemporaryDirectory() as work:
            subprocess.run(["javac", "-nowarn", "-encoding", "UTF-8", "-d", work, "-cp", f"{lib}/*", *sources], check=True)
            services = Path(work, "META-INF/services")
            services.mkdir(parents=True)
            (services / "org.apache.flink.core.execution.PipelineExecutorFactory").write_text(service + "\n")
            part = f"{jar}.{os.getpid()}"
            subprocess.run(["jar", "cf", part, "-C", work, "."], check=True)
            os.replace(part, jar)
    return jar


class Flink:
    """A running Flink: use it in a with statement, which ends its process."""

    def __init__(self, heap="4g", **options):
        lib = subprocess.run([ROOT / "tests/flink/run-flink", "--jars"], stdout=subprocess.PIPE, text=True,
                             check=True).stdout.strip()
        jar = compiled(lib, [HERE / "flink/FlinkBench.java"], "FlinkBench$Executors")
        self.dir = tempfile.TemporaryDirectory(prefix="weir-bench-flink-")
        log = f"file:{ROOT}/tests/flink/runner/log4j2.properties"
        opens = [f"--add-opens=java.base/java.{p}=ALL-UNNAMED" for p in OPENS]
        given = [f"{k.replace('__', '.').replace('_', '-')}={v}" for k, v in options.items()]
        self.errors = open(Path(self.dir.name, "log"), "w+")
        self.process = subprocess.Popen(
            ["java", f"-Xms{heap}", f"-Xmx{heap}", "-XX:+UseParallelGC", "-Duser.timezone=UTC",
             f"-Dlog4j2.configurationFile={log}", *opens, "-cp", f"{jar}:{lib}/*", "FlinkBench", *given],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.dir.cleanup()

    def run(self, sql):
        """Runs a file's text; CPU seconds, wall seconds, peak of resident memory in MB."""
        path = Path(self.dir.name, "run.sql")
        path.write_text(sql)
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer or answer[0] != "done":
            self.errors.flush()
            sys.exit(f"Flink: {' '.join(answer) or 'ended'}\n{Path(self.errors.name).read_text()[-2000:]}")
        return float(answer[1]), float(answer[2]), int(answer[3])

    def fixed(self, tiny):
        """What a job costs before its first row: CPU seconds of one over a tiny input that has run before."""
        return min(self.run(tiny)[0] for _ in range(2))


def flink_rows(scripts):
    """The final rows of the last query of each text as Flink gives them: sorted lists of JSON lines."""
    with tempfile.TemporaryDirectory(prefix="weir-bench-flink-") as d:
        files = []
        for i, text in enumerate(scripts):
            files.append(Path(d, f"{i}.sql"))
            files[-1].write_text(text)
        out = subprocess.run([ROOT / "tests/flink/run-flink", "--print", *files], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True)
    if out.returncode:
        sys.exit(out.stderr)
    parts = re.split(r"(?m)^-- \d+.*\n", out.stdout)[1:]
    if len(parts) != len(scripts) or any(p.startswith("!error") for p in parts):
        sys.exit(out.stderr)
    return [sorted(p.splitlines()) for p in parts]
