# SPDX-License-Identifier: Apache-2.0
import pytest

import weir


@pytest.fixture
def session():
    with weir.connect() as s:
        yield s


@pytest.fixture
def ticks(session):
    """An endless table."""
    session.execute("CREATE TABLE ticks (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '200')")
    return session
