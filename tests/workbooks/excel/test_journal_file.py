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
    book = Journal(path, lambda: None)
    assert list(book.read()) == read
    book.add([B])
    assert list(book.read()) == [*read, B]


@pytest.mark.parametrize(
    ("before", "torn"),
    [
        ('{"key": "a"}\n{"key": "b"', ()),  # a killed run tore it: nothing
        ('{"key": "a"}\n{"key": "b"}', ()),  # the same, however much of it got to the disk
        ('{"key": "a"}\n{"key\n\n{"key": "c"}\n', (2,)),
        ('{"key": "a"}\nx\n[1]\n', (2, 3)),
    ],
)
def test_torn_lines_before_the_last_are_told_apart(tmp_path: Path, before: str, torn: tuple[int, ...]) -> None:
    path = tmp_path / "j"
    path.write_text(before)
    book = Journal(path, lambda: None)
    read = book.read()
    assert book.torn == torn
    book.add([B])  # and what was torn off does not become a line now
    assert (list(book.read()), book.torn) == ([*read, B], torn)


def test_no_file_is_no_lines(tmp_path: Path) -> None:
    book = Journal(tmp_path / "j", lambda: None)
    book.add([])
    assert (book.read(), book.path.exists()) == ((), False)


def test_a_folder_in_its_place_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "j").mkdir()
    for use in (
        lambda: Journal(tmp_path / "j", lambda: None).read(),
        lambda: Journal(tmp_path / "j", lambda: None).add([A]),
    ):
        with pytest.raises(LedgerError, match="j cannot be used"):
            use()


def test_an_endless_journal_keeps_its_newer_half(tmp_path: Path) -> None:
    book = Journal(tmp_path / "j", lambda: None, largest=100)
    for i in range(10):
        book.add([{"key": f"{i:020d}"}])
    kept = [int(str(line["key"])) for line in book.read()]
    assert (kept, len(kept) < 10) == (list(range(kept[0], 10)), True)
