# SPDX-License-Identifier: Apache-2.0
"""Rows pushed into stream tables: all layouts of the types, watermarks, ends, room, threads."""
import datetime
import decimal
import threading
import time

import pandas
import polars
import pyarrow
import pytest

import weir

UTC = datetime.timezone.utc


@pytest.fixture
def metrics(session):
    session.execute("CREATE TABLE m (host STRING, ms BIGINT) WITH ('connector' = 'stream')")
    return session


def collect(session, sql, table, *data):
    """The rows of a query after all data were pushed."""
    result = session.query(sql)
    with session.input(table) as i:
        for d in data:
            i.push(d)
    return result.fetchall()


def test_push(metrics):
    result = metrics.query("SELECT host, ms FROM m WHERE ms > ?", [500])
    with metrics.input("m") as m:
        assert m.table == "m"
        assert m.push(pyarrow.table({"host": ["a", "b"], "ms": [700, 20]})) == 2
        assert m.push(pyarrow.record_batch({"ms": [900], "host": ["c"]})) == 1
        assert result.fetchmany(2) == [("a", 700), ("c", 900)]
        m.push(pyarrow.table({"ms": [1000], "more": [1]}))
    assert result.fetchall() == [(None, 1000)]
    with pytest.raises(weir.Error, match="closed"):
        m.push(pyarrow.table({"ms": [1]}))
    m.close()


STRINGS = ["a", None, "a string of more than twelve bytes", "", "ü"]


@pytest.mark.parametrize("kind", [
    pyarrow.string(), pyarrow.large_string(), pyarrow.string_view(), pyarrow.dictionary(pyarrow.int8(), pyarrow.string()),
    pyarrow.dictionary(pyarrow.int32(), pyarrow.large_string())], ids=str)
def test_layouts_of_strings(metrics, kind):
    table = pyarrow.table({"host": pyarrow.array(STRINGS, pyarrow.string()).cast(kind), "ms": range(5)})
    rows = list(zip(STRINGS, range(5)))
    assert collect(metrics, "SELECT host, ms FROM m", "m", table, table.slice(1, 3)) == rows + rows[1:4]


@pytest.mark.parametrize("make", [
    pandas.DataFrame, polars.DataFrame, pyarrow.table, lambda d: polars.DataFrame(d).with_columns(
        polars.col("host").cast(polars.Categorical)), lambda d: pandas.DataFrame(d).astype({"host": "category"}),
    lambda d: [dict(zip(d, row)) for row in zip(*d.values())]],
    ids=["pandas", "polars", "pyarrow", "polars categories", "pandas categories", "dicts"])
def test_frames(metrics, make):
    data = {"host": ["a", "b", "a"], "ms": [1, 2, 3]}
    assert collect(metrics, "SELECT host, ms FROM m", "m", make(data)) == [("a", 1), ("b", 2), ("a", 3)]


def test_another_layout_in_the_middle(metrics):
    text = pyarrow.table({"host": ["a"], "ms": [1]})
    large = text.set_column(0, "host", pyarrow.array(["b"], pyarrow.large_string()))
    assert collect(metrics, "SELECT host FROM m", "m", text, large, text) == [("a",), ("b",), ("a",)]


def test_all_types(session):
    session.execute("""
        CREATE TABLE t (b BOOLEAN, t TINYINT, s SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, dc DECIMAL(10, 2),
                        st STRING, by BYTES, dt DATE, ti TIME, ts TIMESTAMP(6), tl TIMESTAMP_LTZ(3), ar ARRAY<STRING>,
                        m MAP<STRING, INT>, r ROW<a INT, b STRING>) WITH ('connector' = 'stream')""")
    first = {"b": True, "t": -1, "s": 2, "i": 3, "l": 1 << 40, "f": 0.5, "d": 0.1, "dc": decimal.Decimal("-1.25"),
             "st": "ü", "by": b"\0\1", "dt": datetime.date(1960, 1, 2), "ti": datetime.time(1, 2, 3),
             "ts": datetime.datetime(2020, 1, 2, 3, 4, 5, 678901),
             "tl": datetime.datetime(2020, 1, 2, 3, 4, 5, 678000, UTC), "ar": ["x", None], "m": {"k": 1},
             "r": {"a": 1, "b": "q"}}
    rows = [first, dict.fromkeys(first)]
    assert collect(session, "SELECT * FROM t", "t", rows) == [tuple(r.values()) for r in rows]
    # a result goes in as it comes out
    session.execute("CREATE TABLE u LIKE t")
    again = session.query("SELECT * FROM t")
    copy = session.query("SELECT * FROM u")
    with session.input("t") as i:
        i.push(rows)
    with session.input("u") as i:
        assert i.push(again) == 2
    assert copy.fetchall() == [tuple(r.values()) for r in rows]


def test_wrong_data(metrics):
    with pytest.raises(weir.SQLError, match="nothing_here"):
        metrics.input("nothing_here")
    metrics.execute("CREATE TABLE d (n INT) WITH ('connector' = 'datagen')")
    with pytest.raises(weir.Error, match="stream"):
        metrics.input("d")
    with metrics.input("m") as m:
        with pytest.raises(weir.Error, match="ms"):
            m.push(pyarrow.table({"ms": ["text"]}))
        with pytest.raises(weir.Error, match="cannot be read as Arrow"):
            m.push(7)
        with pytest.raises(weir.Error, match="no columns"):
            m.push(pyarrow.array([1]))
        assert m.push(pyarrow.table({"ms": [1]})) == 1  # goes on
        m.end()
        with pytest.raises(weir.Error):
            m.push(pyarrow.table({"ms": [1]}))


def test_watermark(session):
    session.execute("""CREATE TABLE e (ts TIMESTAMP_LTZ(3), WATERMARK FOR ts AS SOURCE_WATERMARK())
                       WITH ('connector' = 'stream')""")
    result = session.query("SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), "
                           "INTERVAL '1' MINUTE)) GROUP BY window_start, window_end")
    minute = [datetime.datetime(2020, 1, 1, 0, m, tzinfo=UTC) for m in range(3)]
    with session.input("e") as e:
        e.push([{"ts": minute[0]}, {"ts": minute[0]}, {"ts": minute[1]}])
        assert list(result.changes(timeout=0.1)) == []
        e.watermark(minute[1])
        (op, row), = result.changes(timeout=0.5)
        assert op == "+I" and row[1] == 2
        e.watermark(int(minute[2].timestamp()) * 1_000_000)
        (op, row), = result.changes(timeout=0.5)
        assert row[1] == 1


def test_room(metrics):
    metrics.set("weir.stream.buffer-bytes", "64 kb")
    result = metrics.query("SELECT ms FROM m")
    batch = pyarrow.record_batch({"ms": range(10000)})
    with metrics.input("m") as m:
        pushed = [m.push(batch, wait=False) for _ in range(5)]
        assert pushed[0] == 10000 and pushed[-1] == 0
        began = time.monotonic()
        assert m.push(batch, timeout=0.1) == 0
        assert time.monotonic() - began >= 0.1
        many = pyarrow.Table.from_batches([batch] * 3)
        assert len(result.fetchmany(sum(pushed))) == sum(pushed)
        taken = m.push(many, wait=False)
        assert taken in (10000, 20000)
        thread = threading.Thread(target=lambda: result.fetchmany(taken + 30000))
        thread.start()
        assert m.push(many) == 30000  # waits for the reader
        thread.join()


@pytest.mark.parametrize("workers", [1, 2])
def test_live_changelog_while_another_thread_pushes(metrics, workers):
    metrics.set("parallelism.default", workers)
    result = metrics.query("SELECT host, COUNT(*) AS n FROM m GROUP BY host")

    def push():
        with metrics.input("m") as m:
            for k in range(200):
                m.push(pyarrow.table({"host": ["a", "b"], "ms": [k, k]}))
                if k % 50 == 0:
                    time.sleep(0.01)

    thread = threading.Thread(target=push)
    thread.start()
    counts = {}
    for op, (host, n) in result.changes():
        if op in ("+I", "+U"):
            counts[host] = n
    thread.join()
    assert counts == {"a": 200, "b": 200} and result.status == "finished"


def test_input_and_session_end(metrics):
    m = metrics.input("m")
    result = metrics.query("SELECT ms FROM m")
    m.push(pyarrow.table({"ms": [1]}))
    del m  # a forgotten input ends its table
    assert result.fetchall() == [(1,)]
    m = metrics.input("m")
    metrics.close()
    with pytest.raises(weir.Error, match="closed"):
        m.push(pyarrow.table({"ms": [1]}))
    m.close()


def test_data_live_until_they_were_read(metrics):
    """What was pushed is read in place: its memory stays until then, and goes afterwards."""
    before = pyarrow.total_allocated_bytes()
    result = metrics.query("SELECT SUM(ms) FROM m", change_column="op")
    with metrics.input("m") as m:
        for _ in range(10):
            m.push(pyarrow.table({"ms": pyarrow.array(range(100000))}))
    assert result.fetchall()[-1][1] == 10 * 100000 * 99999 // 2
    del result
    metrics.query("SELECT 1").fetchall()
    assert pyarrow.total_allocated_bytes() - before < 1_000_000


def test_register(session):
    frame = polars.DataFrame({"country": ["IN", "DE", "IN"], "ms": [700, 20, 900], "ok": [True, None, False]})
    session.register("plays", frame)
    for _ in range(2):
        assert sorted(session.query("SELECT country, SUM(ms) FROM plays GROUP BY country").fetchall()) == [
            ("DE", 20), ("IN", 1600)]
    sql = "SELECT a.ms, b.ms FROM plays AS a JOIN plays AS b ON a.country = b.country WHERE a.ms < b.ms"
    assert session.query(sql).fetchall() == [(700, 900)]
    session.register("plays", pandas.DataFrame({"n": [1, 2]}))
    assert session.query("SELECT SUM(n) FROM plays").fetchall() == [(3,)]
    session.register("odd `name`", pyarrow.table({"a b": [1]}))
    assert session.query("SELECT `a b` FROM `odd ``name```").fetchall() == [(1,)]
    big = pyarrow.table({"n": range(3_000_000)})  # more than may wait in a stream table
    session.set("weir.stream.buffer-bytes", "1 mb")
    session.register("big", big)
    assert session.query("SELECT COUNT(*), MAX(n) FROM big").fetchall() == [(3_000_000, 2_999_999)]
    with pytest.raises(weir.Error, match="halffloat|'e'"):
        session.register("h", pyarrow.table({"h": pyarrow.array([1.0]).cast(pyarrow.float16())}))


def test_all_arrow_types_have_a_sql_type(session):
    types = [pyarrow.bool_(), pyarrow.int8(), pyarrow.uint8(), pyarrow.uint16(), pyarrow.uint32(), pyarrow.uint64(),
             pyarrow.float32(), pyarrow.float64(), pyarrow.decimal128(12, 3), pyarrow.decimal256(38, 3),
             pyarrow.string(), pyarrow.large_string(), pyarrow.string_view(), pyarrow.binary(), pyarrow.large_binary(),
             pyarrow.binary_view(), pyarrow.binary(3), pyarrow.date32(), pyarrow.date64(), pyarrow.time32("s"),
             pyarrow.time32("ms"), pyarrow.time64("us"), pyarrow.timestamp("s"), pyarrow.timestamp("ms"),
             pyarrow.timestamp("us"), pyarrow.timestamp("ns"), pyarrow.timestamp("ms", "UTC"),
             pyarrow.timestamp("ns", "Europe/Paris"), pyarrow.duration("ms"), pyarrow.duration("us"),
             pyarrow.list_(pyarrow.int32()), pyarrow.large_list(pyarrow.string()), pyarrow.list_(pyarrow.int8(), 2),
             pyarrow.map_(pyarrow.string(), pyarrow.int64()), pyarrow.struct({"a": pyarrow.int32(), "b c": pyarrow.string()}),
             pyarrow.dictionary(pyarrow.int16(), pyarrow.string()), pyarrow.null()]
    schema = pyarrow.schema([(f"c{i}", t) for i, t in enumerate(types)])
    session.register("t", schema.empty_table())
    assert session.query("SELECT * FROM t").fetchall() == []
    nulls = pyarrow.table([pyarrow.nulls(1, t) for t in types], schema=schema)
    session.register("t", nulls)
    assert session.query("SELECT * FROM t").fetchall() == [(None,) * len(types)]


def test_values_through_register(session):
    values = {"d": [datetime.timedelta(days=40, microseconds=5)], "s": [datetime.datetime(2020, 1, 1, 2, 3, 4, 567891)],
              "f": [[1.5, None]], "dc": [decimal.Decimal("1.234")], "r": [{"a": {"b": [1]}}], "t": [datetime.time(1, 2)]}
    table = pyarrow.table(values)
    session.register("v", table)
    assert session.query("SELECT d, s, f, dc, r, t FROM v").fetchall() == [tuple(v[0] for v in values.values())]


def test_stream(session):
    schema = pyarrow.schema([("ts", pyarrow.timestamp("ms", "UTC")), ("n", pyarrow.int32())])
    with session.stream("e", schema, watermark="ts AS ts - INTERVAL '1' SECOND") as e:
        assert [(c.name, c.type, c.time) for c in session.columns("e")] == [
            ("ts", "TIMESTAMP_LTZ(3)", "ROWTIME"), ("n", "INT", None)]
        result = session.query("SELECT COUNT(*) FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) "
                               "GROUP BY window_start, window_end")
        times = [datetime.datetime(2020, 1, 1, 0, m, tzinfo=UTC) for m in (0, 0, 1, 2)]
        e.push([{"ts": t, "n": 1} for t in times])
        assert [c.row for c in result.changes(timeout=0.3)] == [(2,)]
    assert result.fetchall() == [(1,), (1,)]
    with session.stream("f", pandas.DataFrame({"x": [1.5]})) as f:
        result = session.query("SELECT x FROM f")
        f.push(pandas.DataFrame({"x": [2.5]}))
    assert result.fetchall() == [(2.5,)]
