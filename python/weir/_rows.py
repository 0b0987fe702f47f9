# SPDX-License-Identifier: Apache-2.0
"""The rows that stand after a changelog: each one that is taken back leaves its place to the one that replaces it."""
from __future__ import annotations

from collections import deque
from typing import Any, Deque, Dict, Generic, Hashable, List, Optional, Tuple, TypeVar

Row = Tuple[Any, ...]
T = TypeVar("T")


def _frozen(value: Any) -> Hashable:
    if isinstance(value, (list, tuple)):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return tuple((k, _frozen(v)) for k, v in value.items())
    if value != value:  # NaN, which is unlike itself
        return "NaN"
    return value  # type: ignore[no-any-return]


class RowSet(Generic[T]):
    """A bag of rows in order, with a value for each (its number, say)."""

    def __init__(self) -> None:
        self._slots: List[Optional[Tuple[Row, T]]] = []
        self._where: Dict[Hashable, List[int]] = {}  # places by row
        self._vacant: Deque[int] = deque()           # left by -U, oldest first
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def apply(self, op: str, row: Row, value: T) -> None:
        key = _frozen(row)
        if op in ("-U", "-D"):
            places = self._where.get(key)
            if not places:
                return
            place = places.pop()
            if not places:
                del self._where[key]
            self._slots[place] = None
            self._count -= 1
            if op == "-U":
                self._vacant.append(place)
            elif len(self._slots) > 64 and self._count * 4 < len(self._slots):
                self._pack()
            return
        if op == "+U" and self._vacant:
            place = self._vacant.popleft()
            self._slots[place] = (row, value)
        else:
            place = len(self._slots)
            self._slots.append((row, value))
        self._where.setdefault(key, []).append(place)
        self._count += 1

    def _pack(self) -> None:
        """Without the gaps of deleted rows; places that wait for their +U stay."""
        waiting = set(self._vacant)
        slots, self._slots, self._where = self._slots, [], {}
        moved: Dict[int, int] = {}
        for place, slot in enumerate(slots):
            if slot is None and place not in waiting:
                continue
            moved[place] = len(self._slots)
            if slot is not None:
                self._where.setdefault(_frozen(slot[0]), []).append(len(self._slots))
            self._slots.append(slot)
        self._vacant = deque(moved[place] for place in self._vacant)

    def rows(self) -> List[Row]:
        return [slot[0] for slot in self._slots if slot is not None]

    def values(self) -> List[T]:
        return [slot[1] for slot in self._slots if slot is not None]
