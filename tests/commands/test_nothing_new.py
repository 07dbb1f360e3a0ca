"""A run on a file that nobody touched ends at once, and says what the full run before it said."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from automation.commands import nothing_new
from automation.commands.nothing_new import found_before, say_again
from automation.commands.options import RunOptions, Session
from automation.commands.run import do_job
from automation.run.stages import silent
from tests.support.ledger_in_memory import line
from tests.support.small_office import ledger_at, typed

NOW = datetime(2026, 3, 17, 10, 3, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = NOW + timedelta(minutes=10)
GRACE_ENDS = NOW + timedelta(hours=2)
"""When the office may be told of the problem (`problem_grace`)."""

pytestmark = pytest.mark.file_only


def run_at(asked: RunOptions, now: datetime) -> tuple[int, list[str]]:
    """A full run: its exit code, and what it said."""
    said: list[str] = []
    return do_job("run", asked, Session(now, said.append, silent)), said


def again(asked: RunOptions, now: datetime, job: str = "run") -> tuple[int | None, list[str]]:
    """The same of a run that may end at once; None if it may not."""
    said: list[str] = []
    return say_again(job, asked, Session(now, said.append, silent)), said


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunOptions:
    """A ledger with one problem, on which runs have done all there is to do."""
    monkeypatch.chdir(tmp_path)
    path = ledger_at(tmp_path, [line(handler="王芳"), line("LV-00002", topic="没有的事项")], sending="试运行")
    asked = RunOptions(str(path))
    while "没有需要做的。" not in run_at(asked, NOW)[1]:
        pass
    return asked


def test_it_says_what_the_full_run_says(asked: RunOptions) -> None:
    said = run_at(asked, LATER)
    assert again(asked, LATER) == said
    assert any("没有的事项" in text for text in said[1])


def test_with_check_it_ends_with_the_same_code(asked: RunOptions) -> None:
    checking = replace(asked, check=True)
    assert again(checking, LATER) == (None, [])  # it was kept for a run without
    assert run_at(checking, NOW)[0] == 3
    assert again(checking, LATER)[0] == 3


def test_as_one_object_it_tells_its_own_time(asked: RunOptions) -> None:
    in_json = replace(asked, as_json=True)
    run_at(in_json, NOW)
    code, (quick,) = again(in_json, LATER)
    assert (code, json.loads(quick)) == (0, json.loads(run_at(in_json, LATER)[1][0]))


def test_it_ends_at_once_until_something_may_be_due(asked: RunOptions) -> None:
    moments = {
        NOW - timedelta(seconds=1): False,  # the clock was set back
        NOW: True,
        GRACE_ENDS - timedelta(microseconds=1): True,
        GRACE_ENDS: False,
        NOW + timedelta(days=1): False,
    }
    assert {moment: again(asked, moment)[0] == 0 for moment in moments} == moments


def _open(path: Path) -> None:
    path.with_name(f"~${path.name}").write_bytes(b"\x02me")


def _another_version(path: Path) -> None:
    newer = path.parent / "program"
    for name in ("automation", "sheet_schema", "email_templates"):
        (newer / name).mkdir(parents=True)
        (newer / name / "one.py").write_text("")
    (newer / "jobs.py").write_text("")
    nothing_new.PROGRAM = newer / "jobs.py"  # type: ignore[misc]


DIFFERENT: Mapping[str, Callable[[Path], object]] = {
    "a cell": lambda path: typed(path, "反映问题", "改过"),
    "the journal": lambda path: path.with_name(f"{path.name}.journal").write_bytes(b"{}\n"),
    "somebody has it open": _open,
    "it is gone": lambda path: path.unlink(),
    "what was kept is gone": lambda path: _kept(path).unlink(),
    "what was kept is torn": lambda path: _kept(path).write_bytes(_kept(path).read_bytes()[:-9]),
    "what was kept is something else": lambda path: _kept(path).write_text("[1, 2]"),
    "what was kept is of another ledger": lambda path: _of_another(path),
    "what was kept is a link": lambda path: _as_link(path),
    "the program": _another_version,
}  # fmt: skip


def _kept(path: Path) -> Path:
    return path.with_name(f".{path.name}.idle")


def _of_another(path: Path) -> None:
    """The same file with what was kept, once more in a folder of its own, and what is kept there put back here."""
    other = path.parent / "other"
    other.mkdir()
    shutil.copy(path, other / path.name)
    asked = RunOptions(str(other / path.name))
    while "没有需要做的。" not in run_at(asked, NOW)[1]:
        pass
    shutil.copy(_kept(other / path.name), _kept(path))


def _as_link(path: Path) -> None:
    aside = path.with_name("aside")
    values = json.loads(_kept(path).read_text("utf-8")) | {"until": (NOW + timedelta(days=400)).isoformat()}
    aside.write_text(json.dumps(values | {"asked": ""}), "utf-8")
    _kept(path).unlink()
    _kept(path).symlink_to(aside)


def test_whatever_is_different_makes_it_a_full_run(
    asked: RunOptions, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(asked.workbook)
    before = tmp_path_factory.mktemp("before") / "all"
    shutil.copytree(path.parent, before)
    ended = {}
    for what, differ in DIFFERENT.items():
        with monkeypatch.context() as put_back:
            put_back.setattr(nothing_new, "PROGRAM", nothing_new.PROGRAM)
            assert again(asked, LATER)[0] == 0, what
            differ(path)
            ended[what] = again(asked, LATER)
        shutil.rmtree(path.parent / "other", ignore_errors=True)
        for one in path.parent.iterdir():
            if one.is_file() or one.is_symlink():
                one.unlink()
        shutil.copytree(before, path.parent, dirs_exist_ok=True)
    assert ended == dict.fromkeys(DIFFERENT, (None, []))


OPTIONS: Mapping[str, Mapping[str, object]] = {
    "another time than the clock's": {"now": "2026-03-17T10:03"},
    "a try": {"dry_run": True},
    "every cell": {"verbose": True},
    "one object": {"as_json": True},
    "a decision": {"accept_stop": "looked"},
    "another folder for mails": {"outbox": "elsewhere"},
    "a mail server": {"smtp_host": "mail.example", "smtp_user": "a@s.example"},
}


def test_so_do_every_option_and_every_other_job(asked: RunOptions) -> None:
    ended = {name: again(replace(asked, **values), LATER) for name, values in OPTIONS.items()}  # type: ignore[arg-type]
    assert ended == dict.fromkeys(OPTIONS, (None, []))
    assert [again(asked, LATER, job)[0] for job in ("run", "validate", "remind")] == [0, None, None]


def test_what_is_kept_is_for_the_ledgers_people_and_nothing_is_kept_where_it_cannot_be(asked: RunOptions) -> None:
    path = Path(asked.workbook)
    path.chmod(0o640)
    typed(path, "反映问题", "改过")
    while "没有需要做的。" not in run_at(asked, NOW)[1]:
        pass
    assert _kept(path).stat().st_mode & 0o777 == 0o640
    _kept(path).unlink()
    _kept(path).mkdir()
    assert run_at(asked, LATER)[0] == 0
    assert found_before("run", asked, LATER) is None


def test_a_run_that_did_something_or_read_a_file_that_was_open_keeps_nothing(asked: RunOptions) -> None:
    path = Path(asked.workbook)
    _kept(path).unlink()
    _open(path)
    run_at(asked, NOW)
    assert not _kept(path).exists()
    path.with_name(f"~${path.name}").unlink()
    typed(path, "反映问题", "改过")
    run_at(asked, NOW)
    assert not _kept(path).exists()
