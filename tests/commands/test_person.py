"""person as a person types it: what stands where about somebody, what may be another of the name, what may be handed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jobs
from automation.ledger.names.passages import Sought
from tests.support.ledger_in_memory import Rows, line
from tests.support.small_office import ledger_at
from tests.support.workbook_homes import address, content, made_once

ON_BOTH = IN_TURN = True

LINES: Rows = (
    line(
        petitioner="欧阳娜娜；李雷",
        contact="01632 960-200",
        summary="歐陽 娜娜说王强骂人，李雷在场",
        about="-",
        restricted="否",
    ),
    line("LV-00002", petitioner="Zoë Ångström", contact="zoe@s.example", about="-"),
    line("LV-00003", petitioner="欧阳娜娜", contact="13900000000", about="-"),
    line(
        "LV-00004", petitioner="韩梅", contact="+44 1632 960200", summary="欧阳女士也来过", about="-", restricted="否"
    ),
    line("LV-00005", petitioner="韩梅", contact="1", kind="检举控告", summary="欧阳娜娜收礼", about="欧阳娜娜"),
)


@made_once
def of_five_cases(folder: Path) -> Path:
    return ledger_at(folder, LINES, blank_rows="5", sending="暂停")


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return of_five_cases(tmp_path)


def person(path: Path, *arguments: str) -> Result:
    done = CliRunner().invoke(jobs.main, ["person", *arguments, "-w", address(path)], prog_name="jobs.py")
    assert done.exit_code == 0, done.output
    return done


def hits(path: Path, *arguments: str) -> set[tuple[str, str, str]]:
    """The last digit of each case or the tab, the column, and how sure it is."""
    told = json.loads(person(path, *arguments, "--json").stdout)["hits"]
    return {((one["case_no"] or one["tab"])[-1:], one["column"], one["doubt"] or "sure") for one in told}


def test_each_trace_is_told_with_whether_it_is_certain(ledger: Path) -> None:
    before = content(ledger)
    by_name = hits(ledger, "欧阳娜娜")
    assert by_name == {
        ("1", "信访人", "name_only"),
        ("1", "反映问题", "name_only"),
        ("3", "信访人", "name_only"),
        ("4", "反映问题", "perhaps"),
    }, "two rows of the name with different contacts: nobody knows whose they are"
    assert "可能" in person(ledger, "欧阳娜娜").stdout
    theirs = {
        ("1", "信访人", "sure"),
        ("1", "联系方式", "sure"),
        ("1", "反映问题", "sure"),
        ("3", "信访人", "other_contact"),
        ("4", "联系方式", "contact_only"),
        ("4", "反映问题", "perhaps"),
    }
    assert hits(ledger, "歐陽娜娜", "--contact", "01632960200") == theirs
    more = {("5", "反映问题", "name_only"), ("5", "涉及部门或人员", "name_only")}
    assert hits(ledger, "欧阳娜娜", "--contact", "01632960200", "--restricted") == theirs | more
    assert hits(ledger, "zoe", "angstrom") == {("2", "信访人", "sure"), ("2", "联系方式", "sure")}
    assert hits(ledger, "王强") == {("1", "反映问题", "sure"), ("e", "姓名", "sure"), ("s", "负责人", "sure")}
    assert content(ledger) == before, "it only reads"


def test_what_is_handed_over_masks_others_and_tells_of_no_case_about_them(ledger: Path) -> None:
    into = ledger.parent / "out"
    said = person(ledger, "欧阳娜娜", "--contact", "01632960200", "--restricted", "--into", str(into)).stdout
    (page,) = (one.read_text("utf-8") for one in into.glob("*.html"))

    assert [one.suffix for one in sorted(into.iterdir())] == [".html", ".pdf"]
    for theirs in ("LV-00001", "欧阳娜娜", "01632 960-200", "骂人"):
        assert theirs in page
    for others in ("李雷", "王强", "LV-00003", "LV-00004", "LV-00005", "收礼", "韩梅", "王芳"):
        assert others not in page
    assert "LV-00005" in said


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("王 芳来访", "X来访"),
        ("張王芳，王芳；王芳", "張X，X；X"),
        ("Zoe Angström's", "X's"),
        ("Zoe Angstroms", "Zoe Angstroms"),
        ("+44 1632 960200", "+44 X"),
        ("11632960200 01632 9602001", "1X 01632 9602001"),
        ("WANG@x.example", "X"),
    ],
)
def test_passages_are_found_however_they_are_written(text: str, left: str) -> None:
    sought = Sought(("王芳", "Zoë Ångström"), ("01632 960-200", "wang@x.example"))
    assert sought.without(text, "X") == left
