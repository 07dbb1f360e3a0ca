"""Writes the column reference `docs/columns.md` from the declaration: `python -m sheet_schema.reference`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sheet_schema import FORM, LANGUAGES, SETTINGS_LIST, TAB, TABS, Column, Required, Tab
from sheet_schema.languages import traits
from sheet_schema.word import Labelled

_NAMES = " | ".join(traits(language)["name"] for language in LANGUAGES)
_RULES = "---|" * len(LANGUAGES)
PAGE = Path(__file__).parent.parent / "docs" / "columns.md"

_INTRODUCTION = """\
# Every tab, column and setting

Written by `make docs` from `sheet_schema/`; a test keeps it true. Headers may be in any of these languages, or be the key,
and stand in any order; columns and tabs of your own are left alone.

**By**: S is typed by people, J is filled in by the job, S/J is filled in by the job while it is blank.
"""


def page() -> str:
    """The whole page, in Markdown."""
    tables = [part for tab in TABS for part in _tab(tab)]
    return "\n".join([_INTRODUCTION, *tables, *_settings()]) + "\n"


def _tab(tab: Tab) -> Iterator[str]:
    yield f"## {_both(tab)}\n"
    if tab.page:
        typed = "A page to be printed; only a case's number is typed here."
        yield (typed if tab is FORM else "A page to be read; nothing is typed here.") + "\n"
        return
    if tab.hidden:
        yield "A hidden tab of the job's own.\n"
    yield f"| key | {_NAMES} | type | by | needed | what it is for |"
    yield f"|---|{_RULES}---|---|---|---|"
    for column in tab:
        cells = (
            f"`{column.key}`",
            *map(column.label, LANGUAGES),
            _type(column),
            column.by.value,
            "" if column.required is Required.NO else column.required.value,
            column.note_english,
        )
        yield _row(cells)
    yield ""


def _type(column: Column) -> str:
    if column.choices is not None:
        listed = " / ".join(map(_both, column.choices))
    elif column.source:
        listed = f"from {TAB[column.source].english}"
    else:
        listed = column.type.value
    several = f", several with `{column.separator}`" if column.separator else ""
    return listed + several


def _settings() -> Iterator[str]:
    yield "## The settings\n"
    yield f"| key | {_NAMES} | type | unless said | meaning |"
    yield f"|---|{_RULES}---|---|---|"
    for setting in SETTINGS_LIST:
        listed = setting.choices or setting.several
        kind = " / ".join(map(_both, listed)) if listed is not None else setting.type.value
        kind += ", several with `;`" if setting.several is not None else ""
        default = f"`{setting.default}`" if setting.default else ""
        yield _row((f"`{setting.key}`", *map(setting.label, LANGUAGES), kind, default, setting.meaning_english))


def _both(one: Labelled) -> str:
    """A thing's label in every language."""
    return " ".join(map(one.label, LANGUAGES))


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def main() -> None:
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
