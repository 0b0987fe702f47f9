# SPDX-License-Identifier: Apache-2.0
"""Results: as Arrow, pandas, Polars and Python values; live changelogs; interrupts; jobs."""
import datetime
import decimal
import os
import signal
import threading
import time

import pandas
import polars
import pyarrow
import pytest

import weir

UTC = datetime.timezone.utc
ROWS = """
SELECT * FROM (VALUES
  (1, TRUE, CAST(-128 AS TINYINT), CAST(7 AS SMALLINT), CAST(9223372036854775807 AS BIGINT), CAST(0.5 AS FLOAT),
   2.5E0, CAST(-12.34 AS DECIMAL(10, 2)), 'ünï', x'00ff', DATE '1969-12-31', TIME '23:59:58',
   TIMESTAMP '1969-12-31 23:59:59.123456', TO_TIMESTAMP_LTZ(1500, 3), ARRAY['a', CAST(NULL AS STRING)], MAP['k', 1],
   CAST(ROW(1, 'q') AS ROW<a INT, b STRING>), INTERVAL '1 02:03:04.005' DAY TO SECOND),
  (2, CAST(NULL AS BOOLEAN), CAST(NULL AS TINYINT), CAST(NULL AS SMALLINT), CAST(NULL AS BIGINT), CAST(NULL AS FLOAT),
   CAST(NULL AS DOUBLE), CAST(NULL AS DECIMAL(10, 2)), CAST(NULL AS STRING), CAST(NULL AS BYTES), CAST(NULL AS DATE),
   CAST(NULL AS TIME), CAST(NULL AS TIMESTAMP(6)), CAST(NULL AS TIMESTAMP_LTZ(3)), CAST(NULL AS ARRAY<STRING>),
   CAST(NULL AS MAP<STRING, INT>), CAST(NULL AS ROW<a INT, b STRING>), CAST(NULL AS INTERVAL DAY TO SECOND(3)))
) AS t (id, b, t, s, l, f, d, dc, st, by, dt, ti, ts, tl, ar, m, r, iv) ORDER BY id
"""
FIRST = (1, True, -128, 7, 9223372036854775807, 0.5, 2.5, decimal.Decimal("-12.34"), "ünï", b"\0\xff",
         datetime.date(1969, 12, 31), datetime.time(23, 59, 58), datetime.datetime(1969, 12, 31, 23, 59, 59, 123456),
         datetime.datetime(1970, 1, 1, 0, 0, 1, 500000, tzinfo=UTC), ["a", None], {"k": 1}, {"a": 1, "b": "q"},
         datetime.timedelta(days=1, hours=2, minutes=3, seconds=4, milliseconds=5))


def test_python_values(session):
    assert session.query(ROWS).fetchall() == [FIRST, (2,) + (None,) * 17]
    first = session.query(ROWS).fetchone()
    assert [type(v) for v in first] == [type(v) for v in FIRST]


def test_arrow_values(session):
    table = session.query(ROWS).arrow()
    values = [list(row.values()) for row in table.to_pylist(maps_as_pydicts="strict")]
    assert tuple(values[0]) == FIRST and values[1] == [2] + [None] * 17
    assert table.schema.field("dc").type == pyarrow.decimal128(10, 2)
    assert table.schema.field("tl").type == pyarrow.timestamp("us", "UTC")
    table.validate(full=True)


def test_pyarrow_pandas_polars_take_a_result(session):
    sql = "SELECT n, n * 2 AS twice FROM (VALUES (1), (2)) AS t (n)"
    wanted = {"n": [1, 2], "twice": [2, 4]}
    assert pyarrow.table(session.query(sql)).to_pydict() == wanted
    assert pyarrow.RecordBatchReader.from_stream(session.query(sql)).read_all().to_pydict() == wanted
    assert polars.DataFrame(session.query(sql)).to_dict(as_series=False) == wanted
    assert session.query(sql).to_polars().to_dict(as_series=False) == wanted
    frame = session.query(sql).to_pandas()
    assert isinstance(frame, pandas.DataFrame) and frame.to_dict("list") == wanted
    assert pyarrow.schema(session.query(sql)).names == ["n", "twice"]
    result = session.query(sql)
    assert result.schema.names == ["n", "twice"] and result.columns[0] == ("n", "INT NOT NULL")
    assert [b.to_pydict() for b in result.batches()] == [wanted]


def test_zone(session):
    session.set("table.local-time-zone", "Europe/Berlin")
    (value,), = session.query("SELECT TO_TIMESTAMP_LTZ(0, 3)").fetchall()
    assert value == datetime.datetime(1970, 1, 1, tzinfo=UTC) and value.utcoffset() == datetime.timedelta(hours=1)
    assert session.query("SELECT TO_TIMESTAMP_LTZ(0, 3) AS t").schema.field("t").type.tz == "Europe/Berlin"


def test_no_rows(session):
    sql = "SELECT n FROM (VALUES (1)) AS t (n) WHERE n > 1"
    assert session.query(sql).fetchall() == [] and session.query(sql).fetchone() is None
    table = session.query(sql).arrow()
    assert table.num_rows == 0 and table.schema.names == ["n"]
    assert len(session.query(sql).to_pandas()) == 0 and len(session.query(sql).to_polars()) == 0


def test_rows_come_once(session):
    result = session.query("SELECT n FROM (VALUES (1), (2), (3)) AS t (n)")
    assert result.fetchone() == (1,) and result.fetchmany(1) == [(2,)]
    with pytest.raises(weir.Error, match="one by one"):
        result.arrow()
    assert result.fetchall() == [(3,)] and result.fetchone() is None
    with pytest.raises(weir.Error, match="were read already"):
        result.arrow()


def test_large(session):
    session.execute("CREATE TABLE big (n BIGINT, s STRING) WITH ('connector' = 'datagen', 'number-of-rows' = '300000', 'rows-per-second' = '100000000', "
                    "'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '300000')")
    table = session.query("SELECT n, s FROM big").arrow()
    assert table.num_rows == 300000 and pyarrow.compute.sum(table["n"]).as_py() == 300000 * 300001 // 2
    assert sum(row[0] for row in session.query("SELECT n FROM big")) == 300000 * 300001 // 2
    frame = session.query("SELECT n, s FROM big").to_polars()
    assert frame["n"].sum() == 300000 * 300001 // 2


def test_show_and_explain(session):
    session.execute("CREATE VIEW v AS SELECT 1 AS one")
    assert session.query("SHOW TABLES").fetchall() == [("v",)]
    (text,), = session.query("EXPLAIN SELECT one FROM v").fetchall()
    assert "\n" in text
    assert session.query("DESCRIBE v").to_pandas().iloc[0, 0] == "one"


# ---- changelogs ----

def counting(session):
    """An updating query over bounded rows."""
    session.execute("SET 'execution.runtime-mode' = 'streaming'")
    return "SELECT k, COUNT(*) AS n FROM (VALUES ('a'), ('b'), ('a')) AS t (k) GROUP BY k"


def test_changelog(session):
    sql = counting(session)
    session.set("weir.batch.rows", 1)
    session.set("parallelism.default", 1)
    result = session.query(sql)
    assert result.updating and result.bounded
    assert list(result.changes()) == [("+I", ("a", 1)), ("+I", ("b", 1)), ("-U", ("a", 1)), ("+U", ("a", 2))]
    assert session.query(sql).fetchall() == [("a", 2), ("b", 1)]
    assert session.query(sql).arrow().to_pylist() == [{"k": "a", "n": 2}, {"k": "b", "n": 1}]
    assert session.query(sql).to_polars().rows() == [("a", 2), ("b", 1)]
    assert polars.DataFrame(session.query(sql)).rows() == [("a", 2), ("b", 1)]
    with pytest.raises(weir.Error, match="changes\\(\\)"):
        next(iter(session.query(sql)))
    table = session.query(sql, change_column="kind").arrow()
    assert table.column_names == ["kind", "k", "n"]
    assert table["kind"].to_pylist() == ["+I", "+I", "-U", "+U"]
    assert list(session.query(sql, change_column="op"))[0] == ("+I", "a", 1)


def test_change_column_of_appends(session):
    result = session.query("SELECT 1 AS a", change_column="op")
    assert not result.updating and result.arrow().to_pylist() == [{"op": "+I", "a": 1}]
    assert list(session.query("SELECT 1 AS a").changes()) == [("+I", (1,))]


def test_live_changes_with_timeout(ticks):
    result = ticks.query("SELECT COUNT(*) FROM ticks")
    assert not result.bounded and result.status == "running"
    seen = []
    for op, row in result.changes():
        seen.append(op)
        if len(seen) == 5:
            break
    assert seen == ["+I", "-U", "+U", "-U", "+U"]
    assert next(result.changes()).op == "-U"  # goes on where it was
    none = ticks.query("SELECT n FROM ticks WHERE n IS NULL")
    began = time.monotonic()
    assert list(none.changes(timeout=0.2)) == []
    assert 0.15 < time.monotonic() - began < 5
    assert none.progress().rows_in > 0


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("read", ["changes", "fetchall", "arrow", "to_polars", "pyarrow.table", "wait", "execute"])
def test_interrupt(ticks, read, workers):
    """Ctrl-C works at once, wherever it comes. What reads a stream of ours has an error of its own for it."""
    ticks.set("parallelism.default", workers)
    sql = "SELECT n FROM ticks WHERE n IS NULL"
    result = ticks.query(sql)
    calls = {"changes": lambda: list(result.changes()), "pyarrow.table": lambda: pyarrow.table(result),
             "execute": lambda: ticks.execute(sql)}
    timer = threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    began = time.monotonic()
    with pytest.raises((KeyboardInterrupt, OSError), match="interrupted" if read == "pyarrow.table" else None):
        calls.get(read, getattr(result, read, None))()
        time.sleep(5)
    assert time.monotonic() - began < 2
    timer.join()
    assert ticks.query("SELECT 1").fetchall() == [(1,)]


def test_interrupts_lose_nothing(session):
    """A hundred interrupts at any moment, and each row comes once."""
    session.execute("CREATE TABLE seq (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '100000', "
                    "'fields.n.kind' = 'sequence', 'fields.n.start' = '0', 'fields.n.end' = '1000000000')")
    session.set("weir.batch.rows", 16)
    result = session.query("SELECT n FROM seq")
    seen, armed = [], threading.Semaphore(0)

    def interrupt():
        for _ in range(100):
            armed.acquire()
            time.sleep(0.003)
            os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    for _ in range(100):  # one signal a round, and the loop does not end otherwise
        try:
            armed.release()
            for row in result:
                seen.append(row[0])
        except KeyboardInterrupt:
            pass
    thread.join()
    assert seen[0] == 0 and len(seen) > 100
    missing = sum(b - a - 1 for a, b in zip(seen, seen[1:]))
    assert 0 <= missing <= 2 and sorted(set(seen)) == seen  # one may come between the row and append()


def test_abandoned_streams(session):
    """Streams that are dropped before their end, and the handler for SIGINT that was there."""
    before = signal.getsignal(signal.SIGINT)
    with weir.connect() as other:
        reader = pyarrow.RecordBatchReader.from_stream(other.query("SELECT 1 AS a"))
        assert reader.schema.names == ["a"]
        late = other.query("SELECT 2 AS a").__arrow_c_stream__()
    with pytest.raises(Exception, match="closed"):
        pyarrow.RecordBatchReader._import_from_c_capsule(late)
    assert reader.read_all().num_rows == 0
    del reader
    assert pyarrow.table(session.query("SELECT 3 AS a")).to_pydict() == {"a": [3]}
    assert signal.getsignal(signal.SIGINT) is before


def test_months(session):
    sql = "SELECT INTERVAL '14' MONTH AS m"
    assert session.query(sql).fetchall() == [(14,)]
    for take in (session.query(sql).to_pandas, session.query(sql).to_polars):
        with pytest.raises(weir.Error, match="column m"):
            take()


@pytest.mark.parametrize("workers", [1, 2])
def test_cancel_and_stop(ticks, workers):
    ticks.set("parallelism.default", workers)
    result = ticks.query("SELECT n FROM ticks")
    threading.Timer(0.2, result.cancel).start()
    with pytest.raises(weir.RunError) as caught:
        result.fetchall()
    assert caught.value.code == "57014" and result.status == "cancelled"
    result = ticks.query("SELECT n FROM ticks")
    threading.Timer(0.2, result.stop).start()
    rows = result.fetchall()
    assert rows and result.status == "stopped"


def test_close_while_another_thread_reads(ticks):
    result = ticks.query("SELECT n FROM ticks")
    threading.Timer(0.2, ticks.close).start()
    with pytest.raises(weir.Error, match="closed"):
        for _ in result:
            pass


# ---- jobs ----

def test_job(ticks):
    ticks.execute("CREATE TABLE hole (n BIGINT) WITH ('connector' = 'blackhole')")
    with ticks.submit("INSERT INTO hole SELECT n FROM ticks") as job:
        assert job.id and not job.bounded
        assert not job.wait(timeout=0.2)
        assert job.status == "running" and job.progress().rows_in > 0
        assert [row[0] for row in ticks.query("SHOW JOBS").fetchall()] == [job.id]
        job.stop()
        assert job.wait(timeout=20)
        assert job.status == "stopped"
    with pytest.raises(weir.Error, match="submit"):
        ticks.query("INSERT INTO hole SELECT n FROM ticks")
    with pytest.raises(weir.Error, match="no INSERT"):
        ticks.submit("SELECT n FROM ticks")


def test_insert_is_waited_for(session, tmp_path):
    session.execute(f"""
        CREATE TABLE out (n INT) WITH ('connector' = 'filesystem', 'path' = '{tmp_path}/out', 'format' = 'csv');
        INSERT INTO out SELECT n FROM (VALUES (1), (2)) AS t (n);
        INSERT INTO out SELECT n FROM (VALUES (3)) AS t (n)""")
    assert sorted(session.query("SELECT n FROM out").fetchall()) == [(1,), (2,), (3,)]


def test_script(session, tmp_path):
    sql = f"""
        CREATE TABLE out (n INT) WITH ('connector' = 'filesystem', 'path' = '{tmp_path}/out', 'format' = 'csv');
        INSERT INTO out SELECT n FROM (VALUES (1), (2)) AS t (n);"""
    assert [type(p) for p in session.run(sql, state_dir=tmp_path / "state")] == [weir.Job]
    with weir.connect() as other:
        for job in other.run(sql, state_dir=tmp_path / "state"):
            job.wait()
            assert job.status == "was finished"
    session.check("SELECT n FROM out")
    with pytest.raises(weir.SQLError):
        session.check("SELECT m FROM out")
