"""Fixtures for several tests of commands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.monitor import Monitor


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    started = Monitor()
    yield started
    started.slow.set()
    started.server.shutdown()
    started.server.server_close()
