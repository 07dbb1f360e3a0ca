"""Test modules that say `ON_BOTH = True` are run once for each kind of workbook; a test in them that is about files alone is marked
`file_only`.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["LEDGER_LANGUAGE"] = "en"  # what a command says where no ledger decides, whatever this machine speaks

from tests.support.workbook_homes import KINDS, at_home, tidied


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if getattr(metafunc.module, "ON_BOTH", False):
        alone = metafunc.definition.get_closest_marker("file_only") is not None
        metafunc.parametrize("home", KINDS[:1] if alone else KINDS, indirect=True)


@pytest.fixture(autouse=True)
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The kind of workbook that ledgers of this test are kept in."""
    kind: str = getattr(request, "param", KINDS[0])
    folder: Path = tmp_path_factory.getbasetemp() if kind == KINDS[0] else tmp_path_factory.mktemp("key")
    with at_home(kind, folder), tidied():
        yield kind


def pytest_collection_finish() -> None:
    """What was collected stays, and garbage is looked for more rarely: a fifteenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)
