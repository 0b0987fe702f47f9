# SPDX-License-Identifier: Apache-2.0
"""Who may call the library when.

weir.h lets one thread at a time into the calls for a session, and a few calls in at any time. A Guard, one for each
session, makes threads wait for each other instead of being refused. A Handle is a pointer from the library:

    with handle.entry():            the calls for the session
        pointer = handle.get()
    with handle.alive:              the calls of any thread
        pointer = handle.get_now()

Both see to it that the pointer is not given back meanwhile. They are plain locks in a `with`, since that alone is safe
from interrupts: one that comes in an __enter__ written in Python would leave the lock taken for ever.

A handle that Python's garbage collector finds may be found anywhere, in the middle of another call too: it is put
into the guard's list, and given back by the next call for the session.
"""
from __future__ import annotations

import threading
import time
from collections import deque
from typing import Any, Callable, Deque, Optional, Tuple

from ._errors import Error

POLL_US = 100_000  # the longest wait in the library: then Python looks after signals


class Guard:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.closed = False
        self._wanted = 0.0  # when a thread last found the lock taken
        self._dead: Deque[Tuple[Callable[[Any], None], Any]] = deque()

    def entry(self) -> threading.Lock:
        if self.lock.locked():
            self._wanted = time.monotonic()
        return self.lock

    def give_way(self) -> None:
        """To be called between two waits in the library: others get their turn."""
        if time.monotonic() - self._wanted < 1:
            time.sleep(0.0005)

    def later(self, free: Callable[[Any], None], pointer: Any) -> None:
        """From a finalizer."""
        self._dead.append((free, pointer))

    def bury(self) -> None:
        """With the lock."""
        while self._dead:
            free, pointer = self._dead.popleft()
            if not self.closed:
                free(pointer)


class Handle:
    """`what` is how errors call it; `cancel` ends at once what it runs."""

    def __init__(self, guard: Guard, pointer: Any, free: Callable[[Any], None], what: str,
                 cancel: Optional[Callable[[Any], None]] = None) -> None:
        self._guard = guard
        self._pointer: Optional[Any] = pointer
        self._free = free
        self._what = what
        self._cancel = cancel
        self.alive = threading.RLock()

    @property
    def closed(self) -> bool:
        return self._pointer is None or self._guard.closed

    def entry(self) -> threading.Lock:
        return self._guard.entry()

    def get(self) -> Any:
        self._guard.bury()
        return self.get_now()

    def get_now(self) -> Any:
        if self._guard.closed and self._what != "session":
            raise Error(f"the session of this {self._what} is closed")
        if self.closed:
            raise Error(f"this {self._what} is closed")
        return self._pointer

    def give_way(self) -> None:
        self._guard.give_way()

    def close(self) -> None:
        free = self._free
        with self.entry(), self.alive:
            pointer, self._pointer = self._pointer, None
            if pointer is not None and not self._guard.closed:
                free(pointer)

    def forget(self) -> None:
        """The session frees it."""
        with self.alive:
            self._pointer = None

    def __del__(self) -> None:
        pointer, self._pointer = self._pointer, None
        if pointer is None or self._guard.closed:
            return
        if self._cancel is not None:
            self._cancel(pointer)
        self._guard.later(self._free, pointer)
