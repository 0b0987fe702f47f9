# SPDX-License-Identifier: Apache-2.0
"""Rows into stream tables."""
from __future__ import annotations

import datetime
import threading
import time
from ctypes import c_void_p, byref
from typing import TYPE_CHECKING, Any, Optional, Tuple, Union

from . import _library as L
from ._arrow import ArrowArray, Incoming
from ._errors import Error
from ._handle import Handle

if TYPE_CHECKING:
    from ._session import Session

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def _micros(watermark: Union[datetime.datetime, int]) -> int:
    if isinstance(watermark, datetime.datetime):
        if watermark.tzinfo is None:
            watermark = watermark.replace(tzinfo=datetime.timezone.utc)
        return (watermark - _EPOCH) // datetime.timedelta(microseconds=1)
    return int(watermark)


class Input:
    """The way into a stream table. It may be used by any thread, also while others read results of its session; ends
    the table when it is closed (as `with` does)."""

    def __init__(self, session: Session, table: str) -> None:
        self._session = session
        self._table = table
        self._pushing = threading.Lock()
        self._layout: Optional[Tuple[Any, ...]] = None  # that the batches must have
        self._handle = self._open(None)
        session._children.add(self)

    def _open(self, schema: Optional[int]) -> Handle:
        lib, out = L.library(), c_void_p()
        with self._session._handle.entry():
            pointer = self._session._handle.get()
            L.call(lib.weir_input_open, pointer, self._table.encode(), schema, byref(out))
        return Handle(self._session._guard, out, lib.weir_input_free, "input")

    @property
    def table(self) -> str:
        return self._table

    @property
    def closed(self) -> bool:
        return self._handle.closed

    def _adapt(self, incoming: Incoming) -> None:
        """Batches of another layout come through another input of the library; the table goes on."""
        self._handle.get_now()
        layout = incoming.field.key()
        if layout == self._layout:
            return
        before, self._handle = self._handle, self._open(incoming.schema)
        before.close()
        self._layout = layout

    def _push_batch(self, address: int, until: Optional[float]) -> bool:
        pause = 0.0005
        while True:
            with self._handle.alive:
                pointer = self._handle.get_now()
                if L.call(L.library().weir_push, pointer, address) == L.OK:
                    return True
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                return False
            time.sleep(pause if left is None else min(pause, left))
            pause = min(pause * 2, 0.02)

    def push(self, data: Any, wait: bool = True, timeout: Optional[float] = None) -> int:
        """Pushes rows: a PyArrow, pandas or Polars table, a record batch, anything with __arrow_c_array__ or
        __arrow_c_stream__, or a list of dicts (which needs pyarrow). Columns are found by name; those the table does
        not have are left out, and those it has and the data do not are NULL. Data are read in place: do not change
        them afterwards.

        Gives the number of rows that were taken. While more than the setting weir.stream.buffer-bytes waits to be
        read, push waits for the readers, at most `timeout` seconds; without `wait` not at all. Then fewer are taken:
        the first ones, by whole batches. A program that pushes and reads in one thread must not wait for itself: push
        without `wait`, and read in between.
        """
        until = None if wait and timeout is None else time.monotonic() + (timeout or 0.0 if wait else 0.0)
        if isinstance(data, list):
            data = self._of_dicts(data)
        rows = 0
        with self._pushing:
            incoming = data if isinstance(data, Incoming) else Incoming(data)
            try:
                self._adapt(incoming)
                while True:
                    batch = incoming.next()
                    if batch is None:
                        return rows
                    length = ArrowArray.from_address(batch[0]).length
                    if not self._push_batch(batch[0], until):
                        return rows
                    rows += length
            finally:
                incoming.close()

    def _of_dicts(self, rows: Any) -> Any:
        from ._types import schema_of
        try:
            import pyarrow
        except ImportError:
            raise Error("rows as dicts need pyarrow, which is not installed", hint="pip install pyarrow") from None
        return pyarrow.Table.from_pylist(rows, schema=schema_of(self._session.columns(self._table)))

    def watermark(self, watermark: Union[datetime.datetime, int]) -> None:
        """No row earlier than this will come: a datetime (without zone it is UTC), or microseconds since 1970. For
        tables without WATERMARK in their definition."""
        with self._pushing, self._handle.alive:
            pointer = self._handle.get_now()
            L.call(L.library().weir_push_watermark, pointer, _micros(watermark))

    def end(self) -> None:
        """No more rows; queries that read the table to its end come to theirs."""
        with self._pushing, self._handle.alive:
            pointer = self._handle.get_now()
            L.call(L.library().weir_push_end, pointer)

    def close(self) -> None:
        """Ends the table. A second time does nothing."""
        self._handle.close()

    def _forget(self) -> None:
        self._handle.forget()

    def __enter__(self) -> Input:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
