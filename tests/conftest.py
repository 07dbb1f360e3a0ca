"""Test modules that say `ON_BOTH = True` are run once for each kind of workbook; a test in them that is about files alone is marked
`file_only`.

In those that say `IN_TURN = True`, each test, and of a table each row, is run on one of the two kinds: what they are about is
worked out between reading and writing, from cells alone. One in which the workbook itself matters is marked `on_both`.
"""

from __future__ import annotations

import gc
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest

os.environ["LEDGER_LANGUAGE"] = "en"  # what a command says where no ledger decides, whatever this machine speaks

# What the tests need is imported once tests are collected: the process that hands them out to others never collects any.
LONG = frozenset({
    "test_calculated.py", "test_nobody_meant_is_told.py", "test_close_year.py", "test_copy_google.py", "test_install.py", "test_run.py",
    "test_archive.py", "test_close_year_google.py", "test_years_close_by_themselves.py", "test_google_race.py", "test_google_faults.py",
    "test_two_worlds_at_random.py", "test_numbers_of_a_killed_run.py", "test_rename_labels.py", "test_pages.py",
})  # fmt: skip
"""The modules that take longest. They come first, so that at the end no process has a long one while the others have none."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    from tests.support.workbook_homes import KINDS

    if getattr(metafunc.module, "ON_BOTH", False):
        alone = metafunc.definition.get_closest_marker("file_only") is not None
        metafunc.parametrize("home", KINDS[:1] if alone else KINDS, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put long modules first. Of tests in turn, leave out the kind whose turn it is not; none if a test, or more than the
    sample, is asked for."""
    from tests.support.sample import TRIES

    items.sort(key=lambda item: item.path.name not in LONG)
    if TRIES or any("::" in asked for asked in config.args):
        return
    rows: defaultdict[str, list[str]] = defaultdict(list)
    left_out = {item for item in items if isinstance(item, pytest.Function) and _is_the_others_turn(item, rows)}
    config.hook.pytest_deselected(items=[*left_out])
    items[:] = [item for item in items if item not in left_out]


def _is_the_others_turn(item: pytest.Function, rows: defaultdict[str, list[str]]) -> bool:
    """The kinds alternate from row to row, and each test begins with one or the other by its name."""
    from tests.support.workbook_homes import KINDS

    if not getattr(item.module, "IN_TURN", False) or {"on_both", "file_only"} & {
        mark.name for mark in item.iter_markers()
    }:
        return False
    kind, seen = item.callspec.params["home"], rows[item.nodeid.partition("[")[0]]
    row = f"-{item.callspec.id}-".replace(f"-{kind}-", "-", 1)
    if row not in seen:
        seen.append(row)
    return bool(KINDS[(seen.index(row) + crc32(item.originalname.encode())) % len(KINDS)] != kind)


@pytest.fixture(autouse=True)
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The kind of workbook that ledgers of this test are kept in."""
    from tests.support.workbook_homes import KINDS, at_home, tidied

    kind: str = getattr(request, "param", KINDS[0])
    folder: Path = tmp_path_factory.getbasetemp() if kind == KINDS[0] else tmp_path_factory.mktemp("key")
    with at_home(kind, folder), tidied():
        yield kind


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Garbage is looked for once at the end, as pytest wants it, and what is left then not four times more."""
    gc.collect()
    gc.freeze()


def pytest_collection_finish() -> None:
    """What was collected stays, and garbage is looked for more rarely: a fifteenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)
