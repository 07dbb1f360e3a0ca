"""publish writes one page a case, under a name that nobody can guess, which says nothing but step, dates and telephone."""

from __future__ import annotations

import itertools
import json
import re
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jobs
from automation.commands.status_names import IN_ENVIRONMENT, secret_file, status_names
from automation.forms.status_page import MARK
from automation.ledger.parsing import parse
from sheet_schema import FILING, REGISTER, Type
from tests.support.ledger_in_memory import line
from tests.support.small_office import at, column, ledger_at, set_to
from tests.support.workbook_homes import address, content, made_once, on_google_now, read_now, shown_in, type_cells

ON_BOTH = IN_TURN = True
CANARY = "Canary"
SECRET = {column.key: CANARY for column in REGISTER if column.staff and column.type in (Type.TEXT, Type.LONG)}
DAY = "2026-03-18T09:00"
ADDRESS = "https://xf.example.edu.cn/jd"


@made_once
def of_three_cases(folder: Path) -> Path:
    lines = [
        {**line(), **SECRET, "decision": "受理", "decided_on": "2026-03-03", "about": "-"},
        {**line("LV-00002"), **SECRET, "kind": "检举控告"},
        line("LV-00003", decision="作废", decided_on="2026-03-03", reason="登记有误"),
    ]
    settings = {"school_name": "第一中学", "school_phone": "010-1", "status_address": ADDRESS, "sending": "暂停"}
    path = ledger_at(folder, lines, **settings)
    at(path, "2026-03-18T08:00")
    return path


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return of_three_cases(tmp_path)


def say(path: Path, *arguments: str, now: str = DAY, code: int = 0) -> Result:
    ended = CliRunner().invoke(jobs.main, [*arguments, "-w", address(path), "--now", now])
    assert ended.exit_code == code, ended.output
    return ended


def publish(path: Path, now: str = DAY) -> dict[str, int]:
    told = json.loads(say(path, "publish", "--into", "web", "--json", now=now).stdout)
    return {key: told[key] for key in ("pages", "new", "withdrawn")}


def pages(folder: Path) -> dict[str, str]:
    return {one.name: one.read_text("utf-8") for one in (folder / "web").iterdir() if one.name != "index.html"}


def name(path: Path, number: str) -> str:
    return f"{status_names(address(path))(number)}.html"


@pytest.mark.on_both
def test_a_page_says_step_dates_and_telephone_and_of_a_restricted_case_nothing(ledger: Path, tmp_path: Path) -> None:
    before = content(ledger)
    assert publish(ledger) == {"pages": 3, "new": 3, "withdrawn": 0}
    assert content(ledger) == before
    found = pages(tmp_path)
    assert found.keys() == {name(ledger, f"LV-0000{n}") for n in (1, 2, 3)}
    open_one, restricted = found[name(ledger, "LV-00001")], found[name(ledger, "LV-00002")]
    told = re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]*>", " ", open_one, flags=re.DOTALL)).split()
    assert told == [
        "办理进度", "第一中学", "办理进度", "正在办理，进度安排如下：", "不迟于2026年3月22日答复", "收到日期", "2026年3月2日", "信访电话", "010-1",
    ]  # fmt: skip
    told = re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]*>", " ", restricted, flags=re.DOTALL)).split()
    assert told == ["办理进度", "第一中学", "办理进度", "已登记", "信访电话", "010-1"]
    for page in found.values():
        assert 'name="robots" content="noindex' in page
        assert not re.search(rf"{CANARY}|LV-0|王芳|教务处|检举|<script|https?:", page)
    assert publish(ledger) == {"pages": 3, "new": 0, "withdrawn": 0}


def test_the_folder_tells_no_name(ledger: Path, tmp_path: Path) -> None:
    publish(ledger)
    names = pages(tmp_path).keys()
    everything = "".join(one.read_text("utf-8") for one in (tmp_path / "web").iterdir())
    assert not any(one.removesuffix(".html") in everything for one in names)
    assert sorted(one.name for one in (tmp_path / "web").iterdir()) == sorted([*names, "index.html"])
    assert "二维码" in (tmp_path / "web" / "index.html").read_text("utf-8")


def guesses(number: str) -> Sequence[str]:
    """Names that somebody might try who knows the number and how names are made, but not the secret."""
    import hashlib
    import hmac
    from base64 import b32encode

    keys = [b"", b"secret", number.encode(), b"ledger", *(str(at).encode() for at in range(1000))]
    digests = (hmac.new(key, b"status\0" + number.encode(), hashlib.sha256).digest()[:20] for key in keys)
    return [f"{b32encode(digest).decode().lower()}.html" for digest in digests]


@pytest.mark.file_only
def test_a_million_guessed_names_find_nothing(ledger: Path, tmp_path: Path) -> None:
    publish(ledger)
    found = pages(tmp_path).keys()
    for one in found:
        assert re.fullmatch(r"[a-z2-7]{32}\.html", one)  # 160 bits
    assert not found & {*guesses("LV-00001"), *guesses("LV-00002")}
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    other = sorted(found)[0]
    near = (f"{''.join(four)}{other[4:]}" for four in itertools.product(letters, repeat=4))  # 1,048,576 of them
    assert sum(one in found for one in near) == 1  # even so close, only the name itself
    assert len({one[:8] for one in found}) == 3


def test_another_secret_gives_other_names_and_a_number_always_the_same(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = name(ledger, "LV-00001")
    assert name(ledger, "LV-00001") == first != name(ledger, "LV-00002")
    file = secret_file(address(ledger))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.name.endswith(".status-secret")
    monkeypatch.setenv(IN_ENVIRONMENT, "0123456789abcdef" * 4)
    assert name(ledger, "LV-00001") != first
    monkeypatch.setenv(IN_ENVIRONMENT, "short")
    assert "too short" in say(ledger, "publish", code=1).output or "太短" in say(ledger, "publish", code=1).output
    monkeypatch.delenv(IN_ENVIRONMENT)
    file.chmod(0o644)
    assert ".status-secret" in say(ledger, "publish", code=1).output


def test_what_was_filed_is_withdrawn_after_a_while_and_nothing_else(ledger: Path, tmp_path: Path) -> None:
    publish(ledger)
    mine, gone = tmp_path / "web" / "mine.html", tmp_path / "web" / name(ledger, "LV-00003")
    mine.write_text("school's own")
    index = tmp_path / "web" / "index.html"
    index.write_text("the school's own front page")
    at(ledger, "2026-04-20T09:30")
    assert [str(row[0]) for row in column(ledger, "filing", "case_no")] == ["LV-00003"]
    assert publish(ledger, now="2026-04-20T10:00")["withdrawn"] == 0
    assert "各环节均已办理" in gone.read_text("utf-8")
    assert publish(ledger, now="2026-12-18T10:00")["withdrawn"] == 1
    left = [name(ledger, "LV-00001"), name(ledger, "LV-00002"), "mine.html", "index.html"]
    assert sorted(one.name for one in (tmp_path / "web").iterdir()) == sorted(left)
    assert index.read_text() == "the school's own front page"
    gone.write_text("somebody else's")
    assert publish(ledger, now="2026-12-18T10:00")["withdrawn"] == 0
    assert MARK not in gone.read_bytes()


def test_the_receipt_has_the_code_of_the_page_on_the_visitors_copy(ledger: Path, tmp_path: Path) -> None:
    say(ledger, "form", "LV-00001", "--receipt", "--into", "forms")
    page = (tmp_path / "forms" / "回执LV-00001.html").read_text("utf-8")
    assert page.count("<svg") == 1
    assert page.index("信访人联") < page.index("<svg")
    from automation.forms.qr import code_of, outline

    assert outline(code_of(f"{ADDRESS}/{name(ledger, 'LV-00001')}")) in page
    set_to(ledger, "status_address", "")
    say(ledger, "form", "LV-00001", "--receipt", "--into", "forms")
    assert "<svg" not in (tmp_path / "forms" / "回执LV-00001.html").read_text("utf-8")


def test_the_poster_needs_an_address_and_shows_it(ledger: Path, tmp_path: Path) -> None:
    assert "表单网址" in say(ledger, "form", "--poster", code=1).output
    set_to(ledger, "form_address", "https://forms.example/<x>")
    set_to(ledger, "form_address", "https://forms.example/x?a=1&b=2")
    say(ledger, "form", "--poster", "--into", "forms")
    page = (tmp_path / "forms" / "海报.html").read_text("utf-8")
    assert "https://forms.example/x?a=1&amp;b=2" in page
    assert all(text in page for text in ("第一中学", "010-1", "<svg"))
    assert (tmp_path / "forms" / "海报.pdf").read_bytes().startswith(b"%PDF")
    assert say(ledger, "form", "--poster", "LV-00001", code=2).output
    assert on_google_now() or (tmp_path / "ledger.xlsx").is_file()


def test_of_a_number_that_was_filed_twice_nobody_knows_which_case_is_meant(ledger: Path, tmp_path: Path) -> None:
    at(ledger, "2026-04-20T09:30")
    filing = parse(read_now(ledger)).filing
    row = shown_in(ledger, FILING.label("zh"))[1]
    type_cells(ledger, FILING.label("zh"), {(3, place): cell for place, cell in enumerate(row, start=1)})
    type_cells(ledger, FILING.label("zh"), {(2, filing.at["kind"]): "检举控告"})
    publish(ledger, now="2026-04-20T10:00")
    assert "已登记" in (tmp_path / "web" / name(ledger, "LV-00003")).read_text("utf-8")
