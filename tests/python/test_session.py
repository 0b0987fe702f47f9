# SPDX-License-Identifier: Apache-2.0
"""Sessions, statements, errors, the catalog, and what happens to closed things."""
import decimal
import gc
import os
import pickle
import subprocess
import sys
import threading
import weakref

import pyarrow
import pytest

import weir


def test_settings(session):
    session.set("parallelism.default", 2)
    assert session.setting("parallelism.default") == "2"
    with weir.connect({"table.local-time-zone": "Europe/Berlin"}, parallelism_default=1) as other:
        assert other.setting("table.local-time-zone") == "Europe/Berlin"
        assert other.setting("parallelism.default") == "1"
    with pytest.raises(weir.Error):
        weir.connect(no_such_setting=1)
    session.define("WHAT", "7")
    assert session.query("SELECT ${WHAT}").fetchall() == [(7,)]


def test_statements_of_a_text(session):
    rows = session.query("CREATE VIEW v AS SELECT 5 AS five; SELECT five FROM v; -- the end\n").fetchall()
    assert rows == [(5,)]
    assert session.sql("CREATE VIEW w AS SELECT 6 AS six") is None
    assert session.sql("SELECT six FROM w").fetchall() == [(6,)]
    assert [t.name for t in session.tables()] == ["v", "w"]
    with pytest.raises(weir.Error, match="gives no rows"):
        session.query("CREATE VIEW x AS SELECT 1 AS a")
    with pytest.raises(weir.Error, match="no statement"):
        session.query(" -- nothing\n")


def test_parameters(session):
    row = session.query("SELECT ? + 1, ?, ?, CAST(? AS STRING), CAST(? AS DECIMAL(5, 2))",
                        [41, "héllo", True, None, decimal.Decimal("1.25")]).fetchone()
    assert row == (42, "héllo", True, None, decimal.Decimal("1.25"))
    with session.prepare("SELECT ? * 2.5E0") as twice:
        assert twice.parameters == 1
        assert [twice.query([x]).fetchall() for x in (1, 2.0, -4)] == [[(2.5,)], [(5.0,)], [(-10.0,)]]
        with pytest.raises(weir.Error, match="1 parameters, but 0"):
            twice.query()
        with pytest.raises(weir.Error, match="BIGINT"):
            twice.query([1 << 63])
        with pytest.raises(weir.Error, match="object"):
            twice.query([object()])
    with pytest.raises(weir.Error, match="closed"):
        twice.query([1])


def test_error_with_place(session):
    with pytest.raises(weir.SQLError) as caught:
        session.query("SELECT 'äöü' AS a,\n       UPPR('x')")
    e = caught.value
    assert (e.code, e.name, e.line, e.column) == ("42883", "UNKNOWN_FUNCTION", 2, 8)
    assert e.sql[e.offset:e.offset + e.length] == "UPPR('x')"
    assert e.hint == "did you mean UPPER?"
    assert not e.retriable and not e.fatal
    assert str(e) == ("there is no function 'UPPR'\n"
                      "  --> line 2, column 8\n"
                      "2 |        UPPR('x')\n"
                      "  |        ^^^^^^^^^\n"
                      "hint: did you mean UPPER?")
    again = pickle.loads(pickle.dumps(e))
    assert type(again) is weir.SQLError and str(again) == str(e) and again.column == 8


def test_error_while_running(session):
    result = session.query("SELECT 1 / (n - 3) FROM (VALUES (1), (3)) AS t (n)")
    with pytest.raises(weir.RunError) as caught:
        result.fetchall()
    assert "zero" in caught.value.text
    result = session.query("SELECT 1 / (n - 3) FROM (VALUES (1), (3)) AS t (n)")
    with pytest.raises(weir.RunError, match="zero"):
        result.arrow()


def test_catalog(session):
    session.execute("""
        CREATE TABLE plays (id STRING, ts TIMESTAMP_LTZ(3), up AS UPPER(id), WATERMARK FOR ts AS ts,
                            PRIMARY KEY (id) NOT ENFORCED)
        WITH ('connector' = 'datagen')""")
    assert session.tables() == [("default_catalog", "default_database", "plays", "TABLE", "datagen")]
    columns = session.columns("plays")
    assert [c.name for c in columns] == ["id", "ts", "up"]
    assert columns[0].key == "PRIMARY KEY" and columns[1].time == "ROWTIME" and columns[2].extras.startswith("AS ")
    with pytest.raises(weir.Error, match="nothing_here"):
        session.columns("nothing_here")
    assert any(f.name == "UPPER" for f in session.functions())
    words = session.complete("SELECT 'ä', i FROM plays", 13)
    assert [(w.text, w.kind, w.start) for w in words if w.kind == "column"] == [("id", "column", 12)]


def test_closed_things(session):
    result = session.query("SELECT 1")
    result.close()
    result.close()
    for use in (result.fetchall, result.arrow, result.progress, result.cancel, lambda: result.status):
        with pytest.raises(weir.Error, match="closed"):
            use()
    assert "closed" in repr(result)
    statement = session.prepare("SELECT 1")
    other = session.query("SELECT 2")
    session.close()
    session.close()
    for use in (session.tables, lambda: session.query("SELECT 1"), statement.query, other.fetchall):
        with pytest.raises(weir.Error, match="closed"):
            use()
    assert session.closed and other.closed


def test_order_of_garbage():
    """Results keep what they need; what is forgotten goes, in whatever order."""
    result = weir.connect().query("SELECT n FROM (VALUES (1), (2)) AS t (n)")
    gc.collect()
    assert result.fetchall() == [(1,), (2,)]
    table = weir.connect().query("SELECT 'kept' AS k").arrow()
    gc.collect()
    assert table.to_pylist() == [{"k": "kept"}]
    session = weir.connect()
    ring = [session, session.query("SELECT 1"), session.prepare("SELECT 2")]
    ring.append(ring)
    died = weakref.ref(session)
    capsule = session.query("SELECT 3").__arrow_c_stream__()
    del session, ring
    gc.collect()
    assert died() is not None  # the capsule's result needs it
    del capsule
    gc.collect()
    pyarrow.table(weir.connect().query("SELECT 4"))  # clears what capsules held
    for _ in range(50):  # running queries, dropped
        s = weir.connect()
        s.execute("CREATE TABLE t (n BIGINT) WITH ('connector' = 'datagen')")
        s.query("SELECT n FROM t").fetchmany(3)
    gc.collect()


def test_two_sessions_in_two_threads():
    rows = {}

    def work(k):
        with weir.connect() as s:
            s.execute(f"CREATE VIEW v AS SELECT n * {k} AS n FROM (VALUES (1), (2), (3)) AS t (n)")
            rows[k] = [s.query("SELECT SUM(n) FROM v").fetchall() for _ in range(50)]

    threads = [threading.Thread(target=work, args=(k,)) for k in (1, 10)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert rows == {1: [[(6,)]] * 50, 10: [[(60,)]] * 50}


def test_one_session_in_two_threads(ticks):
    """Calls wait for each other; while one waits for rows the other gets its turn."""
    result = ticks.query("SELECT n FROM ticks")
    done = threading.Event()

    def look():
        for _ in range(20):
            assert len(ticks.tables()) == 1
        done.set()

    thread = threading.Thread(target=look)
    thread.start()
    for _ in result:
        if done.is_set():
            break
    thread.join()


def test_log_and_late_rows(tmp_path):
    (tmp_path / "late.csv").write_text("2020-01-01 00:10:00\n2020-01-01 00:20:00\n2020-01-01 00:00:01\n")
    lines, late = [], []
    with weir.connect(log=lines.append, late_rows=lambda name, rows: late.append((name, rows)),
                      parallelism_default=1) as s:
        s.set("weir.batch.rows", 1)
        s.execute(f"""CREATE TABLE t (ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
                      WITH ('connector' = 'filesystem', 'path' = '{tmp_path}/late.csv', 'format' = 'csv')""")
        s.execute("SET 'execution.runtime-mode' = 'streaming'")
        s.query("SELECT window_end, COUNT(*) FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) "
                "GROUP BY window_start, window_end").fetchall()
    assert sum(rows for _, rows in late) == 1


def test_library_is_looked_for():
    def run(library):
        env = dict(os.environ, WEIR_LIBRARY=library)
        return subprocess.run([sys.executable, "-c", "import weir; weir.connect()"], env=env, text=True,
                              stderr=subprocess.PIPE, check=False).stderr
    assert "WEIR_LIBRARY" in run("/nowhere/libweir.so")
    assert "is not libweir" in run("libc.so.6")


def test_exit_while_jobs_run():
    """Python ends though threads of the library are at work, and though capsules are about."""
    text = """
import weir
s = weir.connect(parallelism_default=2)
s.execute("CREATE TABLE t (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '100')")
s.execute("CREATE TABLE b (n BIGINT) WITH ('connector' = 'blackhole')")
j = s.submit("INSERT INTO b SELECT n FROM t")
r = s.query("SELECT COUNT(*) FROM t")
print(next(r.changes()).op)
c = s.query("SELECT 1").__arrow_c_stream__()
"""
    done = subprocess.run([sys.executable, "-c", text], text=True, stdout=subprocess.PIPE, check=False, timeout=50)
    assert (done.returncode, done.stdout) == (0, "+I\n")


def test_types():
    """The annotations hold."""
    folder = os.path.join(os.path.dirname(__file__), "..", "..", "python")
    done = subprocess.run([sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--cache-dir", os.devnull, "weir"],
                          cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    assert done.returncode == 0, done.stdout
