"""Cells that name several departments, as people write them in both languages."""

from __future__ import annotations

import pytest

from automation.ledger.department_cells import TypedPart, departments_in, parts_in
from automation.ledger.directory import Directory
from automation.ledger.people import Department

NAMES = (
    "教务处",
    "总务处",
    "德育处",
    "安全和保卫处",
    "Estates",
    "HR",
    "Health and Safety",
    "Arts, Music & Drama",
    "Year 7",
)
KNOWN = Directory((), tuple(Department(name, (), "", "", "", row) for row, name in enumerate(NAMES, 2))).department


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("教务处、总务处", ["教务处", "总务处"]),
        ("教务处；总务处，德育处", ["教务处", "总务处", "德育处"]),
        ("教务处和总务处", ["教务处", "总务处"]),
        ("教务处与总务处及德育处", ["教务处", "总务处", "德育处"]),
        ("教务处 / 总务处", ["教务处", "总务处"]),
        ("教务处\n总务处", ["教务处", "总务处"]),
        ("安全和保卫处", ["安全和保卫处"]),  # one department, whose own name has such a word
        ("安全和保卫处和教务处", ["安全和保卫处", "教务处"]),
        ("教务处（协办）、总务处（主办）", ["总务处", "教务处"]),
        ("主办：教务处；协办：总务处", ["教务处", "总务处"]),
        ("教务处、总物处", ["教务处", "总物处"]),  # who is nobody is not dropped
        ("Estates; HR", ["Estates", "HR"]),
        ("Estates and HR", ["Estates", "HR"]),
        ("Estates, HR & Health and Safety", ["Estates", "HR", "Health and Safety"]),
        ("Arts, Music & Drama", ["Arts, Music & Drama"]),
        ("Estates (lead), HR", ["Estates", "HR"]),
        ("HR (involved), Estates (lead)", ["Estates", "HR"]),
        ("the Estates department", ["Estates"]),
        ("Lost and Found", ["Lost and Found"]),
        ("", [""]),
    ],
)
def test_several_departments_in_one_cell(cell: str, names: list[str]) -> None:
    assert [part.name for part in departments_in(cell, KNOWN)] == names


def said(parts: list[TypedPart]) -> list[tuple[str, ...]]:
    """Each part in words: its department, and what is known of it."""
    return [
        (
            part.name,
            *((f"until {part.until}",) if part.until else ()),
            *((f"answered {part.answered_on or '?'}",) if part.answered else ()),
            *((f"waived: {part.why}",) if part.waived else ()),
            *(f"{bad.code} {bad.details['value']}" for bad in part.bad),
        )
        for part in parts
    ]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Estates until 2026-03-20; HR", [("Estates", "until 2026-03-20"), ("HR",)]),
        ("Estates by 20 March 2026, HR before 2026/3/25", [("Estates", "until 2026-03-20"), ("HR", "until 2026-03-25")]),
        ("Estates until 2026-03-20, answered 2026-03-18", [("Estates", "until 2026-03-20", "answered 2026-03-18")]),
        ("Estates (until 2026-03-20), HR (until 2026-03-25)", [("Estates", "until 2026-03-20"), ("HR", "until 2026-03-25")]),
        ("HR: Friday 20 March 2026", [("HR", "until 2026-03-20")]),
        ("Year 7 until 20/03/2026", [("Year 7", "until 2026-03-20")]),
        ("HR waived: no staff concerned", [("HR", "waived: no staff concerned")]),
        ("HR waived", [("HR", "waived: ")]),
        ("HR no longer needed because it was settled, at once", [("HR", "waived: it was settled, at once")]),
        ("HR answered", [("HR", "answered ?")]),
        ("HR until 3/4/2026", [("HR", "ambiguous_date 3/4/2026")]),
        ("HR until tomorrow", [("HR", "relative_day tomorrow")]),
        ("总务处 2026-03-20前；德育处", [("总务处", "until 2026-03-20"), ("德育处",)]),
        ("总务处、德育处2026年3月20日之前", [("总务处", "until 2026-03-20"), ("德育处", "until 2026-03-20")]),
        ("总务处（2026.3.20前）、德育处（2026.3.25前）", [("总务处", "until 2026-03-20"), ("德育处", "until 2026-03-25")]),
        ("总务处请于2026年3月20日前反馈意见", [("总务处", "until 2026-03-20")]),
        ("总务处截止２０２６－０３－２０，已于2026.3.18答复", [("总务处", "until 2026-03-20", "answered 2026-03-18")]),
        ("总务处二〇二六年三月二十日前", [("总务处", "until 2026-03-20")]),
        ("安全和保卫处：20260320", [("安全和保卫处", "until 2026-03-20")]),
        ("总务处3月20日前", [("总务处", "no_year 3月20日")]),
        ("总务处免办（教务处已一并办理）", [("总务处", "waived: 教务处已一并办理")]),
        ("总物处 2026-03-20前", [("总物处", "until 2026-03-20")]),
        ("2026-03-20", [("", "until 2026-03-20")]),
        ("", []),
    ],
)  # fmt: skip
def test_the_parts_of_departments_also_involved(cell: str, parts: list[tuple[str, ...]]) -> None:
    assert said(parts_in(cell, KNOWN)) == parts


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Estates 2026-03-18; HR 19 March 2026", [("Estates", "answered 2026-03-18"), ("HR", "answered 2026-03-19")]),
        ("总务处2026-03-18，德育处2026-03-19", [("总务处", "answered 2026-03-18"), ("德育处", "answered 2026-03-19")]),
        ("总务处已于2026年3月18日答复", [("总务处", "answered 2026-03-18")]),
        ("HR waived: asked Estates instead", [("HR", "waived: asked Estates instead")]),
    ],
)
def test_a_day_in_parts_answered_is_that_of_an_answer(cell: str, parts: list[tuple[str, ...]]) -> None:
    assert said(parts_in(cell, KNOWN, days_mean_answers=True)) == parts
