# SPDX-License-Identifier: Apache-2.0
"""SQL types of Arrow columns, and pyarrow types of SQL columns."""
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Iterable, List, Tuple

from ._arrow import Field
from ._errors import Error

if TYPE_CHECKING:
    import pyarrow

_SIMPLE = {
    "n": "STRING", "b": "BOOLEAN", "c": "TINYINT", "s": "SMALLINT", "i": "INT", "l": "BIGINT", "C": "SMALLINT",
    "S": "INT", "I": "BIGINT", "L": "BIGINT", "f": "FLOAT", "g": "DOUBLE", "u": "STRING",
    "U": "STRING", "vu": "STRING", "z": "BYTES", "Z": "BYTES", "vz": "BYTES", "tdD": "DATE", "tdm": "DATE",
    "tiM": "INTERVAL YEAR TO MONTH",
}
_DIGITS = {"s": 0, "m": 3, "u": 6, "n": 9}


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def sql_type(field: Field) -> str:
    """The SQL type that holds a column's values."""
    format = field.format
    if field.dictionary is not None:
        return sql_type(field.dictionary)
    if format in _SIMPLE:
        return _SIMPLE[format]
    if format.startswith("ts"):
        digits = _DIGITS[format[2]]
        return f"TIMESTAMP_LTZ({digits})" if len(format) > 4 else f"TIMESTAMP({digits})"
    if format.startswith("tt"):
        return f"TIME({min(3, _DIGITS[format[2]])})"
    if format.startswith("tD"):
        return "INTERVAL DAY TO SECOND"
    if format.startswith("d:"):
        precision, scale = format[2:].split(",")[:2]
        return f"DECIMAL({precision}, {scale})"
    if format.startswith("w:"):
        return f"BINARY({format[2:]})"
    if format in ("+l", "+L") or format.startswith("+w:"):
        return f"ARRAY<{sql_type(field.children[0])}>"
    if format == "+m":
        key, value = field.children[0].children
        return f"MAP<{sql_type(key)}, {sql_type(value)}>"
    if format == "+s":
        return "ROW<" + ", ".join(f"{quoted(f.name)} {sql_type(f)}" for f in field.children) + ">"
    raise Error(f"column {field.name}: there is no SQL type for the Arrow type {format!r}")


def columns_of(field: Field) -> List[Tuple[str, str]]:
    """Names and SQL types of a table with this schema (a struct)."""
    return [(f.name, sql_type(f)) for f in field.children]


# ---- SQL to pyarrow ----

class _Words:
    """The words of a SQL type."""

    def __init__(self, text: str) -> None:
        self.words = re.findall(r"`(?:[^`]|``)*`|'(?:[^']|'')*'|\w+|[^\s\w]", text)
        self.at = 0

    def next(self) -> str:
        self.at += 1
        return self.words[self.at - 1] if self.at <= len(self.words) else ""

    def take(self, *words: str) -> bool:
        end = self.at + len(words)
        if [w.upper() for w in self.words[self.at:end]] != list(words):
            return False
        self.at = end
        return True

    def numbers(self) -> List[int]:
        """(10, 2), if it is there."""
        found: List[int] = []
        if self.take("("):
            while True:
                word = self.next()
                if word in (")", ""):
                    break
                if word.isdigit():
                    found.append(int(word))
        return found


def _name(word: str) -> str:
    return word[1:-1].replace("``", "`") if word.startswith("`") else word


def _row(words: _Words, pa: Any) -> Any:
    fields = []
    close = ">" if words.take("<") else ")"
    if close == ")":
        words.take("(")
    while not words.take(close):
        name = _name(words.next())
        fields.append(pa.field(name, _parse(words, pa)))
        if words.at < len(words.words) and words.words[words.at].startswith("'"):
            words.next()  # a comment
        if not words.take(",") and words.at >= len(words.words):
            break
    return pa.struct(fields)


def _interval(words: _Words, pa: Any) -> Any:
    months = False
    while words.at < len(words.words) and words.words[words.at].upper() in (
            "YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO"):
        months = months or words.next().upper() in ("YEAR", "MONTH")
        words.numbers()
    if months:
        raise Error("INTERVAL YEAR TO MONTH cannot be made from Python values", hint="push Arrow data")
    return pa.duration("us")


def _timestamp(words: _Words, pa: Any, local: bool) -> Any:
    digits = (words.numbers() or [6])[0]
    if words.take("WITH", "LOCAL", "TIME", "ZONE"):
        local = True
    words.take("WITHOUT", "TIME", "ZONE")
    return pa.timestamp("ns" if digits > 6 else "us", "UTC" if local else None)


def _parse(words: _Words, pa: Any) -> Any:
    word = words.next().upper()
    simple = {"BOOLEAN": pa.bool_, "TINYINT": pa.int8, "SMALLINT": pa.int16, "INT": pa.int32, "INTEGER": pa.int32,
              "BIGINT": pa.int64, "FLOAT": pa.float32, "STRING": pa.string, "BYTES": pa.binary, "DATE": pa.date32}
    if word in simple:
        made = simple[word]()
    elif word == "DOUBLE":
        words.take("PRECISION")
        made = pa.float64()
    elif word in ("CHAR", "VARCHAR", "BINARY", "VARBINARY"):
        words.numbers()
        made = pa.string() if "CHAR" in word else pa.binary()
    elif word in ("DECIMAL", "DEC", "NUMERIC"):
        precision, scale = (words.numbers() + [10, 0])[:2] if "(" in words.words[words.at:words.at + 1] else (10, 0)
        made = pa.decimal128(precision, scale)
    elif word == "TIME":
        words.numbers()
        made = pa.time32("ms")
    elif word in ("TIMESTAMP", "TIMESTAMP_LTZ"):
        made = _timestamp(words, pa, word == "TIMESTAMP_LTZ")
    elif word == "INTERVAL":
        made = _interval(words, pa)
    elif word in ("ARRAY", "MAP"):
        words.take("<")
        parts = [_parse(words, pa)]
        if words.take(","):
            parts.append(_parse(words, pa))
        words.take(">")
        made = pa.list_(parts[0]) if word == "ARRAY" else pa.map_(*parts)
    elif word == "ROW":
        made = _row(words, pa)
    else:
        raise Error(f"values of type {word} cannot be made from Python values", hint="push Arrow data")
    words.take("NOT", "NULL")
    return made


def schema_of(columns: Iterable[Any]) -> pyarrow.Schema:
    """Of the columns of a table that are stored: not the computed ones."""
    import pyarrow as pa
    return pa.schema([pa.field(c.name, _parse(_Words(c.type), pa)) for c in columns
                      if not (c.extras or "").upper().startswith("AS") and c.time != "PROCTIME"])
