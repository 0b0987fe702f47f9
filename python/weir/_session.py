# SPDX-License-Identifier: Apache-2.0
"""Sessions and prepared statements."""
from __future__ import annotations

import atexit
import ctypes
import datetime
import decimal
import logging
import operator
import os
import weakref
from ctypes import byref, c_bool, c_size_t, c_void_p
from typing import Any, Callable, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

from . import _library as L
from ._arrow import Field, Incoming, schema_field
from ._errors import Error
from ._handle import Guard, Handle
from ._input import Input
from ._result import Job, Result
from ._types import columns_of, quoted

Parameters = Sequence[Any]
_log = logging.getLogger("weir")
_sessions: "weakref.WeakSet[Session]" = weakref.WeakSet()


class Table(NamedTuple):
    catalog: str
    database: str
    name: str
    kind: str
    connector: Optional[str]


class TableColumn(NamedTuple):
    name: str
    type: str
    key: Optional[str]
    time: Optional[str]
    extras: Optional[str]


class Function(NamedTuple):
    name: str
    signatures: str
    kind: str
    help: Optional[str]


class Completion(NamedTuple):
    """`start`: where the word begins that it would replace."""

    text: str
    kind: str
    help: Optional[str]
    start: int


def _started(session: Session, pointer: Any, change_column: Optional[str]) -> Union[Result, Job, None]:
    """What a result of the library is here; one without rows or job is given back."""
    kind = L.library().weir_result_kind(pointer)
    if kind == L.NOTHING:
        L.library().weir_result_free(pointer)
        return None
    return Job(session, pointer) if kind == L.JOB else Result(session, pointer, change_column)


def _bind(pointer: Any, i: int, value: Any) -> None:
    lib = L.library()
    if value is None:
        L.call(lib.weir_bind_null, pointer, i)
    elif isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        L.call(lib.weir_bind_boolean, pointer, i, bool(value))
    elif isinstance(value, (str, datetime.date, datetime.time, decimal.Decimal)):
        text = (value.isoformat(sep=" ") if isinstance(value, datetime.datetime) else str(value)).encode()
        L.call(lib.weir_bind_string, pointer, i, text, len(text))
    elif hasattr(value, "__index__"):
        number = operator.index(value)
        if not -(1 << 63) <= number < 1 << 63:
            raise Error(f"parameter {i} does not fit into BIGINT: {number}")
        L.call(lib.weir_bind_bigint, pointer, i, number)
    elif hasattr(value, "__float__"):
        L.call(lib.weir_bind_double, pointer, i, float(value))
    else:
        raise Error(f"parameter {i} cannot be a {type(value).__name__}",
                    hint="None, bool, int, float and str can; times and decimals are taken as text")


class Statement:
    """A prepared statement; see Session.prepare."""

    def __init__(self, session: Session, pointer: Any) -> None:
        self._session = session
        self._handle = Handle(session._guard, pointer, L.library().weir_statement_free, "statement")
        self._parameters: int = L.library().weir_parameters(pointer)
        session._children.add(self)

    @property
    def parameters(self) -> int:
        """How many ? it has."""
        return self._parameters

    @property
    def closed(self) -> bool:
        return self._handle.closed

    def _start(self, params: Optional[Parameters], change_column: Optional[str] = None) -> Union[Result, Job, None]:
        given = [] if params is None else list(params)
        if len(given) != self._parameters:
            raise Error(f"the statement has {self._parameters} parameters, but {len(given)} were given")
        out = c_void_p()
        with self._handle.entry():
            pointer = self._handle.get()
            for i, value in enumerate(given, 1):
                _bind(pointer, i, value)
            L.call(L.library().weir_start, pointer, byref(out))
            return _started(self._session, out, change_column)

    def query(self, params: Optional[Parameters] = None, *, change_column: Optional[str] = None) -> Result:
        """Starts it; it must give rows."""
        return _rows(self._start(params, change_column))

    def submit(self, params: Optional[Parameters] = None) -> Job:
        """Starts it as a job; it must be an INSERT."""
        return _job(self._start(params))

    def execute(self, params: Optional[Parameters] = None) -> None:
        """Runs it to its end; rows are dropped."""
        _run_out(self._start(params))

    def close(self) -> None:
        self._handle.close()

    def _forget(self) -> None:
        self._handle.forget()

    def __enter__(self) -> Statement:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _rows(started: Union[Result, Job, None]) -> Result:
    if isinstance(started, Result):
        return started
    if started is not None:
        started.close()
        raise Error("the statement gives no rows: it is an INSERT", hint="use execute(), or submit() for a job")
    raise Error("the statement gives no rows", hint="use execute()")


def _job(started: Union[Result, Job, None]) -> Job:
    if isinstance(started, Job):
        return started
    if started is not None:
        started.close()
    raise Error("the statement is no INSERT", hint="use query() or execute()")


def _run_out(started: Union[Result, Job, None]) -> None:
    if started is None:
        return
    try:
        started.wait()
    finally:
        started.close()


def _setting(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


class Session:
    """Tables, views and settings, and the statements that run on them; weir.connect() makes one.

    A session may be used by several threads: their calls wait for each other (for 0.1 s at most while one waits for
    rows). Sessions share nothing.
    """

    def __init__(self, settings: Optional[Mapping[str, Any]] = None, *, log: Optional[Callable[[str], None]] = None,
                 late_rows: Optional[Callable[[str, int], None]] = None) -> None:
        lib = L.library()
        self._guard = Guard()
        self._children: "weakref.WeakSet[Any]" = weakref.WeakSet()
        self._config = _config(log or _log.warning, late_rows)
        pointer = c_void_p()
        L.call(lib.weir_open, byref(self._config), byref(pointer))
        self._handle = Handle(self._guard, pointer, lib.weir_close, "session")
        _sessions.add(self)
        try:
            for key, value in (settings or {}).items():
                self.set(key, value)
        except BaseException:
            self.close()
            raise

    # ---- life ----

    @property
    def closed(self) -> bool:
        return self._handle.closed

    def close(self) -> None:
        """Cancels what runs and closes all that was made from the session. A second time does nothing."""
        free = L.library().weir_close
        with self._guard.entry():
            if self._guard.closed:
                return
            for child in list(self._children):
                child._forget()
            pointer, self._handle._pointer, self._guard.closed = self._handle._pointer, None, True
            if pointer is not None:
                free(pointer)

    def __del__(self) -> None:
        if hasattr(self, "_handle"):
            self.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<weir.Session{' closed' if self.closed else ''}>"

    # ---- settings ----

    def set(self, key: str, value: Any) -> None:
        """SET 'key' = 'value'."""
        with self._handle.entry():
            pointer = self._handle.get()
            L.call(L.library().weir_set, pointer, key.encode(), _setting(value).encode())

    def setting(self, key: str) -> Optional[str]:
        """The value of a setting, or its default; None if it has neither."""
        with self._handle.entry():
            pointer = self._handle.get()
            value = L.library().weir_setting(pointer, key.encode(), byref(c_bool()))
            return None if value is None else value.decode()

    def define(self, name: str, value: Any) -> None:
        """The value for ${NAME} in texts that come after."""
        with self._handle.entry():
            pointer = self._handle.get()
            L.call(L.library().weir_define, pointer, name.encode(), str(value).encode())

    # ---- statements ----

    def _prepare(self, text: bytes, offset: c_size_t) -> Optional[Statement]:
        """The statement at the offset, which moves behind it; None: there is none."""
        out = c_void_p()
        with self._handle.entry():
            pointer = self._handle.get()
            status = L.call(L.library().weir_prepare, pointer, text, len(text), byref(offset), byref(out))
            return None if status == L.END else Statement(self, out)

    def _each(self, sql: str) -> Iterator[Tuple[Statement, bool]]:
        """The statements of a text, and whether it is the last. Each is prepared once the one before was run."""
        text, offset, end = sql.encode(), c_size_t(0), c_size_t()
        while True:
            statement = self._prepare(text, offset)
            if statement is None:
                return
            rest = L.library().weir_statement_end(text, len(text), offset.value, byref(end))
            with statement:
                yield statement, rest == L.EMPTY

    def _last(self, sql: str, params: Optional[Parameters], change_column: Optional[str] = None
              ) -> Union[Result, Job, None]:
        """Runs all statements; the last is only started. Parameters belong to it."""
        for statement, last in self._each(sql):
            if last:
                return statement._start(params, change_column)
            statement.execute()
        raise Error("the text has no statement")

    def execute(self, sql: str, params: Optional[Parameters] = None) -> None:
        """Runs all statements of a text, one after another, and waits for each; rows of queries are dropped. `params`
        are for the last statement."""
        for statement, last in self._each(sql):
            statement.execute(params if last else None)

    def query(self, sql: str, params: Optional[Parameters] = None, *, change_column: Optional[str] = None) -> Result:
        """Starts a query (or SHOW, DESCRIBE, EXPLAIN) and gives its result. Statements before it in the text are run
        first. `params`: values for its ? (None, bool, int, float, str; times and decimals are taken as text: CAST(? AS
        TIMESTAMP(3))). `change_column`: the rows get a first column of this name with the kind of each change."""
        return _rows(self._last(sql, params, change_column))

    def sql(self, sql: str, params: Optional[Parameters] = None) -> Union[Result, Job, None]:
        """Runs all statements of a text; the last one is only started, and its rows or its job given. None: it has
        neither."""
        return self._last(sql, params)

    def submit(self, sql: str, params: Optional[Parameters] = None) -> Job:
        """Starts an INSERT (or a statement set) as a job, and does not wait for it. Statements before it in the text
        are run first."""
        return _job(self._last(sql, params))

    def prepare(self, sql: str) -> Statement:
        """Prepares the one statement of a text, which may have ? for parameters, to be started often. Names mean the
        tables of this moment ever after."""
        text, offset, end = sql.encode(), c_size_t(0), c_size_t()
        statement = self._prepare(text, offset)
        if statement is None:
            raise Error("the text has no statement")
        if L.library().weir_statement_end(text, len(text), offset.value, byref(end)) != L.EMPTY:
            statement.close()
            raise Error("the text has more than one statement", hint="use execute() for the ones before")
        return statement

    def check(self, sql: str) -> None:
        """Parses, binds and plans a text; its definitions and settings are carried out, no job runs."""
        text = sql.encode()
        with self._handle.entry():
            pointer = self._handle.get()
            L.call(L.library().weir_check, pointer, text, len(text))

    def run(self, sql: str, *, state_dir: Union[str, "os.PathLike[str]", None] = None, separately: bool = False
            ) -> Iterator[Union[Result, Job]]:
        """Runs a text as a script, as `weir run` does: definitions first, then all INSERTs as one job, then each
        query. Gives each part once it was started; one that has not ended when the next is asked for is waited for.
        With `state_dir` the job keeps checkpoints there and goes on from the last one. `separately`: statement by
        statement instead."""
        lib, text, out = L.library(), sql.encode(), c_void_p()
        options = L.RunOptions(ctypes.sizeof(L.RunOptions), os.fsencode(state_dir) if state_dir else None, separately,
                               False)
        with self._handle.entry():
            pointer = self._handle.get()
            L.call(lib.weir_run, pointer, text, len(text), byref(options), byref(out))
            run = _Run(self, out)
        with run:
            while True:
                part = run.next()
                if part is None:
                    return
                yield part
                if not part.closed:
                    part.wait()

    # ---- rows in ----

    def input(self, table: str) -> Input:
        """The way into a table with 'connector' = 'stream': push(), watermark(), end()."""
        return Input(self, table)

    def stream(self, name: str, like: Any, *, watermark: Optional[str] = None, options: Optional[Mapping[str, Any]] = None
               ) -> Input:
        """Makes a stream table with the columns of `like` (an Arrow, pandas or Polars table, or a schema), and gives
        the way into it. `watermark`: as in SQL, "ts AS ts - INTERVAL '5' SECOND" or "ts AS SOURCE_WATERMARK()". A table
        of that name goes."""
        incoming = None if hasattr(like, "__arrow_c_schema__") else Incoming(like)
        field = schema_field(like) if incoming is None else incoming.field
        if incoming is not None:
            incoming.close()
        self._create(name, field, watermark, dict(options or {}))
        return self.input(quoted(name))

    def register(self, name: str, data: Any) -> None:
        """Makes a table of data: a PyArrow, pandas or Polars table, or anything with __arrow_c_stream__. It is bounded
        and can be read by any number of queries; the data are not copied: do not change them. A table of that name
        goes."""
        incoming = Incoming(data)
        try:
            self._create(name, incoming.field, None, {"bounded": True, "keep": True})
            with self.input(quoted(name)) as way_in:
                way_in.push(incoming)
        finally:
            incoming.close()

    def _create(self, name: str, field: Field, watermark: Optional[str], options: Mapping[str, Any]) -> None:
        columns = [f"{quoted(n)} {t}" for n, t in columns_of(field)]
        if watermark is not None:
            columns.append(f"WATERMARK FOR {watermark}")
        given = [f"'{k}' = '{_setting(v)}'" for k, v in {"connector": "stream", **options}.items()]
        self.execute(f"DROP TABLE IF EXISTS {quoted(name)};\n"
                     f"CREATE TABLE {quoted(name)} ({', '.join(columns)}) WITH ({', '.join(given)})")

    # ---- the catalog ----

    def _list(self, function: Any, *arguments: Any) -> List[Any]:
        out = c_void_p()
        with self._handle.entry():
            pointer = self._handle.get()
            L.call(function, pointer, *arguments, byref(out))
            result = Result(self, out)
        with result:
            return result.fetchall()

    def tables(self) -> List[Table]:
        """Tables and views."""
        return [Table(*row) for row in self._list(L.library().weir_tables)]

    def columns(self, table: str) -> List[TableColumn]:
        """The columns of a table or view."""
        return [TableColumn(*row) for row in self._list(L.library().weir_table_columns, table.encode())]

    def functions(self) -> List[Function]:
        """All functions that SQL can call."""
        return [Function(*row) for row in self._list(L.library().weir_functions)]

    def complete(self, sql: str, offset: Optional[int] = None) -> List[Completion]:
        """What may stand at a place of a text that is being typed; without an offset, at its end."""
        text = sql.encode()
        at = len(text) if offset is None else len(sql[:offset].encode())
        return [Completion(word, kind, help, len(text[:int(start)].decode("utf-8", "replace")))
                for word, kind, help, start in self._list(L.library().weir_completions, text, len(text), at)]


class _Run:
    """A script that is being run."""

    def __init__(self, session: Session, pointer: Any) -> None:
        self._session = session
        self._handle = Handle(session._guard, pointer, L.library().weir_run_free, "script")
        session._children.add(self)

    def next(self) -> Union[Result, Job, None]:
        """The next part with rows or a job."""
        while True:
            out = c_void_p()
            with self._handle.entry():
                pointer = self._handle.get()
                if L.call(L.library().weir_run_next, pointer, byref(out)) == L.END:
                    return None
                part = _started(self._session, out, None)
            if part is not None:
                return part

    def _forget(self) -> None:
        self._handle.forget()

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, *exc: object) -> None:
        self._handle.close()


def _config(log: Callable[[str], None], late_rows: Optional[Callable[[str, int], None]]) -> L.Config:
    def on_log(_: Any, line: bytes) -> None:
        log(line.decode("utf-8", "replace"))

    def on_late(_: Any, name: bytes, rows: int) -> None:
        if late_rows is not None:
            late_rows(name.decode("utf-8", "replace"), rows)

    return L.Config(ctypes.sizeof(L.Config), None, L.LOG(on_log),
                    L.LATE_ROWS(on_late) if late_rows is not None else L.LATE_ROWS())


@atexit.register
def _close_all() -> None:
    """Before Python goes: threads of the library must not call into it any more."""
    for session in list(_sessions):
        session.close()


def connect(settings: Optional[Mapping[str, Any]] = None, *, log: Optional[Callable[[str], None]] = None,
            late_rows: Optional[Callable[[str, int], None]] = None, **more: Any) -> Session:
    """Opens a session.

    `settings` are those of SET: {"parallelism.default": 2}; they may be given as keywords too, with _ for the dots:
    connect(parallelism_default=2). `log` gets lines for people ("no broker answers, waiting"), from any thread;
    without it they go to the logger "weir". `late_rows(operator, rows)` is called when rows came too late and were
    dropped, from any thread.
    """
    given = dict(settings or {})
    given.update((key.replace("_", "."), value) for key, value in more.items())
    return Session(given, log=log, late_rows=late_rows)
