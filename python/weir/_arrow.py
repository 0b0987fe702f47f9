# SPDX-License-Identifier: Apache-2.0
"""Arrow's C data and stream interfaces through ctypes, and the capsules of the Arrow PyCapsule interface.

Capsules have no destructor here: one written in Python could run while an exception is on its way and lose it. All
capsules that were handed out are kept in a list instead, and those that nobody else holds any more are cleared at the
next use (sweep).
"""
from __future__ import annotations

import ctypes
import errno
import signal
import sys
import threading
from ctypes import CFUNCTYPE, POINTER, Structure, addressof, c_char_p, c_int, c_int64, c_void_p, py_object
from typing import Any, Callable, Dict, List, Optional, Tuple

from ._errors import Error


class ArrowSchema(Structure):
    """struct ArrowSchema"""


class ArrowArray(Structure):
    """struct ArrowArray"""


RELEASE = CFUNCTYPE(None, c_void_p)

ArrowSchema._fields_ = [
    ("format", c_char_p), ("name", c_char_p), ("metadata", c_void_p), ("flags", c_int64), ("n_children", c_int64),
    ("children", POINTER(POINTER(ArrowSchema))), ("dictionary", POINTER(ArrowSchema)), ("release", c_void_p),
    ("private_data", c_void_p),
]
ArrowArray._fields_ = [
    ("length", c_int64), ("null_count", c_int64), ("offset", c_int64), ("n_buffers", c_int64),
    ("n_children", c_int64), ("buffers", POINTER(c_void_p)), ("children", POINTER(POINTER(ArrowArray))),
    ("dictionary", POINTER(ArrowArray)), ("release", c_void_p), ("private_data", c_void_p),
]


class ArrowArrayStream(Structure):
    """struct ArrowArrayStream"""

    _fields_ = [("get_schema", c_void_p), ("get_next", c_void_p), ("get_last_error", c_void_p),
                ("release", c_void_p), ("private_data", c_void_p)]


_GET = CFUNCTYPE(c_int, c_void_p, c_void_p)
_GET_ERROR = CFUNCTYPE(c_void_p, c_void_p)


def release(struct: Any) -> None:
    """Gives a schema, an array or a stream back to its producer, if it was not given back."""
    if struct.release:
        RELEASE(struct.release)(addressof(struct))


class Owned:
    """A schema, array or stream that is released with this object."""

    __slots__ = ("struct",)

    def __init__(self, kind: type) -> None:
        self.struct = kind()

    @property
    def address(self) -> int:
        return addressof(self.struct)

    def move_to(self, address: int) -> None:
        """Moves the content to a struct of the same kind elsewhere."""
        ctypes.memmove(address, addressof(self.struct), ctypes.sizeof(self.struct))
        self.struct.release = None

    def __del__(self) -> None:
        release(self.struct)


class Field:
    """A column's type as Arrow has it."""

    __slots__ = ("name", "format", "flags", "children", "dictionary")

    def __init__(self, schema: ArrowSchema) -> None:
        self.name: str = (schema.name or b"").decode("utf-8", "replace")
        self.format: str = schema.format.decode("utf-8", "replace")
        self.flags: int = schema.flags
        self.children: List[Field] = [Field(schema.children[i].contents) for i in range(schema.n_children)]
        self.dictionary: Optional[Field] = Field(schema.dictionary.contents) if schema.dictionary else None

    @property
    def nullable(self) -> bool:
        return bool(self.flags & 2)

    def key(self) -> Tuple[Any, ...]:
        """Equal for equal layouts."""
        return (self.name, self.format, tuple(c.key() for c in self.children),
                self.dictionary.key() if self.dictionary else None)


# ---- capsules ----

SCHEMA, ARRAY, STREAM = b"arrow_schema", b"arrow_array", b"arrow_array_stream"

_new = ctypes.pythonapi.PyCapsule_New
_new.restype = py_object
_new.argtypes = [c_void_p, c_char_p, c_void_p]
_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype = c_void_p
_pointer.argtypes = [py_object, c_char_p]

_given: List[Tuple[Any, Owned]] = []  # capsules with what they point to
_given_lock = threading.Lock()


def capsule(owned: Owned, name: bytes) -> Any:
    """A capsule for the content; the receiver moves it out, or it is released some time after the capsule."""
    sweep()
    made = _new(owned.address, name, None)
    with _given_lock:
        _given.append((made, owned))
    return made


def sweep() -> None:
    """Lets go of what capsules held that nobody has any more."""
    gone = []
    with _given_lock:
        for i in range(len(_given) - 1, -1, -1):
            if sys.getrefcount(_given[i][0]) <= 2:  # the tuple's and the argument's
                gone.append(_given.pop(i))
    del gone  # outside the lock: a release may do anything


def address_in(given: Any, name: bytes) -> int:
    """What a capsule from elsewhere points to."""
    address: int = _pointer(given, name)
    return address


# ---- our own streams ----
#
# An exported stream is one of the library (weir_result_arrow), and is released by the library; but the functions that
# wait are replaced by ours, which look after signals and keep the result alive. `release` cannot be ours: receivers
# call it while an exception is on its way.

class Export:
    """What an exported ArrowArrayStream calls. `get_schema` and `get_next` fill the struct at an address; get_next
    gives False at the end, and leaves it empty."""

    def __init__(self, get_schema: Callable[[int], bool], get_next: Callable[[int], bool]) -> None:
        self.get_schema: Optional[Callable[[int], bool]] = get_schema
        self.get_next: Optional[Callable[[int], bool]] = get_next
        self.message = ctypes.create_string_buffer(b"")

    def finish(self) -> None:
        """Lets go of the result: nothing more will come."""
        if self.get_next is not None:
            self.get_next = None
            _interrupts.unwatch()

    def attempt(self, what: Optional[Callable[[int], bool]], out: int, size: int) -> int:
        try:
            ctypes.memset(out, 0, size)
            if what is not None and not what(out):
                self.finish()
            _interrupts.check()
            return 0
        except BaseException as failure:  # the receiver makes an error of its own of it
            self.finish()
            interrupted = isinstance(failure, KeyboardInterrupt)
            text = "interrupted" if interrupted else str(failure)
            self.message = ctypes.create_string_buffer(text.encode("utf-8", "replace").replace(b"\0", b" "))
            return errno.EINTR if interrupted else errno.EIO


_exports: Dict[int, Export] = {}  # by private_data; an entry is replaced when the library uses the address again


def _export_of(stream: int) -> Export:
    return _exports[ArrowArrayStream.from_address(stream).private_data]


def _get_schema_now(stream: int, out: int) -> int:
    export = _export_of(stream)
    return export.attempt(export.get_schema, out, ctypes.sizeof(ArrowSchema))


def _get_next_now(stream: int, out: int) -> int:
    export = _export_of(stream)
    return export.attempt(export.get_next, out, ctypes.sizeof(ArrowArray))


def _get_last_error_now(stream: int) -> int:
    return addressof(_export_of(stream).message)


_get_schema = _GET(_get_schema_now)
_get_next = _GET(_get_next_now)
_get_last_error = _GET_ERROR(_get_last_error_now)


class _Interrupts:
    """A KeyboardInterrupt that came right at the beginning or end of a function that C called would be lost, and the
    C code take garbage for its answer. While a stream is exported SIGINT is looked at by `handle` first: in those
    functions it is noted, and raised where it can be caught; everywhere else the handler that was there has it."""

    def __init__(self) -> None:
        self._before: Any = None
        self._streams = 0  # that are exported
        self._noted = False
        self._careful = {f.__code__ for f in (_get_schema_now, _get_next_now, _get_last_error_now, _export_of,
                                              Export.attempt, Export.finish, _Interrupts.unwatch)}

    def watch(self) -> None:
        self._streams += 1
        if threading.current_thread() is not threading.main_thread():
            return
        now = signal.getsignal(signal.SIGINT)
        if callable(now) and now != self.handle:
            self._before = now
            signal.signal(signal.SIGINT, self.handle)

    def unwatch(self) -> None:
        self._streams -= 1
        if self._streams or threading.current_thread() is not threading.main_thread():
            return
        if signal.getsignal(signal.SIGINT) == self.handle:
            signal.signal(signal.SIGINT, self._before)

    def handle(self, number: int, frame: Any) -> None:
        if frame is not None and frame.f_code in self._careful:
            self._noted = True
        else:
            self._before(number, frame)

    def check(self) -> None:
        if self._noted:
            self._noted = False
            raise KeyboardInterrupt


_interrupts = _Interrupts()


def _address_of(function: Any) -> Optional[int]:
    return ctypes.cast(function, c_void_p).value


def stream_capsule(owned: Owned, export: Export) -> Any:
    """A capsule for a stream of the library, with the functions of `export`."""
    _exports[owned.struct.private_data] = export
    owned.struct.get_schema = _address_of(_get_schema)
    owned.struct.get_next = _address_of(_get_next)
    owned.struct.get_last_error = _address_of(_get_last_error)
    _interrupts.watch()
    return capsule(owned, STREAM)


# ---- streams from elsewhere ----

def schema_field(data: Any) -> Field:
    """What __arrow_c_schema__ gives."""
    given = data.__arrow_c_schema__()
    return Field(ArrowSchema.from_address(address_in(given, SCHEMA)))


class Incoming:
    """The batches of anything that has __arrow_c_stream__ or __arrow_c_array__; iterate once. `schema` is the address
    of a struct ArrowSchema that lives as long as this."""

    def __init__(self, data: Any) -> None:
        self._stream: Optional[ArrowArrayStream] = None
        self._array: Optional[int] = None
        if hasattr(data, "__arrow_c_array__"):
            self._capsules = data.__arrow_c_array__()
            self.schema = address_in(self._capsules[0], SCHEMA)
            self._array = address_in(self._capsules[1], ARRAY)
        elif hasattr(data, "__arrow_c_stream__"):
            self._capsules = data.__arrow_c_stream__()
            self._stream = ArrowArrayStream.from_address(address_in(self._capsules, STREAM))
            self._owned_schema = Owned(ArrowSchema)
            self._call(self._stream.get_schema, self._owned_schema.address)
            self.schema = self._owned_schema.address
        else:
            raise Error(f"{type(data).__name__} cannot be read as Arrow data",
                        hint="give an Arrow, pandas or Polars table, or anything with __arrow_c_stream__")
        self.field = Field(ArrowSchema.from_address(self.schema))
        if self.field.format != "+s":
            raise Error(f"{type(data).__name__} has no columns", hint="give a table or a record batch")

    def _call(self, function: int, out: int) -> None:
        assert self._stream is not None
        stream = addressof(self._stream)
        if _GET(function)(stream, out) == 0:
            return
        text = _GET_ERROR(self._stream.get_last_error)(stream)
        raise Error(ctypes.string_at(text).decode("utf-8", "replace") if text else "the Arrow stream failed")

    def next(self) -> Optional[Tuple[int, Any]]:
        """The address of the next batch and what keeps it; None at the end."""
        if self._array is not None:
            array, self._array = self._array, None
            return array, self._capsules
        if self._stream is None:
            return None
        batch = Owned(ArrowArray)
        self._call(self._stream.get_next, batch.address)
        return (batch.address, batch) if batch.struct.release else None

    def close(self) -> None:
        if self._stream is not None:
            release(self._stream)
            self._stream = None
