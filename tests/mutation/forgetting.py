"""A pytest plugin that forgets what was worked out before, so that a changed function is called even if its answer was known.

mutmut runs the tests of each change in a copy of a process in which all of them ran once. What a cache or a table that
several tests share holds by then was worked out without the change.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

import pytest

COUNTING = "stats"
"""What mutmut calls the run in which it finds out which test reaches which function."""

_CACHE = type(cache(lambda: None))

_caches: list[Any] = []
_remembering: list[tuple[Any, str]] = []


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish() -> None:
    """Finds what remembers, before tests/conftest.py hides it from the garbage collector."""
    gc.unfreeze()
    there = gc.get_objects()
    _caches[:] = [one for one in there if type(one) is _CACHE and _is_ours(one)]
    _remembering[:] = [(one, name) for one in there if _is_ours(type(one)) for name in _remembered_by(type(one))]
    _forget()


def pytest_runtest_setup() -> None:
    """While mutmut counts, each test works everything out itself."""
    if os.environ.get("MUTANT_UNDER_TEST") == COUNTING:
        _forget()


def _is_ours(one: object) -> bool:
    return str(getattr(one, "__module__", "")).startswith("automation.")


def _remembered_by(kind: type) -> Iterator[str]:
    return (name for base in kind.__mro__ for name, value in vars(base).items() if isinstance(value, cached_property))


def _forget() -> None:
    for one in _caches:
        one.cache_clear()
    for one, name in _remembering:
        vars(one).pop(name, None)
