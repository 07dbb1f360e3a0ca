"""What is only run by hand (`make pictures`, `make bench`, long searches) fits the program as it is today: it can be imported."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.support import ROOT

BY_HAND = sorted(
    ".".join(file.relative_to(ROOT).with_suffix("").parts)
    for folder in ("docs", "benchmarks", "tests")
    for file in (ROOT / folder).glob("*.py")
    if file.stem not in ("__init__", "conftest") and not file.stem.startswith("test_")
)


@pytest.mark.parametrize("module", BY_HAND)
def test_it_can_be_imported(module: str) -> None:
    import_module(module)
