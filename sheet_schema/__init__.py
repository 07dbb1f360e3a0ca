"""What the workbook is: every tab, column, choice and setting, declared once.

Headers, notes, dropdowns, formats, parsing, simple checks and `docs/columns.md` all come from here
(docs/design.md#p2.1). This package imports none of our others.
"""

from sheet_schema.administration import (
    CALENDAR,
    DEADLINES,
    DEPARTMENTS,
    DUTY,
    ESCALATION,
    PEOPLE,
    ROUTING,
    SETTINGS,
    TOPICS,
    WORDING,
    WORDS,
)
from sheet_schema.answers import ANSWERS, MAILBOX
from sheet_schema.erasures import ERASURES
from sheet_schema.filing import FILING
from sheet_schema.languages import LANGUAGES, Language
from sheet_schema.memory import BOOKS, RULES_SEEN
from sheet_schema.model import By, Column, Group, Place, Required, Tab, Type
from sheet_schema.reception import RECEPTIONS
from sheet_schema.records import DASHBOARD, FORM, HISTORY, INDEX, NOTICES, REPORT, RUNS, START_HERE
from sheet_schema.register import REGISTER
from sheet_schema.setting import Setting, SettingType
from sheet_schema.settings import SETTING, SETTINGS_LIST
from sheet_schema.word import Word, folded, keys_by_spelling, lookup, word_form

TABS: tuple[Tab, ...] = (
    START_HERE, REGISTER, DASHBOARD, FORM, ANSWERS, RECEPTIONS, FILING,
    ROUTING, DEPARTMENTS, PEOPLE, TOPICS,
    DEADLINES, ESCALATION, CALENDAR, DUTY, SETTINGS, WORDING, WORDS,
    INDEX, NOTICES, HISTORY, RUNS, BOOKS, ERASURES, MAILBOX, RULES_SEEN, REPORT,
)  # fmt: skip
"""All tabs in their order in the workbook."""

USUAL_TABS = tuple(tab for tab in TABS if not tab.on_demand)
"""The tabs that every ledger has."""

TAB = {tab.key: tab for tab in TABS}

__all__ = [
    "ANSWERS", "BOOKS", "CALENDAR", "DASHBOARD", "DEADLINES", "DEPARTMENTS", "DUTY", "ERASURES", "ESCALATION", "FILING", "FORM", "HISTORY", "INDEX",
    "LANGUAGES", "MAILBOX", "NOTICES", "PEOPLE", "RECEPTIONS", "REGISTER", "REPORT", "ROUTING", "RULES_SEEN", "RUNS", "SETTING", "SETTINGS",
    "SETTINGS_LIST", "START_HERE", "TAB", "TABS", "TOPICS", "USUAL_TABS", "WORDING", "WORDS",
    "By", "Column", "Group", "Language", "Place", "Required", "Setting", "SettingType", "Tab", "Type", "Word",
    "folded", "keys_by_spelling", "lookup", "word_form",
]  # fmt: skip
