# SPDX-License-Identifier: Apache-2.0
"""Results: rows of queries, and jobs of INSERTs."""
from __future__ import annotations

import ctypes
import datetime
import time
from ctypes import byref
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple

from . import _library as L
from ._arrow import ARRAY, SCHEMA, ArrowArray, ArrowArrayStream, ArrowSchema, Export, Field, Owned, address_in
from ._arrow import capsule, release, stream_capsule
from ._decode import rows_of
from ._errors import Error
from ._handle import POLL_US, Handle
from ._rows import Row, RowSet

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._session import Session

_STATUS = ("running", "finished", "stopped", "cancelled", "failed", "was finished")
_NONE_YET, _AT_END = -(1 << 63), (1 << 63) - 1


class Column(NamedTuple):
    """A column of a result; `type` as SQL has it: "DECIMAL(10, 2)"."""

    name: str
    type: str


class Change(NamedTuple):
    """A row of a changelog. `op`: "+I" a new row, "-U" it is taken back and a new one follows, "+U" that new one,
    "-D" it is taken back."""

    op: str
    row: Row


class Progress(NamedTuple):
    """How far a query or job is. `watermark`: lowest of the sources, None before the first; "end" when the input has
    ended. `behind_rows`: what brokers hold and the job has not read, None if that is not known."""

    rows_in: int
    rows_out: int
    bytes_in: int
    bytes_total: Optional[int]
    late_rows: int
    bad_records: int
    checkpoints: int
    state_bytes: int
    watermark: Any
    behind_rows: Optional[int]
    elapsed: datetime.timedelta


def _progress_of(p: L.ProgressStruct) -> Progress:
    watermark: Any = None
    if p.watermark_us == _AT_END:
        watermark = "end"
    elif p.watermark_us != _NONE_YET:
        epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        try:
            watermark = epoch + datetime.timedelta(microseconds=p.watermark_us)
        except OverflowError:
            watermark = None
    return Progress(p.rows_in, p.rows_out, p.bytes_in, p.bytes_total or None, p.late_rows, p.bad_records,
                    p.checkpoints, p.state_bytes, watermark, None if p.behind_rows < 0 else p.behind_rows,
                    datetime.timedelta(microseconds=p.elapsed_us))


class _Running:
    """What results and jobs have in common."""

    def __init__(self, session: Session, pointer: Any) -> None:
        lib = L.library()
        self._session = session  # lives at least as long
        self._handle = Handle(session._guard, pointer, lib.weir_result_free,
                              "job" if isinstance(self, Job) else "result", lib.weir_cancel)
        self._bounded: bool = lib.weir_result_bounded(pointer)
        session._children.add(self)

    @property
    def bounded(self) -> bool:
        """Does it end by itself?"""
        return self._bounded

    @property
    def closed(self) -> bool:
        return self._handle.closed

    @property
    def status(self) -> str:
        """"running", "finished", "stopped", "cancelled", "failed", or "was finished" (a job whose state folder says
        that it had ended before)."""
        with self._handle.alive:
            pointer = self._handle.get_now()
            return _STATUS[L.library().weir_result_end(pointer)]

    def progress(self) -> Progress:
        """How far it is; from any thread, at any time."""
        p = L.ProgressStruct(ctypes.sizeof(L.ProgressStruct))
        with self._handle.alive:
            pointer = self._handle.get_now()
            L.call(L.library().weir_result_progress, pointer, byref(p))
        return _progress_of(p)

    def cancel(self) -> None:
        """Ends it at once: who reads it gets a RunError with code "57014". From any thread; does not wait."""
        with self._handle.alive:
            pointer = self._handle.get_now()
            L.library().weir_cancel(pointer)

    def stop(self) -> None:
        """Ends it as if its input had come to an end here, with a last checkpoint if it keeps state. From any thread;
        does not wait."""
        with self._handle.alive:
            pointer = self._handle.get_now()
            L.library().weir_stop(pointer)

    def close(self) -> None:
        """Cancels what still runs and gives the memory back. A second time does nothing."""
        self._handle.close()

    def _forget(self) -> None:
        self._handle.forget()

    def _poll(self, attempt: Callable[[Any, int], int], timeout: Optional[float]) -> int:
        """Asks with short waits until there is something else than WAIT, or the time is over."""
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            left = POLL_US if until is None else max(0, min(POLL_US, int((until - time.monotonic()) * 1e6)))
            with self._handle.entry():
                pointer = self._handle.get()
                status = attempt(pointer, left)
            if status != L.WAIT:
                return status
            if until is not None and time.monotonic() >= until:
                return status
            self._handle.give_way()

    def wait(self, timeout: Optional[float] = None) -> bool:
        """Waits until it has ended, at most `timeout` seconds; True if it has. Rows of a query are dropped. Raises
        what it failed with."""
        lib = L.library()
        return self._poll(lambda p, us: L.call(lib.weir_result_wait, p, us), timeout) != L.WAIT


class Job(_Running):
    """A job of INSERTs, which runs in threads of the library. It is cancelled when it is closed, and when nobody has
    it any more."""

    def __init__(self, session: Session, pointer: Any) -> None:
        super().__init__(session, pointer)
        name = L.library().weir_result_job(pointer)
        self._id = name.decode() if name else ""

    @property
    def id(self) -> str:
        """How SHOW JOBS and STOP JOB call it."""
        return self._id

    def __enter__(self) -> Job:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<weir.Job {self._id} {'closed' if self.closed else self.status}>"


class Result(_Running):
    """The rows of a query. They come once, in one of these ways or in several, one after another:

    - as a whole: arrow(), to_pandas(), to_polars(), fetchall(); pyarrow.table(result), polars.DataFrame(result) and
      whatever else takes the Arrow PyCapsule interface;
    - row by row: `for row in result`, fetchone(), fetchmany(); by batches: batches();
    - as changes: changes().

    A query that updates its rows (`updating`) gives a changelog. As a whole it is what stands at the end; row by row
    and batch by batch it has to be read with changes(), or with a column for the kind of each change
    (`change_column`, see Session.query).
    """

    def __init__(self, session: Session, pointer: Any, change_column: Optional[str] = None) -> None:
        super().__init__(session, pointer)
        lib = L.library()
        self._updating: bool = lib.weir_result_updating(pointer)
        self._text: bool = lib.weir_result_kind(pointer) == L.TEXT
        self._columns = [
            Column(lib.weir_column_name(pointer, i).decode(), lib.weir_column_type(pointer, i).decode())
            for i in range(lib.weir_columns(pointer))]
        self._shown_changes = change_column is not None
        change = change_column if change_column is not None else "op" if self._updating else None
        self._change = None if change is None else change.encode()
        self._schema = Owned(ArrowSchema)
        self._fill_schema(pointer, self._schema.address)
        self._field = Field(self._schema.struct)
        self._arrived = Owned(ArrowArray)    # what the library fills
        self._held: Tuple[Owned, ...] = ()   # batches that came, but were not given away
        self._rows: List[Row] = []           # of a batch that was begun, with the change column if there is one
        self._at = 0                         # in _rows: the next one
        self._started = False                # rows were given away
        self._ended = False
        self._exported: List[Export] = []    # streams that may still ask

    def _fill_schema(self, pointer: Any, out: int) -> None:
        L.call(L.library().weir_result_schema, pointer, self._change, out)

    def __enter__(self) -> Result:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # ---- what it is ----

    @property
    def updating(self) -> bool:
        """Are rows taken back?"""
        return self._updating

    @property
    def columns(self) -> List[Column]:
        """Names and SQL types, without the change column."""
        return list(self._columns)

    @property
    def schema(self) -> pyarrow.Schema:
        """The schema of arrow() and batches()."""
        return _pyarrow("schema").schema(self)

    def __arrow_c_schema__(self) -> Any:
        copy = Owned(ArrowSchema)
        with self._handle.entry():
            pointer = self._handle.get()
            self._fill_schema(pointer, copy.address)
        return capsule(copy, SCHEMA)

    def __repr__(self) -> str:
        columns = ", ".join(f"{c.name} {c.type}" for c in self._columns)
        return f"<weir.Result ({columns}) {'closed' if self.closed else self.status}>"

    # ---- batches ----

    # An interrupt may come after any call: what the library gave is in _arrived, then in _held, then in _rows, and goes
    # from one to the next in assignments without a call.

    def _fetch(self, timeout: Optional[float]) -> int:
        """The next batch from the library, to the end of _held; WAIT, END."""
        if not self._arrived.struct.release:
            if self._ended:
                return L.END
            lib, address = L.library(), self._arrived.address
            status = self._poll(lambda p, us: L.call(lib.weir_result_next, p, us, address), timeout)
            if status != L.OK:
                self._ended = status == L.END
                return status
        fresh = Owned(ArrowArray)
        self._held, self._arrived = (*self._held, self._arrived), fresh
        return L.OK

    def _first(self, timeout: Optional[float] = None) -> Optional[Owned]:
        """The next batch, which stays until it is cut off _held; None: the end, or none came in time."""
        self._started = True
        if not self._held:
            self._fetch(timeout)
        return self._held[0] if self._held else None

    def _next(self, timeout: Optional[float] = None) -> Optional[Owned]:
        """The next batch, given away."""
        batch = self._first(timeout)
        self._held = self._held[1:]
        return batch

    def _peek(self, rows: int, seconds: float) -> bool:
        """Looks at what comes, without giving it away; True: it is all here."""
        until = time.monotonic() + seconds
        while not self._ended and sum(b.struct.length for b in self._held) < rows:
            if self._fetch(max(0.0, until - time.monotonic())) == L.WAIT or time.monotonic() > until:
                break
        return self._ended

    def _export(self) -> Any:
        """A capsule with the rows that are left."""
        def get_schema(out: int) -> bool:
            with self._handle.entry():
                pointer = self._handle.get()
                self._fill_schema(pointer, out)
            return True

        def get_next(out: int) -> bool:
            batch = self._next()
            if batch is not None:
                batch.move_to(out)
            return batch is not None

        stream = Owned(ArrowArrayStream)
        with self._handle.entry():
            pointer = self._handle.get()
            L.call(L.library().weir_result_arrow, pointer, self._change, stream.address)
        self._started = True
        export = Export(get_schema, get_next)
        self._exported.append(export)
        return stream_capsule(stream, export)

    def _forget(self) -> None:
        super()._forget()
        for export in self._exported:
            export.finish()

    def close(self) -> None:
        super().close()
        for export in self._exported:
            export.finish()

    def _given(self) -> Iterator[_Batch]:
        """All batches that are left, each to be given away."""
        self._begin()
        while True:
            batch = self._next()
            if batch is None:
                return
            yield _Batch(self, batch)

    def _begin(self) -> None:
        """Rows are about to be given away as a whole."""
        self._handle.get_now()
        if self._at < len(self._rows):
            raise Error("some rows of a batch were fetched one by one, the rest must be so too",
                        hint="use fetchall(), or run the query again")
        if self._started and self._ended:
            raise Error("the rows of this result were read already",
                        hint="keep the table that was read, or run the query again")

    def _table(self) -> pyarrow.Table:
        """All rows, with the change column if there is one. Not through a stream: the loop can be interrupted, and
        errors come as they are."""
        pa = _pyarrow("arrow()")
        return pa.Table.from_batches([pa.record_batch(batch) for batch in self._given()], self.schema)

    def _final(self) -> pyarrow.Table:
        """Of a changelog, what stands at the end."""
        pa = _pyarrow("the final rows of an updating query")
        changes = self._table()
        kept: RowSet[int] = RowSet()
        at = 0
        for batch in changes.to_batches():
            exported = _ArrayOf(batch)
            for row in rows_of(exported.field, exported.array):
                kept.apply(row[0], row[1:], at)
                at += 1
        return changes.take(pa.array(kept.values(), pa.int64())).remove_column(0)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """The rows as a stream of Arrow's PyCapsule interface (the requested schema is not looked at)."""
        if self._updating and not self._shown_changes:
            return self._final().__arrow_c_stream__(requested_schema)
        self._begin()
        return self._export()

    def arrow(self) -> pyarrow.Table:
        """All rows; waits for the end of the query."""
        if self._updating and not self._shown_changes:
            return self._final()
        return self._table()

    def _no_months(self, what: str) -> None:
        for name, field in zip(self._columns, self._field.children[-len(self._columns):]):
            if "tiM" in str(field.key()):
                raise Error(f"column {name.name}: {what} has no INTERVAL YEAR TO MONTH",
                            hint="use fetchall(), which gives months, or CAST it to STRING")

    def to_pandas(self, **options: Any) -> pandas.DataFrame:
        """All rows; `options` are those of pyarrow.Table.to_pandas."""
        self._no_months("pandas")
        return self.arrow().to_pandas(**options)

    def to_polars(self) -> polars.DataFrame:
        """All rows."""
        try:
            import polars as pl
        except ImportError:
            raise Error("polars is not installed", hint="pip install polars") from None
        self._no_months("Polars")
        if self._updating and not self._shown_changes:
            return pl.DataFrame(self._final())
        frames = [pl.DataFrame(batch) for batch in self._given()]
        return pl.concat(frames) if frames else pl.DataFrame(_Empty(self))

    def batches(self, timeout: Optional[float] = None) -> Iterator[pyarrow.RecordBatch]:
        """Batches as they come, until the end, or until none has come for `timeout` seconds: then it may be called
        again."""
        pa = _pyarrow("batches()")
        self._no_updates("batches(), unless the query was given a change_column")
        while True:
            batch = self._next(timeout)
            if batch is None:
                return
            yield pa.record_batch(_Batch(self, batch))

    # ---- rows ----

    def _no_updates(self, what: str) -> None:
        if self._updating and not self._shown_changes:
            raise Error(f"this query updates its rows, which cannot be read with {what}",
                        hint="use changes() for the changelog, or arrow() or fetchall() for the rows at the end")

    def _more(self, timeout: Optional[float]) -> bool:
        """Sees to it that _rows has a next one; False: the end, or none came in time."""
        while self._at >= len(self._rows):
            batch = self._first(timeout)
            if batch is None:
                return False
            rows = rows_of(self._field, batch.struct)
            rest = self._held[1:]
            self._rows, self._at, self._held = rows, 0, rest
            release(batch.struct)  # here, where an interrupt is not lost as in a finalizer
        return True

    def changes(self, timeout: Optional[float] = None) -> Iterator[Change]:
        """The changelog as it comes: `for op, row in result.changes()`. Ends with the query, or when nothing has come
        for `timeout` seconds; then it may be called again, and goes on. Can be interrupted at any time (Ctrl-C, a
        notebook's stop button), and nothing is lost."""
        while self._more(timeout):
            row = self._rows[self._at]
            change = Change("+I", row) if self._change is None else Change(row[0], row[1:])
            self._at += 1
            yield change

    def __iter__(self) -> Iterator[Row]:
        self._no_updates("a loop over rows, unless the query was given a change_column")
        return self._each_row()

    def _each_row(self) -> Iterator[Row]:
        while self._more(None):
            row = self._rows[self._at]
            self._at += 1
            yield row

    def fetchone(self) -> Optional[Row]:
        """The next row, waiting for it; None at the end."""
        self._no_updates("fetchone(), unless the query was given a change_column")
        return next(self._each_row(), None)

    def fetchmany(self, size: int = 1) -> List[Row]:
        """The next rows, waiting for them; fewer at the end."""
        rows: List[Row] = []
        while len(rows) < size:
            row = self.fetchone()
            if row is None:
                break
            rows.append(row)
        return rows

    def fetchall(self) -> List[Row]:
        """All rows to the end; of an updating query those that stand then."""
        if self._updating and not self._shown_changes:
            kept: RowSet[None] = RowSet()
            for op, row in self.changes():
                kept.apply(op, row, None)
            return kept.rows()
        rows: List[Row] = []
        while self._more(None):
            rows += self._rows[self._at:] if self._at else self._rows
            self._rows, self._at = [], 0
        return rows

    # ---- for people ----

    def _repr_html_(self) -> str:
        from ._html import page_of
        return page_of(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Dict[str, Any]:
        from ._html import plain
        return {"text/plain": plain(self), "text/html": self._repr_html_()}

    def show_live(self, *, rows: int = 20, every: float = 0.5, seconds: Optional[float] = None) -> None:
        """In a notebook: the rows as a table that is kept up to date, with the rate and the watermark below it, until
        the query ends, `seconds` have gone by, or the cell is interrupted; an interrupt ends the query too."""
        from ._html import show_live
        show_live(self, rows, every, seconds)


class _Batch:
    """Gives one batch away."""

    def __init__(self, result: Result, batch: Owned) -> None:
        self._result = result
        self._batch = batch

    def __arrow_c_array__(self, requested_schema: Any = None) -> Tuple[Any, Any]:
        return self._result.__arrow_c_schema__(), capsule(self._batch, ARRAY)


class _Empty:
    """A batch without rows."""

    def __init__(self, result: Result) -> None:
        self._result = result

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._result._export()


class _ArrayOf:
    """What a pyarrow.RecordBatch exports, to be decoded."""

    def __init__(self, batch: Any) -> None:
        self._capsules = batch.__arrow_c_array__()
        self.field = Field(ArrowSchema.from_address(address_in(self._capsules[0], SCHEMA)))
        self.array = ArrowArray.from_address(address_in(self._capsules[1], ARRAY))


def _pyarrow(what: str) -> Any:
    try:
        import pyarrow
    except ImportError:
        raise Error(f"{what} needs pyarrow, which is not installed", hint="pip install pyarrow") from None
    return pyarrow
