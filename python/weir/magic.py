# SPDX-License-Identifier: Apache-2.0
"""`%load_ext weir`: SQL in the cells of a notebook.

    %%weir                          runs all statements of the cell; shows the rows of the last
    %%weir plays <<                 puts them into the variable plays instead
    %%weir --live --seconds 10      shows them as a live table

The session is the variable that --session names, by default weir_session; it is opened when it is not there.
Variables are put in with ${NAME}: those of the notebook that are text or numbers.
"""
from __future__ import annotations

import argparse
import re
import shlex
from typing import Any, Union

from ._errors import Error
from ._result import Job, Result
from ._session import Session, connect


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> Any:
        raise Error(f"%%weir: {message}", hint=self.format_usage().strip())


def _parser() -> _Arguments:
    parser = _Arguments("%%weir", add_help=False)
    parser.add_argument("--session", default="weir_session", metavar="VARIABLE")
    parser.add_argument("--live", action="store_true")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--rows", type=int, default=20)
    return parser


def _session(namespace: Any, name: str) -> Session:
    found = namespace.get(name)
    if isinstance(found, Session) and not found.closed:
        return found
    if found is not None and not isinstance(found, Session):
        raise Error(f"%%weir: {name} is no session of Weir")
    namespace[name] = session = connect()
    return session


def _define(session: Session, namespace: Any, sql: str) -> None:
    for name in set(re.findall(r"\$\{(\w+)\}", sql)):
        value = namespace.get(name)
        if isinstance(value, (str, int, float)):
            session.define(name, value)


def run(namespace: Any, line: str, cell: str) -> Union[Result, Job, None]:
    """What %%weir does with a line of options and a cell."""
    m = re.match(r"\s*(\w+)\s*<<(.*)$", line)
    target, line = (m.group(1), m.group(2)) if m else (None, line)
    options = _parser().parse_args(shlex.split(line))
    session = _session(namespace, options.session)
    _define(session, namespace, cell)
    result = session.sql(cell)
    if target is not None:
        namespace[target] = result
        return None
    if isinstance(result, Result) and (options.live or not result.bounded):
        result.show_live(rows=options.rows, seconds=options.seconds)
        result.close()
        return None
    return result


def load(ipython: Any) -> None:
    def weir(line: str, cell: str) -> Union[Result, Job, None]:
        """SQL of Weir: %%weir [VARIABLE <<] [--session VARIABLE] [--live] [--seconds N] [--rows N]"""
        return run(ipython.user_ns, line, cell)

    ipython.register_magic_function(weir, "cell", "weir")
