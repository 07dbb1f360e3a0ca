"""find as a person types it: what it finds where, what it tells of restricted cases; it only reads the ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jobs
from tests.support.ledger_in_memory import Rows, line
from tests.support.small_office import ledger_at
from tests.support.workbook_homes import address, content, made_once

ON_BOTH = IN_TURN = True

LINES: Rows = (
    line(petitioner="Ｗang,  Fang", contact="01632 960-200", summary="Too much\nhomework \x1b[31m", about="-"),
    line(
        "LV-00002", petitioner="Wang Fang", contact="01632 960200", kind="检举控告", about="王强", former_no="旧-7 Ash"
    ),
    line("LV-00003", petitioner="Bo Lin", contact="x@s.example", former_no="2019-17", restricted="否", about="-"),
    line("LV-00004", petitioner="Bo Lin", contact="x@s.example", kind=""),
    line(
        "LV-00005", petitioner="歐陽娜娜; Zoë Ångström", contact="１３８ 0000", summary="學校食堂，飯菜太涼", about="-"
    ),
    line("LV-00006", petitioner="欧阳娜娜", contact="Йод", summary="臺灣同學會", about="-"),
)
SHORT = {"LV-00001": "1", "LV-00002": "2", "LV-00003": "3", "LV-00004": "4", "LV-00005": "5", "LV-00006": "6"}


@made_once
def of_six_cases(folder: Path) -> Path:
    return ledger_at(folder, LINES, blank_rows="5", sending="暂停")


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of six cases, two of which must not be quoted."""
    monkeypatch.chdir(tmp_path)
    return of_six_cases(tmp_path)


def find(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(jobs.main, ["find", *arguments, "-w", address(path)], prog_name="jobs.py")


def found(path: Path, *arguments: str) -> list[tuple[str, bool, str]]:
    """The last digit of each case found, whether it is withheld, and the columns that have the text."""
    told = json.loads(find(path, *arguments, "--json").stdout)
    assert told["restricted_unsearched"] == (0 if "--restricted" in arguments else 2)
    return [(SHORT[one["case_no"]], one["restricted"], " ".join(one["cells"])) for one in told["cases"]]


def test_cases_are_found_by_what_was_typed_and_restricted_ones_by_their_whole_number_only(ledger: Path) -> None:
    before = content(ledger)
    wanted = {
        ("wang", "FANG"): [("1", False, "petitioner")],
        ("01632960200",): [("1", False, "contact")],
        ("much homework",): [("1", False, "summary")],
        ("2019-17",): [("3", False, "former_no")],
        ("Bo Lin",): [("3", False, "petitioner")],
        ("王强",): [],
        ("Ash",): [],
        ("旧-7",): [],
        ("旧7ash",): [("2", True, "")],
        ("ＬＶ-00002",): [("2", True, "")],
        ("LV-0000",): [(one, False, "case_no") for one in "6531"],
        ("欧阳娜娜",): [("6", False, "petitioner"), ("5", False, "petitioner")],
        ("歐陽",): [("6", False, "petitioner"), ("5", False, "petitioner")],
        ("食堂饭菜",): [("5", False, "summary")],
        ("台湾",): [("6", False, "summary")],
        ("zoe angstrom",): [("5", False, "petitioner")],
        ("ZOË",): [("5", False, "petitioner")],
        ("1380000",): [("5", False, "contact")],
        ("йод",): [("6", False, "contact")],
        ("王强", "--restricted"): [("2", False, "about")],
        ("bolin", "--restricted"): [("4", False, "petitioner"), ("3", False, "petitioner")],
    }

    assert {asked: found(ledger, *asked) for asked in wanted} == wanted
    assert content(ledger) == before


def test_it_is_told_in_words(ledger: Path) -> None:
    unsearched = "有2件保密件只按完整编号查找；加 --restricted 可一并查找其内容。\n"

    assert (
        find(ledger, "homework").stdout
        == f"LV-00001（登记第2行）：2026-03-02，教育教学，反映问题：Too much homework [31m\n{unsearched}"
    )
    assert find(ledger, "LV-00002").stdout == f"LV-00002（登记第3行）：保密件，请向信访办当面了解\n{unsearched}"
    assert find(ledger, "nobody").stdout == f"没有找到含有“nobody”的信访件。\n{unsearched}"
    refused = find(ledger, " -- ", "…")
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_nobody_looks_into_restricted_cases_by_default(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither `ledger.toml` nor the environment can say --restricted for whoever types the next call."""
    Path("ledger.toml").write_text("restricted = true\n", "utf-8")
    monkeypatch.setenv("LEDGER_FIND_RESTRICTED", "1")

    assert found(ledger, "王强") == []
