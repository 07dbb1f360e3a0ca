"""import takes an old register over once, mails nobody because of it, and can be taken back whole."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jobs
from automation.commands.import_register import ENDING
from sheet_schema import SETTING, TAB
from tests.support import old_registers
from tests.support.ledger_in_memory import line
from tests.support.small_office import at, column, ledger_at, mails, setting, typed
from tests.support.workbook_homes import address, content, load, on_google_now, plain_transport, save

ON_BOTH = IN_TURN = True
TODAY = "2026-03-18T10:00"
LIVE = {"sending": "正式", "go_live_on": "2026-01-01"}


def say(path: Path, *arguments: str, code: int = 0) -> Result:
    ended = CliRunner().invoke(
        jobs.main, ["--language", "en", "import", *arguments, "-w", address(path), "--now", TODAY]
    )
    assert (ended.exit_code, ended.exception is None or isinstance(ended.exception, SystemExit)) == (code, True), (
        ended.output
    )
    return ended


def office(folder: Path) -> Path:
    """A ledger with one case, after its first run, in which mail is live."""
    path = ledger_at(folder, [line("LV-00001", handler="王芳", decision="受理", decided_on="2026-03-03")], **LIVE)
    at(path, "2026-03-18T09:00", named=True)
    return path


def cases(path: Path, *keys: str) -> list[tuple[object, ...]]:
    """These columns of the lines that hold anything."""
    return [row[1:] for row in column(path, "register", "summary", *keys) if row[0]]


@pytest.mark.on_both
def test_topics_that_the_ledger_does_not_have_are_told_before(tmp_path: Path) -> None:
    path, old = office(tmp_path), tmp_path / "old.csv"
    rows = (
        "编号,来信日期,来信人,联系方式,类别,事项,反映问题,状态",
        "1,2026-03-02,王一,1,求决,饭菜,x,在办",
        "2,2026-03-03,王二,1,举报,密事,x,在办",
    )
    old.write_text("\n".join(rows), "utf-8")
    said = say(path, str(old), "--dry-run").stdout
    assert "2 words for topics are not in Topics (“饭菜”, …)" in said
    assert "call import without --dry-run" in said


def test_the_whole_way_there_and_back(tmp_path: Path) -> None:
    path, old = office(tmp_path), old_registers.plain(tmp_path)
    before = content(path)

    tried = json.loads(say(path, str(old), "--dry-run", "--json").stdout)
    assert (content(path), old.with_name(old.name + ENDING).is_file()) == (before, True)
    assert {key: tried[key] for key in ("cases", "closed", "open", "new", "known", "written")} == {
        "cases": 3, "closed": 1, "open": 2, "new": 3, "known": 0, "written": False,
    }  # fmt: skip
    assert [(one["cell"], one["why"], one["holds"]) for one in tried["unreadable"]] == [("B4", "no_such_day", None)]

    done = say(path, str(old))
    assert "3 cases were taken over: LV-00002 – LV-00004." in done.stdout
    keys = ("case_no", "status", "former_no", "received_on", "channel", "department")
    known = cases(path, *keys)
    assert [row[:3] + row[4:] for row in known] == [
        ("LV-00001", "in_hand", "", "visit", "教务处"),
        ("LV-00002", "in_hand", "A-1", "visit", "教务处"),
        ("LV-00003", "closed", "A-2", "phone", "总务处"),
        ("LV-00004", "incomplete", "A-3", "letter", "教务处"),
    ]
    problems = dict(cases(path, "case_no", "problems"))
    assert "2026.2.30" in str(problems["LV-00004"])
    assert problems["LV-00003"] == ""

    again = say(path, str(old))
    assert "3 cases are here already and were left out." in again.stdout
    assert cases(path, *keys) == known

    story = CliRunner().invoke(jobs.main, ["explain", "A-2", "-w", address(path), "--now", TODAY])
    assert story.stdout.startswith("LV-00003")

    back = say(path, "--take-back")
    assert "3 cases are blank lines again" in back.stdout
    assert cases(path, *keys) == known[:1]
    at(path, "2026-03-18T11:00", tmp_path / "after", named=True)
    assert [number for number, problems in column(path, "register", "case_no", "problems") if problems] == []
    assert len({number for (number,) in column(path, "index", "case_no")}) >= 4  # no number is forgotten


def test_nobody_is_mailed_because_of_it_and_what_comes_due_later_is(tmp_path: Path) -> None:
    more = "A-4,2026-03-02,来访,何平,13900000009,投诉,作业,饭菜凉,教务处,王芳,\nA-5,2026-03-16,来访,高明,13900000010,投诉,作业,书包重,,,\n"
    path, old = office(tmp_path), old_registers.plain(tmp_path, old_registers.PLAIN + more)
    say(path, str(old))

    assert cases(path, "former_no", "department")[-1] == ("A-5", "教务处")  # by Routing, at once

    for day in ("18T11:00", "19T09:00", "20T09:00", "23T09:00", "25T09:00"):
        at(path, f"2026-03-{day}", tmp_path / "out", named=True)
    told = [
        (number, kind) for number, kind in column(path, "notices", "case_no", "kind") if number not in ("", "LV-00001")
    ]

    assert {number for number, _ in told} == {"LV-00005"}  # received on the 2nd, due on the 22nd: reminded, then late
    assert {kind for _, kind in told} == {"reminder", "escalation"}


def test_what_people_have_worked_on_is_not_taken_back(tmp_path: Path) -> None:
    path, old = office(tmp_path), old_registers.plain(tmp_path)
    say(path, str(old))
    typed(path, TAB["register"]["result"].label("zh"), "已换老师", row=3)

    refused = say(path, "--take-back", code=1)

    assert "LV-00002" in refused.stderr
    assert len(cases(path)) == 4
    at(path, "2026-03-18T12:00", named=True)  # a run has seen it: History has it as a person's
    assert "LV-00002" in say(path, "--take-back", code=1).stderr


def test_old_closed_cases_are_filed_only_when_asked_and_under_their_old_archive_number(tmp_path: Path) -> None:
    text = old_registers.PLAIN.replace("办结日期\n", "办结日期,档号\n").replace("2026-01-09\n", "2026-01-09,D7-12\n")
    path = ledger_at(tmp_path, [line()], file_old_cases="", archive_after_days="1", **LIVE)
    say(path, str(old_registers.plain(tmp_path, text)))
    at(path, "2026-03-19T09:00", named=True)
    assert column(path, "filing", "case_no") == []

    typed(path, "值", "2026-03-18", "设置", _row_of_setting(path, "file_old_cases"))
    at(path, "2026-03-19T10:00", named=True)

    assert column(path, "filing", "former_no", "archive_no") == [("A-2", "D7-12")]


def _row_of_setting(path: Path, key: str) -> int:
    names = [name for (name,) in column(path, "settings", "name")]
    return names.index(SETTING[key].label("zh")) + 2


@pytest.mark.file_only
def test_a_proposal_that_a_person_corrected_counts(tmp_path: Path) -> None:
    path, old = office(tmp_path), old_registers.plain(tmp_path)
    say(path, str(old), "--dry-run")
    file = old.with_name(old.name + ENDING)
    text = file.read_text("utf-8")
    file.write_text(
        text.replace('"投诉" = "申诉求决"', '"投诉" = "意见建议"').replace(
            '"经办人" = "经办人"', '"经办人" = "不导入"'
        ),
        "utf-8",
    )

    say(path, str(old))

    assert cases(path, "former_no", "kind", "handler")[1] == ("A-1", "suggestion", "")
    for wrong, said in (('"编号" = "啥"', "啥"), ("[columns", "cannot be read"), ('date_order = "x"', "date_order is")):
        file.write_text(f"{wrong}\n" if "columns" in wrong or "order" in wrong else f"[columns]\n{wrong}\n", "utf-8")
        assert said in say(path, str(old), code=1).stderr


HOSTILE = {
    "empty.csv": (b"  \n", "is empty"),
    "binary.xlsx": (bytes(range(256)) * 20, "neither a spreadsheet"),
    "broken.xlsx": (b"PK\x03\x04" + b"x" * 300, "damaged"),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "colours.csv": ("绿色=办结\n日期,姓名,事由\n2026-1-1,王芳,路灯\n".encode(), "by a colour"),
    "prose.csv": ("没有栏目的一段话。\n".encode() * 50, "no line of headings"),
    "quote.csv": ("日期,姓名,事由\n2026-1-1,王芳,\"没有结束".encode() + b"x" * 1_100_000, "quotation mark"),
    "long.csv": ("日期,姓名,事由\n".encode() + b"2026-01-05,A,b\n" * 100_000, "more than 20,000 rows"),
}  # fmt: skip


@pytest.mark.file_only
def test_what_is_no_register_is_refused_in_one_sentence_and_nothing_is_done(tmp_path: Path) -> None:
    path = office(tmp_path)
    before = content(path)
    for name, (data, said) in HOSTILE.items():
        (tmp_path / name).write_bytes(data)
        refused = say(path, str(tmp_path / name), code=1)
        assert (said in refused.stderr, refused.stderr.count("\n")) == (True, 1), (name, refused.stderr)
    os.mkfifo(tmp_path / "pipe.csv")
    assert "it is a pipe" in say(path, str(tmp_path / "pipe.csv"), code=1).stderr
    assert "There is no file" in say(path, str(tmp_path / "nowhere.csv"), code=1).stderr
    say(path, code=2)
    assert content(path) == before
    assert [file.name for file in tmp_path.glob(f"*{ENDING}")] == []


@pytest.mark.file_only
def test_the_name_of_a_file_leads_nowhere_and_says_nothing_to_a_terminal(tmp_path: Path) -> None:
    path = office(tmp_path)
    for name in ("\x1b[31m\nred.csv", "'; rm -rf x.csv", "=cmd|x.csv", "..csv", "-w.csv"):
        old = tmp_path / "old" / name
        old.parent.mkdir(exist_ok=True)
        old_registers.plain(tmp_path).rename(old)
        said = json.loads(say(path, str(old), "--dry-run", "--json").stdout)
        assert (said["new"], old.with_name(f"{name}{ENDING}").is_file()) == (3, True)
        in_words = CliRunner().invoke(
            jobs.main, ["import", str(old), "-w", address(path), "--now", TODAY, "--dry-run"], color=True
        )
        assert ("\x1b" in in_words.stdout, any(line.startswith("red") for line in in_words.stdout.splitlines())) == (
            False,
            False,
        )
    assert len([*(tmp_path / "old").iterdir()]) == 10


@pytest.mark.file_only
def test_what_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = office(tmp_path)
    nasty = '=HYPERLINK(""http://x"",""y"")'
    say(path, str(old_registers.plain(tmp_path, f'编号,日期,姓名,事由\n+1,2026-3-1,@x,"{nasty}\x0bend"\n')))

    assert cases(path, "former_no", "petitioner", "summary")[1:] == [("+1", "@x", '=HYPERLINK("http://x","y") end')]


def test_the_setting_is_as_it_was(tmp_path: Path) -> None:
    path = office(tmp_path)
    say(path, str(old_registers.plain(tmp_path)))

    assert setting(path, "go_live_on") == "2026-01-01"
    assert mails(tmp_path / "nothing") == []


@pytest.mark.file_only
def test_install_takes_it_over_at_once_and_makes_nothing_if_it_cannot(tmp_path: Path) -> None:
    path, old = tmp_path / "new.xlsx", old_registers.complaints_log(tmp_path)
    install = ["--language", "en", "install", "--language", "en", "-w", str(path), "--now", TODAY, "--from"]

    refused = CliRunner().invoke(jobs.main, [*install, str(tmp_path / "nothing.csv")])
    assert (refused.exit_code, path.exists()) == (1, False)

    done = CliRunner().invoke(jobs.main, [*install, str(old)])
    assert (done.exit_code, "4 cases were taken over" in done.stdout) == (0, True)
    assert [row for row in cases(path, "former_no", "status", "former_rest") if row[0]] == [
        ("C/1", "closed", ""), ("C/2", "incomplete", "Complainant: Write, never ring."), ("C/3", "incomplete", ""),
        ("C/1", "incomplete", ""),
    ]  # fmt: skip


@pytest.mark.on_both
def test_a_tab_of_the_ledgers_own_workbook_is_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = office(tmp_path)
    if on_google_now():
        plain_transport().write(address(path), [{"addSheet": {"properties": {"title": "2025年"}}}])
    book = load(path)
    sheet = book["2025年"] if "2025年" in book.sheetnames else book.create_sheet("2025年")
    for row in (
        ("编号", "收到日期", "信访人", "反映问题"),
        ("7", "2025-03-01", "陈静", "饭菜凉"),
        ("8", "2025-03-02", "何平", "路灯"),
    ):
        sheet.append(row)
    save(book, path)
    with_file = tmp_path / "cwd"
    with_file.mkdir()
    monkeypatch.chdir(with_file)

    assert "2 cases were taken over" in say(path, "--tab", "2025年").stdout
    assert [row[0] for row in cases(path, "former_no")] == ["", "7", "8"]
    assert [file.name for file in with_file.iterdir()] == [f"2025年{ENDING}"]
    assert "has no tab" in say(path, "--tab", "2019年", code=1).stderr
