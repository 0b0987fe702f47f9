# SPDX-License-Identifier: Apache-2.0
"""Results as tables for people: HTML for notebooks, and text. Only what is shown is made into Python values."""
from __future__ import annotations

import datetime
import html
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, List, Optional, Sequence, Tuple

from ._decode import rows_of
from ._errors import Error
from ._rows import Row, RowSet

if TYPE_CHECKING:
    from ._result import Column, Progress, Result

SHOWN = 20              # rows of a result, first and last ones together
LOOK_ROWS = 1_000_000   # of a bounded query that are waited for before it is shown
LOOK_SECONDS = 30.0
LIVE_SECONDS = 0.3      # the same of one that has no end
_CELL = 120             # characters

_STYLE = """<style>
.weir table {border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 0}
.weir th, .weir td {padding: 2px 10px; text-align: left !important; white-space: pre; border: none}
.weir th {border-bottom: 1px solid #8884}
.weir th small {font-weight: normal; opacity: .6; display: block}
.weir td.n, .weir th.n {text-align: right !important}
.weir tr.gap td {text-align: center !important; opacity: .5}
.weir .null {opacity: .4}
.weir p {margin: 4px 10px; opacity: .7; font-size: 90%}
.weir p.live::before {content: "\\25cf "; color: #2a8}
</style>"""


def cell(value: Any) -> str:
    """A value as text, cut if it is long."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, bytes):
        text = "x'" + value[:_CELL].hex() + "'"
    elif isinstance(value, float):
        text = repr(value)
    elif isinstance(value, datetime.datetime):
        us = value.microsecond
        text = value.isoformat(" ", "seconds" if not us else "milliseconds" if us % 1000 == 0 else "microseconds")
    else:
        text = str(value)
    return text if len(text) <= _CELL else text[:_CELL - 1] + "…"


def _numeric(type: str) -> bool:
    return type.split("(")[0].split(" ")[0] in ("TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL")


def _td(value: Any, numeric: bool) -> str:
    kind = " class=n" if numeric or isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) else ""
    text = html.escape(cell(value))
    return f"<td{kind}>" + (f"<span class=null>{text}</span>" if value is None else text) + "</td>"


def table(columns: Sequence[Column], first: Sequence[Row], last: Sequence[Row], left_out: str) -> str:
    """An HTML table; between first and last rows a line says what is left out."""
    numeric = [_numeric(c.type) for c in columns]
    lines = ["<table><thead><tr>"]
    for c, n in zip(columns, numeric):
        lines.append(f"<th{' class=n' if n else ''}>{html.escape(c.name)}<small>{html.escape(c.type)}</small></th>")
    lines.append("</tr></thead><tbody>")

    def put(rows: Sequence[Row]) -> None:
        for row in rows:
            lines.append("<tr>" + "".join(_td(v, n) for v, n in zip(row, numeric)) + "</tr>")

    put(first)
    if left_out:
        lines.append(f"<tr class=gap><td colspan={max(1, len(columns))}>{html.escape(left_out)}</td></tr>")
    put(last)
    lines.append("</tbody></table>")
    return "".join(lines)


def _page(*parts: str) -> str:
    return '<div class="weir">' + _STYLE + "".join(parts) + "</div>"


def _paragraph(text: str, kind: str = "") -> str:
    return f"<p{f' class={kind}' if kind else ''}>{html.escape(text)}</p>"


def number(n: float) -> str:
    return f"{n:,.0f}"


def rows_text(n: int) -> str:
    return f"{number(n)} row{'' if n == 1 else 's'}"


# ---- a result as it is ----

def _decoded(result: Result, batches: Sequence[Any]) -> List[Row]:
    rows: List[Row] = []
    for batch in batches:
        rows.extend(rows_of(result._field, batch.struct))
    return rows


def _ends(result: Result) -> Tuple[List[Row], List[Row], int]:
    """First and last rows of those that are held, and how many they are."""
    held = list(result._held)
    total = sum(b.struct.length for b in held)
    if total <= SHOWN:
        return _decoded(result, held), [], total
    half = SHOWN // 2
    front: List[Any] = []
    back: List[Any] = []
    while sum(b.struct.length for b in front) < half:
        front.append(held[len(front)])
    while sum(b.struct.length for b in back) < half:
        back.insert(0, held[len(held) - 1 - len(back)])
    return _decoded(result, front)[:half], _decoded(result, back)[-half:], total


def _final(result: Result) -> Tuple[List[Row], List[Row], int]:
    """The same of the rows that stand after all changes."""
    kept: RowSet[None] = RowSet()
    for row in _decoded(result, list(result._held)):
        kept.apply(row[0], row[1:], None)
    rows = kept.rows()
    half = SHOWN // 2
    return (rows, [], len(rows)) if len(rows) <= SHOWN else (rows[:half], rows[-half:], len(rows))


def _state(result: Result) -> Tuple[str, Optional[Tuple[List[Row], List[Row], int]]]:
    """What to say of a result, and its rows."""
    if result.closed:
        return "closed", None
    if result._started and (result._ended or result._rows) and not result._held:
        return "its rows were read", None
    whole = result._peek(LOOK_ROWS, LOOK_SECONDS if result.bounded else LIVE_SECONDS)
    ends = _final(result) if result._updating and not result._shown_changes else _ends(result)
    rest = "" if whole else " so far; show_live() shows what comes, changes() reads it"
    return rows_text(ends[2]) + rest, ends


def shown_columns(result: Result) -> List[Column]:
    from ._result import Column
    if result._shown_changes and result._change is not None:
        return [Column(result._change.decode(), "STRING"), *result._columns]
    return list(result._columns)


def page_of(r: Result) -> str:
    try:
        text, ends = _state(r)
    except Error as error:
        return _page(f"<pre>{html.escape(str(error))}</pre>")
    if r._text and ends is not None:
        return _page("".join(f"<pre>{html.escape(str(row[0]))}</pre>" for row in ends[0]))
    if ends is None:
        return _page(table(shown_columns(r), [], [], ""), _paragraph(text))
    first, last, total = ends
    return _page(table(shown_columns(r), first, last, f"… {rows_text(total - SHOWN)} …" if last else ""),
                 _paragraph(text))


def plain(r: Result) -> str:
    """The same as text."""
    try:
        text, ends = _state(r)
    except Error as error:
        return str(error)
    if ends is None:
        return f"{r!r}: {text}"
    first, last, _ = ends
    if r._text:
        return "\n".join(str(row[0]) for row in first)
    names = [c.name for c in shown_columns(r)]
    lines = [names] + [[cell(v) for v in row] for row in first]
    if last:
        lines += [["…"] * len(names)] + [[cell(v) for v in row] for row in last]
    widths = [max(len(line[i]) for line in lines) for i in range(len(names))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(line, widths)).rstrip() for line in lines) + f"\n{text}"


# ---- a live table ----

def _watermark(p: Progress) -> str:
    if p.watermark is None or p.watermark == "end":
        return ""
    return f"watermark {p.watermark.replace(tzinfo=None).isoformat(sep=' ', timespec='milliseconds')}"


class LiveTable:
    """The rows of a running query as they stand. Of one that only adds rows the newest are kept."""

    def __init__(self, result: Result, rows: int) -> None:
        self._result = result
        self._limit = rows
        self._kept: RowSet[None] = RowSet()
        self._newest: List[Row] = []
        self._total = 0
        self._began = time.monotonic()
        self._read = (0, self._began)  # rows and when, at the last picture
        self._rate = 0.0
        self.note = ""

    def take(self, seconds: float) -> bool:
        """Takes what comes in that time; False: the query has ended."""
        until = time.monotonic() + seconds
        while True:
            for op, row in self._result.changes(timeout=max(0.0, until - time.monotonic())):
                if self._result._updating:
                    self._kept.apply(op, row, None)
                else:
                    self._newest.append(row)
                    self._total += 1
                    if len(self._newest) > 4 * self._limit:
                        del self._newest[:-self._limit]
                if time.monotonic() >= until and self._result._at >= len(self._result._rows):
                    break
            if self._result._ended and not self._result._held:
                return False
            if time.monotonic() >= until:
                return True

    def _foot(self, running: bool) -> str:
        p = self._result.progress()
        now = time.monotonic()
        rows, at = self._read
        if now > at:
            self._rate = (p.rows_in - rows) / (now - at)
            self._read = (p.rows_in, now)
        total = len(self._kept) if self._result._updating else self._total
        parts = [rows_text(total), f"{number(p.rows_in)} read"]
        if running:
            parts.append(f"{number(self._rate)}/s")
        parts.append(_watermark(p))
        if p.state_bytes:
            parts.append(f"state {number(p.state_bytes / 1024)} KiB")
        if p.late_rows:
            parts.append(f"{rows_text(p.late_rows)} too late")
        parts.append(self.note or ("" if running else self._result.status))
        return " · ".join(part for part in parts if part)

    def html(self, running: bool) -> str:
        columns = self._result.columns
        if self._result._updating:
            rows = self._kept.rows()
            first, last = rows[:self._limit], []
            gap = f"… {rows_text(len(rows) - self._limit)} more" if len(rows) > self._limit else ""
        else:
            first, last = [], self._newest[-self._limit:]
            gap = f"… {rows_text(self._total - len(last))} before" if self._total > len(last) else ""
        return _page(table(columns, first, last, gap), _paragraph(self._foot(running), "live" if running else ""))


def show_live(r: Result, rows: int, every: float, seconds: Optional[float]) -> None:
    try:
        from IPython.display import HTML, display
    except ImportError:
        raise Error("show_live() needs IPython, which is not installed", hint="use changes()") from None
    live = LiveTable(r, rows)
    handle = display(HTML(live.html(True)), display_id=True)
    until = None if seconds is None else time.monotonic() + seconds
    running = True
    try:
        while running:
            left = every if until is None else max(0.0, min(every, until - time.monotonic()))
            running = live.take(left)
            if until is not None and time.monotonic() >= until:
                break
            if running and handle is not None:
                handle.update(HTML(live.html(True)))
        if running:
            live.note = "goes on: show_live() again shows what comes next"
    except KeyboardInterrupt:
        r.cancel()
        live.note = "interrupted"
    except Error as error:
        live.note = error.text
        if error.code != "57014":
            raise
    finally:
        if handle is not None:
            handle.update(HTML(live.html(False)))
