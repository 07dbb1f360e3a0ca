"""The journal's file: only whole lines count, and nothing is rewritten unless it grows too long."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.ledger.errors import LedgerError
from automation.workbooks.excel.journal_file import Journal

A, B = {"key": "a", "level": 1.0}, {"key": "乙", "due_on": None}


@pytest.mark.parametrize(
    ("before", "read"),
    [
        ("", []),
        ('{"key": "a", "level": 1.0}\n', [A]),
        ('{"key": "a", "level": 1.0}\n{"key": "乙", "due_', [A]),  # torn, so it was never flushed
        ('not json\n[1]\n\n{"key": "a", "level": 1.0}\n', [A]),
    ],
)
def test_what_is_read_and_added(tmp_path: Path, before: str, read: list[object]) -> None:
    path = tmp_path / "ledger.xlsx.journal"
    path.write_text(before, encoding="utf-8")
    book = Journal(path)
    assert list(book.read()) == read
    book.add([B])
    assert list(book.read()) == [*read, B]


def test_no_file_is_no_lines(tmp_path: Path) -> None:
    book = Journal(tmp_path / "j")
    book.add([])
    assert (book.read(), book.path.exists()) == ((), False)


def test_a_folder_in_its_place_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "j").mkdir()
    for use in (lambda: Journal(tmp_path / "j").read(), lambda: Journal(tmp_path / "j").add([A])):
        with pytest.raises(LedgerError, match="j cannot be used"):
            use()


def test_an_endless_journal_keeps_its_newer_half(tmp_path: Path) -> None:
    book = Journal(tmp_path / "j", largest=100)
    for i in range(10):
        book.add([{"key": f"{i:020d}"}])
    kept = [int(str(line["key"])) for line in book.read()]
    assert (kept, len(kept) < 10) == (list(range(kept[0], 10)), True)
