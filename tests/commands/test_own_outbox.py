"""Each ledger has its own outbox, and mails of the folder that ledgers once shared are still listed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jobs
from tests.support.ledger_in_memory import line
from tests.support.small_office import HANDLED, ledger_at


def run(path: Path, when: str, *more: str) -> Result:
    return CliRunner().invoke(jobs.main, ["run", "--json", "-w", str(path), "--now", when, *more])


def eml(folder: Path) -> set[str]:
    return {one.name for one in folder.glob("*.eml")}


def test_two_ledgers_in_one_folder_write_apart(tmp_path: Path) -> None:
    first = ledger_at(tmp_path, [line(**HANDLED)])
    second = first.with_name("second.xlsx")
    shutil.copy(first, second)

    assert [run(path, "2026-03-19T09:00").exit_code for path in (first, second)] == [0, 0]

    assert eml(tmp_path / "ledger.outbox") == eml(tmp_path / "second.outbox") != set()
    assert not (tmp_path / "outbox").exists()


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "beside-another"])
def test_what_was_written_before_is_not_written_again_and_is_still_listed(tmp_path: Path, *, alone: bool) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    run(path, "2026-03-19T09:00")
    (tmp_path / "ledger.outbox").rename(tmp_path / "outbox")
    earlier = sorted((tmp_path / "outbox").glob("*.eml"))
    if not alone:  # what Notices says of the time tells whose a mail is
        shutil.copy(path, tmp_path / "second.xlsx")
        ours = re.sub("\nDate: .*", "\nDate: Thu, 19 Mar 2026 01:00:00 +0000", earlier[0].read_text())
        earlier[0].write_text(ours)
    (tmp_path / "outbox" / "reminder-00000000000000000000.eml").write_bytes(earlier[0].read_bytes())

    result = run(path, "2026-03-20T09:00")

    assert result.exit_code == 0, result.output
    new = eml(tmp_path / "ledger.outbox")
    assert (len(earlier), {one.name for one in earlier} & new) == (2, set())
    page = (tmp_path / "ledger.outbox" / "index.html").read_text("utf-8")
    assert page.count("<iframe") == len(new) + (2 if alone else 1)
    said = CliRunner().invoke(jobs.main, ["explain", "LV-00001", "-w", str(path), "--json"])
    assert "2026-03-19" in json.dumps(json.loads(said.output)["so_far"])


def test_a_workbook_named_by_a_link_has_the_outbox_of_its_file(tmp_path: Path) -> None:
    path = ledger_at(tmp_path / "office", [line(**HANDLED)])
    (tmp_path / "here.xlsx").symlink_to(path)
    run(tmp_path / "here.xlsx", "2026-03-19T09:00")
    assert eml(path.with_name("ledger.outbox")) != set()
