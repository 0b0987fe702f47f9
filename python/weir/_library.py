# SPDX-License-Identifier: Apache-2.0
"""libweir through ctypes: where it is found, and the functions and structs of weir.h.

ctypes rather than a C extension: the package is then pure Python, one wheel for every Python 3.9+, built without a
compiler, and bound to the numbered interface of the library alone. A call costs a microsecond or two, which is little
beside a batch of thousands of rows. ctypes lets go of the GIL during each call.

Nothing is loaded when the package is imported; library() does that once, at the first use.
"""
from __future__ import annotations

import ctypes
import ctypes.util
import os
import subprocess
import threading
from ctypes import POINTER, Structure, byref, c_bool, c_char_p, c_double, c_int, c_int64, c_size_t, c_uint32
from ctypes import c_uint64, c_uint8, c_void_p
from typing import Any, Iterator, List, Optional

from ._errors import Error, LibraryNotFound, RunError, SQLError

ABI_VERSION = 1

# enum weir_status
OK, ERROR, END, WAIT = range(4)
# enum weir_kind
NOTHING, ROWS, JOB, TEXT = range(4)
# enum weir_complete
EMPTY, COMPLETE, INCOMPLETE = range(3)

NO_PLACE = c_size_t(-1).value

LOG = ctypes.CFUNCTYPE(None, c_void_p, c_char_p)
LATE_ROWS = ctypes.CFUNCTYPE(None, c_void_p, c_char_p, c_uint64)


class Config(Structure):
    """struct weir_config"""

    _fields_ = [("struct_bytes", c_size_t), ("arg", c_void_p), ("log", LOG), ("late_rows", LATE_ROWS)]


class RunOptions(Structure):
    """struct weir_run_options"""

    _fields_ = [("struct_bytes", c_size_t), ("state_dir", c_char_p), ("separately", c_bool), ("check", c_bool)]


class ProgressStruct(Structure):
    """struct weir_progress"""

    _fields_ = [
        ("struct_bytes", c_size_t), ("rows_in", c_uint64), ("rows_out", c_uint64), ("bytes_in", c_uint64),
        ("bytes_total", c_uint64), ("late_rows", c_uint64), ("bad_records", c_uint64), ("checkpoints", c_uint64),
        ("state_bytes", c_int64), ("watermark_us", c_int64), ("behind_rows", c_int64), ("elapsed_us", c_int64),
    ]


_HANDLE = c_void_p
_OUT = POINTER(c_void_p)  # of a handle or an error

# name: (result, arguments); an `error` argument comes last where status is given
_PROTOTYPES = {
    "weir_version": (c_char_p, []),
    "weir_abi_version": (c_int, []),
    "weir_error_code": (c_char_p, [_HANDLE]),
    "weir_error_text": (c_char_p, [_HANDLE]),
    "weir_error_hint": (c_char_p, [_HANDLE]),
    "weir_error_name": (c_char_p, [_HANDLE]),
    "weir_error_offset": (c_size_t, [_HANDLE]),
    "weir_error_length": (c_size_t, [_HANDLE]),
    "weir_error_sql": (c_char_p, [_HANDLE]),
    "weir_error_exit_status": (c_int, [_HANDLE]),
    "weir_error_retriable": (c_bool, [_HANDLE]),
    "weir_error_fatal": (c_bool, [_HANDLE]),
    "weir_error_free": (None, [_HANDLE]),
    "weir_open": (c_int, [POINTER(Config), _OUT, _OUT]),
    "weir_close": (None, [_HANDLE]),
    "weir_set": (c_int, [_HANDLE, c_char_p, c_char_p, _OUT]),
    "weir_setting": (c_char_p, [_HANDLE, c_char_p, POINTER(c_bool)]),
    "weir_define": (c_int, [_HANDLE, c_char_p, c_char_p, _OUT]),
    "weir_prepare": (c_int, [_HANDLE, c_char_p, c_size_t, POINTER(c_size_t), _OUT, _OUT]),
    "weir_statement_free": (None, [_HANDLE]),
    "weir_parameters": (ctypes.c_uint, [_HANDLE]),
    "weir_bind_null": (c_int, [_HANDLE, ctypes.c_uint, _OUT]),
    "weir_bind_boolean": (c_int, [_HANDLE, ctypes.c_uint, c_bool, _OUT]),
    "weir_bind_bigint": (c_int, [_HANDLE, ctypes.c_uint, c_int64, _OUT]),
    "weir_bind_double": (c_int, [_HANDLE, ctypes.c_uint, c_double, _OUT]),
    "weir_bind_string": (c_int, [_HANDLE, ctypes.c_uint, c_char_p, c_size_t, _OUT]),
    "weir_statement_end": (c_int, [c_char_p, c_size_t, c_size_t, POINTER(c_size_t)]),
    "weir_start": (c_int, [_HANDLE, _OUT, _OUT]),
    "weir_run": (c_int, [_HANDLE, c_char_p, c_size_t, POINTER(RunOptions), _OUT, _OUT]),
    "weir_run_next": (c_int, [_HANDLE, _OUT, _OUT]),
    "weir_run_free": (None, [_HANDLE]),
    "weir_check": (c_int, [_HANDLE, c_char_p, c_size_t, _OUT]),
    "weir_result_kind": (c_int, [_HANDLE]),
    "weir_result_job": (c_char_p, [_HANDLE]),
    "weir_result_bounded": (c_bool, [_HANDLE]),
    "weir_result_updating": (c_bool, [_HANDLE]),
    "weir_columns": (ctypes.c_uint, [_HANDLE]),
    "weir_column_name": (c_char_p, [_HANDLE, ctypes.c_uint]),
    "weir_column_type": (c_char_p, [_HANDLE, ctypes.c_uint]),
    "weir_result_arrow": (c_int, [_HANDLE, c_char_p, c_void_p, _OUT]),
    "weir_result_schema": (c_int, [_HANDLE, c_char_p, c_void_p, _OUT]),
    "weir_result_next": (c_int, [_HANDLE, c_int64, c_void_p, _OUT]),
    "weir_result_wait": (c_int, [_HANDLE, c_int64, _OUT]),
    "weir_result_end": (c_int, [_HANDLE]),
    "weir_result_progress": (c_int, [_HANDLE, POINTER(ProgressStruct), _OUT]),
    "weir_cancel": (None, [_HANDLE]),
    "weir_stop": (None, [_HANDLE]),
    "weir_result_free": (None, [_HANDLE]),
    "weir_input_open": (c_int, [_HANDLE, c_char_p, c_void_p, _OUT, _OUT]),
    "weir_push": (c_int, [_HANDLE, c_void_p, _OUT]),
    "weir_push_watermark": (c_int, [_HANDLE, c_int64, _OUT]),
    "weir_push_end": (c_int, [_HANDLE, _OUT]),
    "weir_input_free": (None, [_HANDLE]),
    "weir_tables": (c_int, [_HANDLE, _OUT, _OUT]),
    "weir_table_columns": (c_int, [_HANDLE, c_char_p, _OUT, _OUT]),
    "weir_functions": (c_int, [_HANDLE, _OUT, _OUT]),
    "weir_completions": (c_int, [_HANDLE, c_char_p, c_size_t, c_size_t, _OUT, _OUT]),
}


def _pkg_config() -> Optional[str]:
    try:
        found = subprocess.run(["pkg-config", "--variable=libdir", "weir"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True, timeout=10, check=False).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None
    return os.path.join(found, "libweir.so.0") if found else None


def _candidates() -> Iterator[str]:
    """Where the library may be, best first; WEIR_LIBRARY decides alone."""
    given = os.environ.get("WEIR_LIBRARY")
    if given:
        yield given
        return
    here = os.path.dirname(os.path.abspath(__file__))
    for name in ("libweir.so.0", "libweir.so"):
        if os.path.exists(os.path.join(here, name)):
            yield os.path.join(here, name)
    yield "libweir.so.0"
    by_ldconfig = ctypes.util.find_library("weir")
    if by_ldconfig:
        yield by_ldconfig
    by_pkg_config = _pkg_config()
    if by_pkg_config:
        yield by_pkg_config


def _load() -> ctypes.CDLL:
    tried: List[str] = []
    for path in _candidates():
        try:
            lib = ctypes.CDLL(path)
        except OSError as why:
            tried.append(str(why))
            continue
        try:
            lib.weir_abi_version.restype = c_int
            abi = lib.weir_abi_version()
        except AttributeError:
            raise LibraryNotFound(f"{path} is not libweir: it has no weir_abi_version") from None
        if abi != ABI_VERSION:
            raise LibraryNotFound(f"{path} has interface {abi}; this package is made for interface {ABI_VERSION}")
        _declare(lib, path)
        return lib
    raise LibraryNotFound("libweir.so was not found; install Weir (make install), or put its path into the "
                          "environment as WEIR_LIBRARY\n" + "\n".join(f"  tried {line}" for line in tried))


def _declare(lib: ctypes.CDLL, path: str) -> None:
    for name, (result, arguments) in _PROTOTYPES.items():
        try:
            function = getattr(lib, name)
        except AttributeError:
            raise LibraryNotFound(f"{path} lacks {name}: it is older than this package") from None
        function.restype = result
        function.argtypes = arguments


_loading = threading.Lock()
_library: Optional[ctypes.CDLL] = None


def library() -> Any:
    """The library, loaded at the first call."""
    global _library
    if _library is None:
        with _loading:
            if _library is None:
                _library = _load()
    return _library


def _text(value: Optional[bytes]) -> str:
    return (value or b"").decode("utf-8", "replace")


def error_of(pointer: c_void_p) -> Error:
    """The exception for a struct weir_error, which is freed."""
    lib = library()
    offset = lib.weir_error_offset(pointer)
    status = lib.weir_error_exit_status(pointer)
    kind = {1: RunError, 2: SQLError}.get(status, Error)
    error = kind(
        _text(lib.weir_error_text(pointer)), code=_text(lib.weir_error_code(pointer)),
        name=_text(lib.weir_error_name(pointer)), hint=_text(lib.weir_error_hint(pointer)),
        retriable=lib.weir_error_retriable(pointer), fatal=lib.weir_error_fatal(pointer),
        place=None if offset == NO_PLACE else (lib.weir_error_sql(pointer) or b"", offset,
                                               lib.weir_error_length(pointer)))
    lib.weir_error_free(pointer)
    return error


def call(function: Any, *arguments: Any) -> int:
    """Calls a function that ends in `struct weir_error **`; gives its status, or raises."""
    error = c_void_p()
    status: int = function(*arguments, byref(error))
    if status == ERROR:
        raise error_of(error)
    return status
