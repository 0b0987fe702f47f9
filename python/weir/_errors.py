# SPDX-License-Identifier: Apache-2.0
"""Errors of Weir as exceptions, with their place in the SQL text."""
from __future__ import annotations

import unicodedata
from typing import Optional, Tuple


def _width(text: str) -> str:
    """Blanks as wide as the text on a screen; tabs stay."""
    blanks = []
    for c in text:
        if c == "\t":
            blanks.append("\t")
        elif not unicodedata.combining(c):
            blanks.append("  " if unicodedata.east_asian_width(c) in "WF" else " ")
    return "".join(blanks)


class Error(Exception):
    """Something that Weir refused or that failed. str() of it shows the line of the text with the place marked.

    Itself it means wrong use of the package (a closed session, say); see the subclasses.

    code: SQLSTATE, or WR and three digits. name: "UNKNOWN_COLUMN". text: one sentence. hint: a suggestion, or "".
    sql: the text the place counts in, or "". offset, length: the place in `sql`, so that
    sql[offset:offset + length] is what is wrong; None without a place. line, column: the same, from 1.
    retriable: the same call may succeed later. fatal: the session can only be closed.
    """

    def __init__(self, text: str, *, code: str = "WR005", name: str = "MISUSE", hint: str = "",
                 retriable: bool = False, fatal: bool = False, place: Optional[Tuple[bytes, int, int]] = None) -> None:
        self.text = text
        self.code = code
        self.name = name
        self.hint = hint
        self.retriable = retriable
        self.fatal = fatal
        self.sql = ""
        self.offset: Optional[int] = None
        self.length: Optional[int] = None
        self.line: Optional[int] = None
        self.column: Optional[int] = None
        if place:
            self._set_place(*place)
        super().__init__(text)

    def _set_place(self, sql: bytes, offset: int, length: int) -> None:
        before = sql[:offset].decode("utf-8", "replace")
        self.sql = sql.decode("utf-8", "replace")
        self.offset = len(before)
        self.length = len(sql[offset:offset + length].decode("utf-8", "replace"))
        self.line = before.count("\n") + 1
        self.column = len(before) - (before.rfind("\n") + 1) + 1

    def _marked(self) -> str:
        assert self.offset is not None and self.length is not None and self.column is not None
        line = self.sql[self.offset - self.column + 1:].split("\n", 1)[0]
        before = line[:self.column - 1]
        word = line[self.column - 1:self.column - 1 + self.length]
        carets = "^" * max(1, len(_width(word).replace("\t", " ")))
        number = str(self.line)
        margin = " " * len(number)
        return (f"{margin} --> line {number}, column {self.column}\n{number} | {line}\n"
                f"{margin} | {_width(before)}{carets}")

    def __str__(self) -> str:
        parts = [self.text]
        if self.offset is not None:
            parts.append(self._marked())
        if self.hint:
            parts.append(f"hint: {self.hint}")
        return "\n".join(parts)

    def __reduce__(self) -> Tuple[object, ...]:
        return (_remade, (type(self), self.text, self.__dict__))


def _remade(kind: type, text: str, state: dict) -> Error:  # type: ignore[type-arg]
    error: Error = kind(text)
    error.__dict__.update(state)
    return error


class SQLError(Error):
    """The statement is wrong: its words, a name, a type."""


class RunError(Error):
    """The statement is right but failed: data, files, brokers; or it was cancelled (code "57014")."""


class LibraryNotFound(Error):
    """libweir.so is not there, or has another interface."""
