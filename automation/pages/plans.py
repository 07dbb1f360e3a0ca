"""Which pages there are, each as a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from automation.pages.dashboard import dashboard_page
from automation.pages.form import form_page
from automation.pages.page import Page
from automation.pages.report import report_page
from automation.pages.start_here import CLOSE_IT, Cells, Title
from automation.pages.start_here_page import start_here_page
from automation.text.catalogue import Message
from sheet_schema import Language

PLANS: Mapping[str, Callable[[Language], Page]] = {"dashboard": dashboard_page, "report": report_page}
"""The pages that jobs fill in, by their tab's key: they are the same in every workbook."""


class Around(NamedTuple):
    """What a page says of its workbook: titles of tabs, cells of columns, and what to do when leaving it."""

    title: Title
    cells: Cells
    leaving: Message = CLOSE_IT


def plan_of(key: str, language: Language, around: Around) -> Page:
    """The plan of any page, by its tab's key."""
    if key == "start_here":
        return start_here_page(language, around.cells, around.title, around.leaving)
    return form_page(language, around.title) if key == "form" else PLANS[key](language)
