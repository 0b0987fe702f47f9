# SPDX-License-Identifier: Apache-2.0
"""Arrow arrays as Python values, without pyarrow: the layouts that weir_result_next() gives, and no others.

BOOLEAN bool, whole numbers int, FLOAT and DOUBLE float, DECIMAL decimal.Decimal, CHAR and VARCHAR str, BINARY and
VARBINARY bytes, DATE datetime.date, TIME datetime.time, TIMESTAMP datetime.datetime (without zone), TIMESTAMP_LTZ the
same in the session's zone, INTERVAL YEAR TO MONTH int (months), INTERVAL DAY TO SECOND datetime.timedelta, ARRAY list,
MAP dict, ROW dict, NULL None. datetime ends at microseconds: what lies behind is cut.
"""
from __future__ import annotations

import ctypes
import datetime
import re
import struct
from decimal import Decimal
from typing import Any, Callable, Dict, List, Tuple

from ._arrow import ArrowArray, Field
from ._errors import Error

_EPOCH = datetime.datetime(1970, 1, 1)
_EPOCH_UTC = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
_EPOCH_DAY = _EPOCH.date().toordinal()
_FIXED = {"c": "b", "s": "h", "i": "i", "l": "q", "f": "f", "g": "d", "tdD": "i", "ttm": "i", "tiM": "i", "tDu": "q"}


def zone_of(name: str) -> datetime.tzinfo:
    """A session's zone; one that this machine does not know becomes UTC."""
    if name in ("UTC", "Z", ""):
        return datetime.timezone.utc
    m = re.match(r"(?:UTC|GMT)?([+-])(\d\d?):?(\d\d)?$", name)
    if m:
        minutes = int(m.group(2)) * 60 + int(m.group(3) or 0)
        return datetime.timezone(datetime.timedelta(minutes=-minutes if m.group(1) == "-" else minutes))
    try:
        import zoneinfo
        return zoneinfo.ZoneInfo(name)
    except Exception:  # no time zone data here
        return datetime.timezone.utc


def _memory(address: int, count: int, kind: Any) -> Any:
    """`count` values in memory as a memoryview; `kind` as struct has it."""
    if not address or not count:
        return memoryview(b"")
    raw = (ctypes.c_char * (struct.calcsize(kind) * count)).from_address(address)
    return memoryview(raw).cast("B").cast(kind)


def _bits(address: int, offset: int, count: int) -> List[bool]:
    raw = bytes(_memory(address, (offset + count + 7) // 8, "B"))
    return [raw[i >> 3] >> (i & 7) & 1 == 1 for i in range(offset, offset + count)]


def _nulls(array: ArrowArray) -> List[int]:
    """Which rows are NULL."""
    if array.null_count == 0 or array.n_buffers == 0 or not array.buffers[0]:
        return []
    return [i for i, valid in enumerate(_bits(array.buffers[0], array.offset, array.length)) if not valid]


def _fixed(array: ArrowArray, kind: str) -> List[Any]:
    values: List[Any] = _memory(array.buffers[1], array.offset + array.length, kind)[array.offset:].tolist()
    return values


def _offsets(array: ArrowArray) -> List[int]:
    if not array.length:
        return [0]
    values: List[int] = _memory(array.buffers[1], array.offset + array.length + 1, "i")[array.offset:].tolist()
    return values


def _bytes(array: ArrowArray) -> List[bytes]:
    offsets = _offsets(array)
    data = bytes(_memory(array.buffers[2], offsets[-1], "B"))
    return [data[offsets[i]:offsets[i + 1]] for i in range(array.length)]


def _strings(array: ArrowArray) -> List[str]:
    offsets = _offsets(array)
    data = bytes(_memory(array.buffers[2], offsets[-1], "B"))
    if data.isascii():  # a character is a byte
        text = data.decode("ascii")
        return [text[a:b] for a, b in zip(offsets, offsets[1:])]
    return [data[a:b].decode("utf-8", "replace") for a, b in zip(offsets, offsets[1:])]


def _decimals(array: ArrowArray, scale: int) -> List[Decimal]:
    end = 16 * (array.offset + array.length)
    data = bytes(_memory(array.buffers[1], end, "B"))
    exponent = f"E{-scale}"
    values = []
    for at in range(16 * array.offset, end, 16):
        digits = int.from_bytes(data[at:at + 16], "little", signed=True)
        values.append(Decimal(f"{digits}{exponent}"))
    return values


def _time(ms: int) -> datetime.time:
    seconds, ms = divmod(ms, 1000)
    return datetime.time(seconds // 3600, seconds // 60 % 60, seconds % 60, ms * 1000)


def _shifted(values: List[int], nulls: List[int], change: Callable[[int], Any]) -> List[Any]:
    """NULL rows have any number: it is not looked at."""
    for i in nulls:
        values[i] = 0
    try:
        return [change(v) for v in values]
    except (OverflowError, ValueError):
        raise Error("a time is outside the years 1 to 9999 that Python's datetime has",
                    hint="read it with arrow(), or CAST it to STRING") from None


def _timestamps(array: ArrowArray, format: str, nulls: List[int]) -> List[Any]:
    per_us = 1000 if format[2] == "n" else 1
    delta = datetime.timedelta
    values = _fixed(array, "q")
    if len(format) == 4:
        return _shifted(values, nulls, lambda v: _EPOCH + delta(microseconds=v // per_us))
    zone = zone_of(format[4:])
    if zone is datetime.timezone.utc:
        return _shifted(values, nulls, lambda v: _EPOCH_UTC + delta(microseconds=v // per_us))
    return _shifted(values, nulls, lambda v: (_EPOCH_UTC + delta(microseconds=v // per_us)).astimezone(zone))


def _child(array: ArrowArray, i: int) -> ArrowArray:
    child: ArrowArray = array.children[i].contents
    return child


def _structs(field: Field, array: ArrowArray) -> List[Dict[str, Any]]:
    names = [f.name for f in field.children]
    columns = [decode(f, _child(array, i))[array.offset:array.offset + array.length]
               for i, f in enumerate(field.children)]
    return [dict(zip(names, values)) for values in zip(*columns)] if columns else [{} for _ in range(array.length)]


def _lists(field: Field, array: ArrowArray) -> List[List[Any]]:
    offsets = _offsets(array)
    values = decode(field.children[0], _child(array, 0))
    return [values[offsets[i]:offsets[i + 1]] for i in range(array.length)]


def _maps(field: Field, array: ArrowArray) -> List[Any]:
    offsets = _offsets(array)
    entries, pairs = field.children[0], _child(array, 0)
    keys = decode(entries.children[0], _child(pairs, 0))
    values = decode(entries.children[1], _child(pairs, 1))
    return [dict(zip(map(_key, keys[a:b]), values[a:b])) for a, b in zip(offsets, offsets[1:])][:array.length]


def _key(value: Any) -> Any:
    """A key of a MAP that Python can hash."""
    if isinstance(value, list):
        return tuple(map(_key, value))
    if isinstance(value, dict):
        return tuple((k, _key(v)) for k, v in value.items())
    return value


def _values(field: Field, array: ArrowArray, nulls: List[int]) -> List[Any]:
    format = field.format
    if format == "u":
        return _strings(array)
    if format == "z":
        return _bytes(array)
    if format == "b":
        return _bits(array.buffers[1], array.offset, array.length) if array.length else []
    if format == "tdD":
        return _shifted(_fixed(array, "i"), nulls, lambda v: datetime.date.fromordinal(v + _EPOCH_DAY))
    if format == "ttm":
        return _shifted(_fixed(array, "i"), nulls, _time)
    if format == "tDu":
        return _shifted(_fixed(array, "q"), nulls, lambda v: datetime.timedelta(microseconds=v))
    if format in _FIXED:
        return _fixed(array, _FIXED[format])
    if format.startswith("ts"):
        return _timestamps(array, format, nulls)
    if format.startswith("d:"):
        return _decimals(array, int(format[2:].split(",")[1]))
    nested: Dict[str, Callable[[Field, ArrowArray], List[Any]]] = {"+s": _structs, "+l": _lists, "+m": _maps}
    if format not in nested:
        raise Error(f"values of the Arrow type {format!r} cannot be read here", hint="use arrow()")
    return nested[format](field, array)


def decode(field: Field, array: ArrowArray) -> List[Any]:
    """A column as a list."""
    if field.format == "n":
        return [None] * array.length
    nulls = _nulls(array)
    values = _values(field, array, nulls)
    for i in nulls:
        values[i] = None
    return values


def rows_of(field: Field, array: ArrowArray) -> List[Tuple[Any, ...]]:
    """A batch (a struct array) as rows."""
    if not field.children:
        return [()] * array.length
    return list(zip(*(decode(f, _child(array, i)) for i, f in enumerate(field.children))))
