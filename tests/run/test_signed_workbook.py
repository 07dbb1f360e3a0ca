"""A digitally signed workbook is never written: a run sends nothing but the mail that says so, whatever else is due."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from automation.ledger.errors import LedgerError
from automation.ledger.recognition import LEDGER_MARK
from automation.ledger.workbook import Commit
from automation.workbooks.excel.xml.custom_properties import put_custom_property
from automation.workbooks.excel.xml.package import Package
from tests.support.ledger_in_memory import line
from tests.support.small_office import ADMIN, CLOCK, FANG, HANDLED, at, ledger_at
from tests.support.workbook_homes import book_at

SIGNED = "本工作簿带有数字签名，运行时写入任何内容都会使签名失效。"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger in which much is due, be it only its mark."""
    made = ledger_at(tmp_path, [line(**HANDLED)], people=(FANG, ADMIN))
    package = Package(made.read_bytes(), made.name)
    changed = {"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<Signature/>"}
    put_custom_property(package, changed, LEDGER_MARK, "")
    made.write_bytes(package.with_parts(changed))
    return made


def test_a_signed_workbook_stops_in_words_once_a_day_and_stays_as_it_is(path: Path) -> None:
    before = path.read_bytes()
    results = [at(path, moment) for moment in ("2026-03-18T09:00", "2026-03-18T09:10", "2026-03-19T09:00")]
    assert [sorted(mail.to for mail in one.mails) for one in results] == [
        ["admin@s.example", "min@s.example"], [], ["admin@s.example", "min@s.example"],
    ]  # fmt: skip
    assert not any(mail.cases for one in results for mail in one.mails)
    assert all(SIGNED in mail.rendered.text for one in results for mail in one.mails)
    assert path.read_bytes() == before


def test_no_command_writes_it(path: Path) -> None:
    before, book = path.read_bytes(), book_at(path, CLOCK)
    with pytest.raises(LedgerError, match="digitally signed"):
        book.commit(Commit(book.read(), ()))
    for words in (["install"], ["install", "--rename-labels"], ["validate"]):
        said = CliRunner().invoke(jobs.main, [*words, "-w", str(path)])
        told = any(word in said.output for word in ("数字签名", "digitally signed"))
        assert (said.exit_code, told) == (1, True), (words, said.output)
    assert path.read_bytes() == before
