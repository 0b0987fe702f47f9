# SPDX-License-Identifier: Apache-2.0
"""Who may call the library when.

weir.h lets one thread at a time into the calls for a session, and a few calls in at any time. A Guard, one for each
session, makes threads wait for each other instead of being refused. A Handle is a pointer from the library: `use()`
is for the calls of the session's thread, `any_thread()` for the others; both see to it that the pointer is not given
back meanwhile.

A handle that Python's garbage collector finds may be found anywhere, in the middle of another call too: it is put
into the guard's list, and given back by whoever leaves the guard next.
"""
from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import contextmanager
from typing import Any, Callable, Deque, Iterator, Optional, Tuple

from ._errors import Error

POLL_US = 100_000  # the longest wait in the library: then Python looks after signals


class Guard:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting = 0
        self._dead: Deque[Tuple[Callable[[Any], None], Any]] = deque()
        self.closed = False

    def __enter__(self) -> None:
        if self._lock.acquire(blocking=False):
            return
        self._waiting += 1
        try:
            self._lock.acquire()
        finally:
            self._waiting -= 1

    def __exit__(self, *exc: object) -> None:
        self._bury()
        self._lock.release()

    def give_way(self) -> None:
        """To be called between two waits in the library: others get their turn."""
        if self._waiting > 0:
            time.sleep(0.0005)

    def later(self, free: Callable[[Any], None], pointer: Any) -> None:
        """From a finalizer."""
        self._dead.append((free, pointer))
        if self._lock.acquire(blocking=False):
            self.__exit__()

    def _bury(self) -> None:
        while self._dead:
            free, pointer = self._dead.popleft()
            if not self.closed:
                free(pointer)


class Handle:
    """`what` is how errors call it."""

    def __init__(self, guard: Guard, pointer: Any, free: Callable[[Any], None], what: str) -> None:
        self._guard = guard
        self._pointer: Optional[Any] = pointer
        self._free = free
        self._what = what
        self._alive = threading.RLock()

    @property
    def closed(self) -> bool:
        return self._pointer is None or self._guard.closed

    def _get(self) -> Any:
        if self._guard.closed and self._pointer is not None and self._what != "session":
            raise Error(f"the session of this {self._what} is closed")
        if self.closed:
            raise Error(f"this {self._what} is closed")
        return self._pointer

    @contextmanager
    def use(self) -> Iterator[Any]:
        with self._guard:
            yield self._get()

    @contextmanager
    def any_thread(self) -> Iterator[Any]:
        with self._alive:
            yield self._get()

    def close(self) -> None:
        with self._guard, self._alive:
            pointer, self._pointer = self._pointer, None
            if pointer is not None and not self._guard.closed:
                self._free(pointer)

    def forget(self) -> None:
        """The session frees it."""
        with self._alive:
            self._pointer = None

    def __del__(self) -> None:
        pointer, self._pointer = self._pointer, None
        if pointer is not None and not self._guard.closed:
            self._guard.later(self._free, pointer)
