# SPDX-License-Identifier: Apache-2.0
"""Weir, a streaming SQL engine (Flink's dialect), inside a Python program.

    import weir

    with weir.connect() as session:
        session.execute("CREATE TABLE m (host STRING, ms BIGINT) WITH ('connector' = 'stream')")
        result = session.query("SELECT host, ms FROM m WHERE ms > ?", [500])
        with session.input("m") as m:
            m.push(pyarrow.table({"host": ["a", "b"], "ms": [700, 20]}))
        print(result.to_pandas())

See connect(), Session, Result, Input, Job and Error. docs: python/README.md.
"""
from ._errors import Error, LibraryNotFound, RunError, SQLError
from ._input import Input
from ._result import Change, Column, Job, Progress, Result
from ._session import Completion, Function, Session, Statement, Table, TableColumn, connect

__version__ = "0.1.0"

__all__ = [
    "Change", "Column", "Completion", "Error", "Function", "Input", "Job", "LibraryNotFound", "Progress", "Result",
    "RunError", "SQLError", "Session", "Statement", "Table", "TableColumn", "connect", "library_version",
]


def library_version() -> str:
    """The version of libweir that is in use."""
    from ._library import library
    version: bytes = library().weir_version()
    return version.decode()


def load_ipython_extension(ipython: object) -> None:
    """`%load_ext weir` brings `%%weir`; see weir.magic."""
    from .magic import load
    load(ipython)
