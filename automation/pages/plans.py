"""Which pages are drawn from a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from automation.pages.dashboard import dashboard_page
from automation.pages.page import Page
from automation.pages.report import report_page
from sheet_schema import Language

PLANS: Mapping[str, Callable[[Language], Page]] = {"dashboard": dashboard_page, "report": report_page}
"""The pages that are drawn from a plan, by their tab's key."""
