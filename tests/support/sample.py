"""How much the suite tries of what could be tried for hours: a small sample, always the same.

`LEDGER_TRIES=1000 .venv/bin/python -m pytest FILE` tries a thousand random examples in each of these tests, and every place in those
that go through places. A search with a seed of its own is a script of the same name: `python -m tests.NAME`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings

T = TypeVar("T")
TRIES = int(os.environ.get("LEDGER_TRIES", "0"))
"""How many examples somebody asks for; 0 = the sample."""


def tries(sample: int) -> int:
    """So many random examples, or as many as somebody asks for."""
    return TRIES or sample


def random_examples(sample: int) -> settings:
    """So many examples from hypothesis, always the same ones, or as many others as somebody asks for."""
    return settings(
        max_examples=tries(sample), deadline=None, derandomize=not TRIES, database=None, phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )  # fmt: skip


def every(nth: int, places: Sequence[T], first: int = 0) -> list[T]:
    """Every nth of these places, from `first` on, or all of them if somebody asks."""
    return [*places] if TRIES else [*places[first::nth]]
