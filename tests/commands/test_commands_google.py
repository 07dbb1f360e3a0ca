"""The commands on a Google Sheet, as somebody first types them: install, install again, run, and what they say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jobs
from automation.workbooks.address import address_of
from sheet_schema import USUAL_TABS, Language
from tests.support import ROOT
from tests.support import workbook_homes as homes

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)
MADE = {
    "en": "Made Office with the preset uk-school.\nNext: fill in Departments and People. The Start here tab says what is still missing.\n",
    "zh": "已按预设 cn-school 新建 Office。\n本程序还不知道2027年的放假调休安排（不论是否已公布），“日历”表中标有“暂定”的放假为暂定。公布后请用 `install --holidays` 加通知文件填入，或自行填写。\n下一步：填写“部门”和“人员”表。“使用说明”表会列出还缺什么。\n",
}
PRESET = {"en": "uk-school", "zh": "cn-school"}
KEPT = {
    "en": "Office lacks nothing.\n",
    "zh": "Office 不缺内容。\n本程序还不知道2027年的放假调休安排（不论是否已公布），“日历”表中标有“暂定”的放假为暂定。公布后请用 `install --holidays` 加通知文件填入，或自行填写。\n",
}
PAD = {"en": ("Register", 30), "zh": ("登记", 30)}
DAY = ("--now", "2026-03-18T09:00")


def say(*arguments: str) -> Result:
    return CliRunner().invoke(jobs.main, list(arguments))


def spreadsheet(shared: bool | str = True) -> str:
    return str(homes.server().new_spreadsheet("Office", locale="en_GB", time_zone="Europe/London", shared=shared).id)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_install_makes_a_ledger_of_an_empty_sheet_and_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.chdir(tmp_path)
    key = spreadsheet()
    made = say("install", "-w", address_of(key), "--language", language, "--preset", PRESET[language], *DAY)
    before = homes.content_of(key)
    again = say("install", "-w", key, *DAY)
    title, blank = PAD[language]
    numbers = [row[0] for row in homes.server().spreadsheets[key].sheet(title).values()[1:]]
    titles = homes.server().spreadsheets[key].titles()
    assert (made.exit_code, made.output, again.exit_code, again.output) == (
        0,
        MADE[language],
        0,
        KEPT[language],
    )
    assert numbers == [f"LV-{n:05d}" for n in range(1, blank + 1)]
    assert titles == [*(tab.label(language) for tab in USUAL_TABS), "_journal"]
    assert homes.content_of(key) == before
    checked = say("check", "-w", key, *DAY)
    assert checked.exit_code in (0, 3)


def test_a_run_says_how_many_requests_it_took_and_nothing_to_do_takes_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    key = spreadsheet()
    say("install", "-w", key, "--language", "en", "--preset", "uk-school", *DAY)
    homes.server().clear_calls()
    counted = []
    for minute in ("09:10", "09:20", "09:30"):
        ended = say("run", "-w", key, "--now", f"2026-03-18T{minute}", "--json")
        counted.append((json.loads(ended.stdout)["calls"], len(homes.server().calls)))
        homes.server().clear_calls()
    runs = homes.server().spreadsheets[key].sheet("Runs").values()
    calls = [row[runs[0].index("Calls")] for row in runs[1:] if row[2] == "run"]
    assert (counted, calls) == ([(6, 6), (2, 2), (2, 2)], [6])


@pytest.mark.parametrize(
    ("shared", "sentence"),
    [
        (
            False,
            "The spreadsheet is not shared with ledger@test-project.iam.gserviceaccount.com, or only for reading: open it, choose Share, and add that address as Editor.",
        ),
        (
            "reader",
            "The spreadsheet is not shared with ledger@test-project.iam.gserviceaccount.com, or only for reading: open it, choose Share, and add that address as Editor.",
        ),
    ],
)
def test_what_is_not_shared_is_said_in_one_sentence(shared: bool | str, sentence: str) -> None:
    ended = say("install", "-w", spreadsheet(shared))
    assert (ended.exit_code, ended.stderr.splitlines()[0]) == (1, sentence)


def test_a_dry_run_writes_nothing_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    key = spreadsheet()
    say("install", "-w", key, "--language", "en", *DAY)
    before, version = homes.content_of(key), homes.server().spreadsheets[key].version
    dry = say("run", "-w", key, "--now", "2026-03-19T09:00", "--dry-run")
    assert (dry.exit_code, homes.content_of(key) == before) == (0, True)
    assert homes.server().spreadsheets[key].version == version


def test_the_local_server_starts_alone_and_the_program_works_on_it(tmp_path: Path) -> None:
    """Somebody may want to see the program without an account."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.sheets_api", "--port", "0", "--key-file", str(tmp_path / "key.json"), "--spreadsheet", "Office"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        address, key = (server.stdout.readline().split()[-1] for _ in range(2))
        places = {
            "SHEETS_EMULATOR_HOST": address,
            "GOOGLE_APPLICATION_CREDENTIALS": str(tmp_path / "key.json"),
        }
        ended = subprocess.run(
            [sys.executable, "jobs.py", "install", "-w", key, "--language", "en", "--preset", "uk-school", *DAY],
            cwd=ROOT, env={**os.environ, **places}, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    finally:
        server.terminate()
        server.communicate(timeout=10)
    assert (ended.returncode, ended.stdout) == (0, MADE["en"])
