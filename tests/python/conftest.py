# SPDX-License-Identifier: Apache-2.0
import faulthandler

import pytest

import weir


@pytest.fixture(autouse=True)
def _no_hang():
    """A test that hangs shows where, and ends the run."""
    faulthandler.dump_traceback_later(60, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture
def session():
    with weir.connect() as s:
        yield s


@pytest.fixture
def ticks(session):
    """An endless table."""
    session.execute("CREATE TABLE ticks (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '200')")
    return session
