"""install --holidays: the days off of a year from a pasted notice or a calendar file, in place of provisional ones."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from automation.commands.install import install_into
from automation.ledger.parsing import parse
from tests.support.small_office import CLOCK, ledger_at
from tests.support.workbook_homes import Kept, address, book_at, kept, shown_in, type_in

ON_BOTH = IN_TURN = True
NOW = datetime(2026, 11, 29, 9)
NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（农历正月初六、周四）放假调休，共7天。2月14日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假，共5天。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
2026年11月25日"""  # invented: that of 2027 was not published when this was written
OFFICIAL = [
    ("2027-01-01", "2027-01-03", "holiday", "元旦"),
    ("2027-02-05", "2027-02-11", "holiday", "春节"),
    ("2027-02-14", "", "workday", "春节调休上班"),
    ("2027-02-20", "", "workday", "春节调休上班"),
    ("2027-04-03", "2027-04-05", "holiday", "清明节"),
    ("2027-05-01", "2027-05-05", "holiday", "劳动节"),
    ("2027-06-09", "", "holiday", "端午节"),
    ("2027-09-15", "", "holiday", "中秋节"),
    ("2027-09-26", "", "workday", "国庆节调休上班"),
    ("2027-10-01", "2027-10-07", "holiday", "国庆节"),
    ("2027-10-09", "", "workday", "国庆节调休上班"),
]
UNKNOWN = "本程序还不知道2027年的放假调休安排（不论是否已公布），“日历”表中标有“暂定”的放假为暂定。公布后请用 `install --holidays` 加通知文件填入，或自行填写。"
ADDED = "已在“日历”表补上11行。"


@cache
def ledger(home: str) -> Kept:
    """A ledger in November 2026, whose Calendar has 2026 and, provisional, 2027."""

    def make(folder: Path) -> Path:
        path = ledger_at(folder, [])
        install_into(address(path), None, None, NOW, CLOCK)
        return path

    return kept(make)


@pytest.fixture
def path(tmp_path: Path, home: str) -> Path:
    return ledger(home).put(tmp_path)


def install(path: Path, text: str | bytes, name: str = "notice.txt") -> tuple[int, list[str]]:
    file = path.parent / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return called(path, str(file))


def called(path: Path, file: str, pasted: str = "") -> tuple[int, list[str]]:
    arguments = ["install", "-w", address(path), "--now", NOW.isoformat(), "--holidays", file]
    done = CliRunner().invoke(jobs.main, arguments, input=pasted, obj=datetime(2026, 11, 29, 1, tzinfo=UTC))
    return done.exit_code, [line for line in done.output.splitlines() if line]


def days(path: Path, year: int = 2027) -> list[tuple[str, str, str, str]]:
    calendar = parse(book_at(path, CLOCK).read()).tables["calendar"]
    rows = zip(*(calendar[key].tolist() for key in ("date", "until", "kind", "name")), strict=True)
    return sorted((str(a), str(b or ""), kind, name) for a, b, kind, name in rows if a is not None and a.year == year)


def test_the_holidays_of_a_year_that_the_program_does_not_know_are_marked(path: Path) -> None:
    assert [name for *_, name in days(path)] == [
        "元旦（暂定）", "农历除夕、春节（暂定）", "清明节（暂定）", "劳动节（暂定）", "端午节（暂定）", "中秋节（暂定）", "国庆节（暂定）",
    ]  # fmt: skip
    assert {name.endswith("（暂定）") for *_, name in days(path, 2026)} == {False}
    assert install_into(address(path), None, None, NOW, CLOCK)[-1] == UNKNOWN


@pytest.mark.file_only
@pytest.mark.parametrize(
    "notice",
    [
        NOTICE,
        NOTICE.replace("\n", "\r\n"),
        NOTICE.encode("gb18030"),
        NOTICE.encode("utf-16"),
        NOTICE.encode("utf-8-sig"),
    ],
    ids=["utf-8", "windows", "gb18030", "utf-16", "with-a-mark"],
)
def test_a_notice_takes_the_place_of_what_was_provisional(path: Path, notice: str | bytes) -> None:
    marked = len(days(path))
    code, said = install(path, notice)
    assert (code, said[-2:], days(path)) == (0, [ADDED, f"“日历”表中{marked}行暂定放假已换成正式安排。"], OFFICIAL)
    assert UNKNOWN not in said

    code, again = install(path, notice)
    stays = "、".join(first for first, *_ in OFFICIAL)
    assert (code, again[-1], days(path)) == (0, f"“日历”表中已有这些日期，未改动：{stays}。", OFFICIAL)
    assert UNKNOWN not in install_into(address(path), None, None, NOW, CLOCK)


def test_what_is_pasted_is_read(path: Path) -> None:
    assert (called(path, "-", NOTICE)[0], days(path)) == (0, OFFICIAL)


@pytest.mark.on_both
def test_what_the_office_typed_stays(path: Path) -> None:
    """Its own line of a day counts, and so does a provisional one whose mark it took away."""
    labels = shown_in(path, "日历")[0]
    at = {
        key: labels.index(label) + 1
        for key, label in {"date": "日期", "until": "至", "kind": "类型", "name": "名称"}.items()
    }
    rows = shown_in(path, "日历")
    last = len(rows) + 1
    for key, cell in {"date": "2027-02-05", "until": "2027-02-28", "kind": "放假", "name": "本校寒假"}.items():
        type_in(path, "日历", last, at[key], cell)
    labour = next(row for row, line in enumerate(rows, start=1) if line[at["name"] - 1] == "劳动节（暂定）")
    type_in(path, "日历", labour, at["name"], "劳动节")
    labour_day = next(one for one in days(path) if one[3] == "劳动节")

    _, said = install(path, NOTICE)

    assert said[-1] == "“日历”表中已有这些日期，未改动：2027-02-05、2027-05-01。"
    expected = [one for one in OFFICIAL if one[0] not in ("2027-02-05", "2027-05-01")]
    assert days(path) == sorted([*expected, labour_day, ("2027-02-05", "2027-02-28", "holiday", "本校寒假")])


def calendar_file(*events: tuple[str, str, str]) -> str:
    event = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:{}\nDTEND;VALUE=DATE:{}\nSUMMARY:{}\nEND:VEVENT"
    return "\n".join(["BEGIN:VCALENDAR", *(event.format(*one) for one in events), "END:VCALENDAR"])


PROVISIONAL = [
    ("2027-04-05", "", "holiday", "清明节（暂定）"),
    ("2027-05-01", "2027-05-04", "holiday", "劳动节（暂定）"),
    ("2027-06-09", "", "holiday", "端午节（暂定）"),
    ("2027-09-15", "", "holiday", "中秋节（暂定）"),
    ("2027-10-01", "2027-10-05", "holiday", "国庆节（暂定）"),
]
STILL = "days.ics中没有，在“日历”表中仍为暂定：清明节（2027-04-05）、劳动节（2027-05-01）、端午节（2027-06-09）、中秋节（2027-09-15）、国庆节（2027-10-01）。"


def test_only_the_holidays_that_a_calendar_file_names_give_way(path: Path) -> None:
    """With the others gone, deadlines once fell on the National Day."""
    part = calendar_file(
        ("20270101", "20270104", "元旦 休"),
        ("20270131", "20270201", "春节 班"),
        ("20270205", "20270212", "春节 假期"),
        ("20270710", "20270901", "暑假"),
        ("20300101", "20300102", "元旦"),
    )
    code, said = install(path, part, "days.ics")
    assert (code, said[-2:]) == (0, [STILL.replace("days.ics", str(path.parent / "days.ics")), UNKNOWN])
    named = [
        ("2027-01-01", "2027-01-03", "holiday", "元旦 休"),
        ("2027-01-31", "", "workday", "春节 班"),
        ("2027-02-05", "2027-02-11", "holiday", "春节 假期"),
        ("2027-07-10", "2027-08-31", "closed", "暑假"),
    ]
    assert days(path) == sorted([*named, *PROVISIONAL])
    assert days(path, 2030) == []
    assert install_into(address(path), None, None, NOW, CLOCK)[-1] == UNKNOWN

    code, said = install(path, NOTICE)
    assert (code, UNKNOWN in said) == (0, False)
    assert not [name for *_, name in days(path) if "暂定" in name]


@pytest.mark.file_only
@pytest.mark.parametrize(
    ("events", "gone"),
    [
        ([("20270201", "20270202", "春节 班")], []),  # a working day is no holiday
        ([("20270930", "20271003", "黄金周")], ["国庆节"]),  # by its days
        ([("20270614", "20270615", "端午节补假")], ["端午节"]),  # by its name
        ([("20270401", "20270430", "春假")], []),  # a school break is no public holiday
        ([("20270913", "20271008", "中秋国庆")], ["中秋节", "国庆节"]),
    ],
)  # fmt: skip
def test_what_gives_way(path: Path, events: list[tuple[str, str, str]], gone: list[str]) -> None:
    before = {name for *_, name in days(path)}
    assert install(path, calendar_file(*events), "days.ics")[0] == 0
    assert before - {name for *_, name in days(path)} == {f"{name}（暂定）" for name in gone}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2027年放假安排另行通知", "中没有找到2026和2027年的放假安排：需要国务院办公厅通知的文字，或日历文件（.ics）。"),
        (NOTICE.replace("共7天", "共8天", 1), "春节：通知写明共8天，读到7天。未作任何改动，请自行填入“日历”表。"),
        ("", "中没有找到2026和2027年的放假安排"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str) -> None:
    """It is said in the ledger's language, whatever the computer speaks."""
    monkeypatch.setenv("LEDGER_LANGUAGE", "en")
    before = days(path)
    code, lines = install(path, text)
    assert (code, said in lines[-1], days(path)) == (1, True, before)


def test_what_is_pasted_has_a_name(path: Path) -> None:
    code, lines = called(path, "-", "明年放假安排如下")
    assert (code, lines[-1].startswith("粘贴的内容中没有找到2026和2027年的放假安排")) == (1, True)


def test_a_file_that_is_not_there(path: Path) -> None:
    code, lines = called(path, str(path.parent / "nowhere.txt"))
    assert (code, "无法读取" in lines[-1]) == (1, True)
