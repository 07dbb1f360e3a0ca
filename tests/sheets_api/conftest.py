"""A server, a spreadsheet on it, and gspread, for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gspread
import pytest

from .calling import Desk, desk, gspread_client


@pytest.fixture(name="desk")
def _desk() -> Iterator[Desk]:
    with desk() as one:
        yield one


@pytest.fixture
def client(desk: Desk, tmp_path: Path) -> Iterator[gspread.Client]:
    opened = gspread_client(desk.server, tmp_path)
    with opened.http_client.session:
        yield opened
