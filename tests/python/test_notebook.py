# SPDX-License-Identifier: Apache-2.0
"""Results in notebooks: tables, live tables, SQL cells, and examples/notebook/playback.ipynb as a whole."""
import os
import signal
import threading

import IPython.display
import nbclient
import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

import weir
from weir._html import cell
from weir._rows import RowSet

NOTEBOOK = os.path.join(os.path.dirname(__file__), "..", "..", "examples", "notebook", "playback.ipynb")
NUMBERS = "SELECT n, 'x<' || CAST(n AS STRING) AS s FROM (VALUES {}) AS t (n)"


def numbers(count):
    return NUMBERS.format(", ".join(f"({n})" for n in range(1, count + 1)))


def test_table_and_rows_are_still_there(session):
    result = session.query(numbers(3))
    page = result._repr_html_()
    assert page.count("<tr>") == 4 and "x&lt;3" in page and "3 rows" in page and "<small>INT" in page
    assert result._repr_html_() == page
    assert result.fetchall() == [(1, "x<1"), (2, "x<2"), (3, "x<3")]
    assert "were read" in result._repr_html_()
    text = session.query(numbers(2))._repr_mimebundle_()["text/plain"]
    assert text == "n  s\n1  x<1\n2  x<2\n2 rows"


def test_long_table_is_cut_in_the_middle(session):
    result = session.query(numbers(1000))
    page = result._repr_html_()
    assert page.count("<tr>") == 21 and "… 980 rows …" in page and "x&lt;10<" in page and "x&lt;991<" in page
    assert len(result.to_polars()) == 1000


def test_other_results(session, ticks):
    assert "<pre>" in session.query("EXPLAIN SELECT 1")._repr_html_()
    assert "division by zero" in session.query("SELECT 1 / (n - 1) FROM (VALUES (1)) AS t (n)")._repr_html_()
    endless = ticks.query("SELECT n FROM ticks")
    assert "so far" in endless._repr_html_()
    endless.close()
    assert "closed" in endless._repr_html_()
    session.execute("SET 'execution.runtime-mode' = 'streaming'")
    page = session.query("SELECT COUNT(*) AS c FROM (VALUES (1), (2)) AS t (n)")._repr_html_()
    assert "1 row<" in page and ">2<" in page


def test_cells():
    assert [cell(v) for v in (None, True, 1.0, 1e300, b"\0", "x" * 200)] == [
        "NULL", "TRUE", "1.0", "1e+300", "x'00'", "x" * 119 + "…"]


def test_rows_that_are_taken_back():
    rows = RowSet()
    rows.apply("+I", ("a", 1), None)
    rows.apply("+I", ("b", [1, {"k": float("nan")}]), None)
    rows.apply("-U", ("a", 1), None)
    rows.apply("+U", ("a", 2), None)
    assert [r[0] for r in rows.rows()] == ["a", "b"]
    rows.apply("-D", ("b", [1, {"k": float("nan")}]), None)
    assert rows.rows() == [("a", 2)]
    for n in range(1000):
        rows.apply("+I", (n,), None)
    for n in range(999):
        rows.apply("-D", (n,), None)
    assert rows.rows() == [("a", 2), (999,)] and len(rows) == 2 and len(rows._slots) < 300


@pytest.fixture
def pictures(monkeypatch):
    """What show_live() shows, one after another."""
    shown = []

    class Handle:
        def update(self, page):
            shown.append(page.data)

    def display(page, display_id=False):
        shown.append(page.data)
        return Handle()

    monkeypatch.setattr(IPython.display, "display", display)
    return shown


def test_show_live(ticks, pictures):
    result = ticks.query("SELECT MOD(n, 2) AS odd, COUNT(*) AS c FROM ticks GROUP BY MOD(n, 2)")
    result.show_live(seconds=0.5, every=0.1)
    assert len(pictures) > 3 and "live" in pictures[1] and "goes on" in pictures[-1] and "/s" in pictures[2]
    assert next(result.changes()).op in ("+U", "-U")
    pictures.clear()
    appended = ticks.query("SELECT n FROM ticks")
    appended.show_live(seconds=0.5, every=0.1, rows=5)
    assert pictures[-1].count("<tr>") == 6 and "before" in pictures[-1]


def test_show_live_ends_with_the_query_or_an_interrupt(ticks, pictures):
    ticks.query("SELECT 7 AS seven").show_live()
    assert ">7<" in pictures[-1] and "finished" in pictures[-1]
    result = ticks.query("SELECT n FROM ticks")
    threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    result.show_live(every=0.1)
    assert "interrupted" in pictures[-1]
    with pytest.raises(weir.RunError):
        result.fetchall()


def test_magic(pictures):
    shell = InteractiveShell.instance()
    shell.run_line_magic("load_ext", "weir")
    shell.user_ns["least"] = 2

    def run(line, text):
        return shell.run_cell_magic("weir", line, text)

    assert run("", "CREATE VIEW v AS SELECT n FROM (VALUES (1), (2), (3)) AS t (n)") is None
    assert run("", "SELECT n FROM v WHERE n >= ${least}").fetchall() == [(2,), (3,)]
    assert run("kept <<", "SELECT MAX(n) FROM v") is None and shell.user_ns["kept"].fetchall() == [(3,)]
    assert run("--live --rows 2", "SELECT n FROM v") is None and "3 rows" in pictures[-1]
    with weir.connect() as other:
        shell.user_ns["other"] = other
        assert run("--session other", "SHOW TABLES").fetchall() == []
        with pytest.raises(weir.Error, match="nonsense"):
            run("--nonsense", "SELECT 1")
    shell.user_ns["weir_session"].close()


def test_notebook():
    notebook = nbformat.read(NOTEBOOK, 4)
    assert not any(c.get("outputs") for c in notebook.cells)
    nbclient.NotebookClient(notebook, timeout=50, kernel_name="python3").execute()
    outputs = [(c.source, o) for c in notebook.cells for o in c.get("outputs", [])]
    tables = [o["data"]["text/html"] for _, o in outputs if "text/html" in o.get("data", {})]
    texts = "".join(o["text"] for _, o in outputs if o["output_type"] == "stream" and o["name"] == "stdout")
    assert sum("class=\"weir\"" in t for t in tables) == 4
    assert any("goes on" in t and "read" in t for t in tables)
    assert "+U" in texts and "-U" in texts and "there is no column 'regin'" in texts and "^^^^^" in texts
