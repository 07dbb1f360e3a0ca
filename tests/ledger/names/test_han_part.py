"""How the Chinese characters of a part are read of which nothing is known (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.meant import Party
from automation.ledger.names.han import HanNames
from automation.ledger.names.han_part import behind_a_department, left_open, longer_name, runs_of, surnamed
from automation.ledger.names.index import index_of
from automation.ledger.names.parts import Part, parts_of
from automation.ledger.names.units import readable, units_of
from tests.support.school_of_names import CHINESE

LEXICON = index_of(CHINESE.people, CHINESE.departments).lexicon
NAMES = HanNames(tuple((name, Party(name)) for name in ("王芳", "李明", "欧阳娜")))
MARKS = {"has_title": "title", "is_left_open": "open", "goes_on_a_name": "goes on", "follows_a_title": "Mr", "stands_before_work": "work"}  # fmt: skip


def part_of(text: str) -> Part:
    return parts_of(LEXICON.spans(units_of(readable(text))))[0]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("王老师", "王: title"), ("小王 老师", "小王: title"), ("王的老师", "王的: title"), ("和老师", "和: title"), ("王芳明老师", "明: title, goes on"), ("老师王", "王"), ("处长王", "王"), ("Mr王打人", "王打人: title, Mr"), ("Mr 王", "王: title, Mr"),
        ("王某某", "王某某: open"), ("王某", "王某: open"), ("某", "某: open"), ("王**老师", "王: title, open"), ("王 * 老师", "王: title, open"), ("王芳芳", "芳: goes on"), ("王芳 芳", "芳"), ("张伟明", "明: goes on"), ("食堂明", "明"),
        ("三楼王人事", "三楼王: work"), ("王人事", "王: work"), ("叫王什么的", "叫王什么的"), ("高", "高"), ("的", "的"), ("副王", "副王"), ("7班王", "班王"), ("王李两位", "王李"), ("王芳的", ""), ("王芳的班级", ""), ("王-明", "王 明"), ("王 明", "王明"), ("王X明", "王: open 明"), ("王芳", ""),
    ],
)  # fmt: skip
def test_the_runs_of_a_part(text: str, runs: str) -> None:
    part = part_of(text)
    found = [(run.written, ", ".join(mark for name, mark in MARKS.items() if getattr(run, name))) for run in runs_of(part)]  # fmt: skip
    assert " ".join(f"{written}: {marks}" if marks else written for written, marks in found) == runs


@pytest.mark.parametrize(("text", "ends"), [("王老师", [1]), ("三楼王人事", [3]), ("Mr王打人", [4]), ("王X明", [1, 3])])
def test_where_what_stands_behind_a_run_begins(text: str, ends: list[int]) -> None:
    assert [run.end for run in runs_of(part_of(text))] == ends


@pytest.mark.parametrize(
    ("text", "readings"),
    [("叫王什么的", ["叫王什么的", "王什么", "王"]), ("王的老师", ["王的", "王"]), ("王某某", ["王"]), ("某", ["某"]), ("王", ["王"]), ("的", ["的"])],
)  # fmt: skip
def test_the_readings_of_a_run(text: str, readings: list[str]) -> None:
    (run,) = runs_of(part_of(text))
    assert run.readings == readings


@pytest.mark.parametrize(("text", "name"), [("王芳芳", "王芳芳"), ("张伟明老师", "张伟明"), ("王芳 芳", ""), ("王芳", ""), ("王芳老师", ""), ("食堂明", ""), ("王芳芳 芳", "王芳芳")])  # fmt: skip
def test_a_name_that_goes_on(text: str, name: str) -> None:
    assert longer_name(part_of(text).spans, 0) == name


@pytest.mark.parametrize(
    ("text", "of_somebody", "surname"),
    [("王某", "王芳", ""), ("小王某", "王芳", ""), ("欧阳某", "欧阳娜", ""), ("钱某", "", ""), ("王某李某", "李明 王芳", ""), ("王姓女教师", "", "王芳"), ("姓王的", "", "王芳"), ("姓欧阳的", "", "欧阳娜"), ("欧阳姓", "", "欧阳娜"), ("姓钱", "", "")],
)  # fmt: skip
def test_a_surname_before_somebody_and_one_that_is_said_to_be_one(text: str, of_somebody: str, surname: str) -> None:
    run = next(runs_of(part_of(text)))
    read = (left_open(run, NAMES), surnamed(run, NAMES))
    assert tuple(" ".join(sorted(party.name for party in one.parties)) for one in read) == (of_somebody, surname)
    assert all(one.doubt for one in read if one.parties)


@pytest.mark.parametrize(
    ("written", "department", "rest"),
    [("后勤的司马", "后勤", "的司马"), ("后勤王", "后勤", "王"), ("后勤", "", ""), ("后勤处王", "后勤处", "王"), ("王", "", ""), ("", "", ""), ("教王", "", "")],
)  # fmt: skip
def test_a_department_that_is_called_for_short_before_a_name(written: str, department: str, rest: str) -> None:
    stems = {name: frozenset((Party(name, is_department=True),)) for name in ("后勤", "后勤处", "教")}
    parties, behind = behind_a_department(written, stems)
    assert ("".join(party.name for party in parties), behind) == (department, rest)
