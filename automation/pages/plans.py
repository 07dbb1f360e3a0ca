"""Which pages are drawn from a plan, and whether a page was ever drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from automation.pages.dashboard import dashboard_page
from automation.pages.page import Page
from automation.pages.report import report_page
from sheet_schema import Language

PLANS: Mapping[str, Callable[[Language], Page]] = {"dashboard": dashboard_page, "report": report_page}
"""The pages that are drawn from a plan, by their tab's key."""


_LATER = {
    *("Filled in by the first run.", "首次运行后自动填写。"),
    *("Filled in by `jobs.py report`.", "运行 jobs.py report 后填写。"),
}
"""What a page said below its title before it was ever laid out."""


def is_bare(rows: Sequence[Sequence[object]]) -> bool:
    """Whether a page was never laid out: it is empty, or only has the title and the notice of an older version."""
    found = {(i, j): cell for i, row in enumerate(rows, 1) for j, cell in enumerate(row, 1) if cell not in ("", None)}
    return not found or (set(found) == {(1, 2), (3, 2)} and found[3, 2] in _LATER)
