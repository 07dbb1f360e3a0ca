"""What is asked about a case or a period that lies in a year book is answered as if the year had never been closed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from automation.ledger.parsing import parse
from automation.ledger.recognition import as_a_ledger
from tests.support.closed_year import AFTER, BOOK, GOING, LEFT, closed, filed, in_book, say
from tests.support.small_office import CLOCK
from tests.support.workbook_homes import address, book_at

NOW = ("--now", AFTER)


def without_place(text: str) -> list[str]:
    """What `explain` says, but for where the row stands and what the weeks since have changed."""
    return [line.partition("，见")[0] for line in text.splitlines()]


def test_explain_report_and_form_answer_as_before(tmp_path: Path) -> None:
    before, after = filed().put(tmp_path / "before"), closed().put(tmp_path / "after")

    def asked(path: Path) -> tuple[list[str], object, object]:
        of_a_case = (say("explain", number, "-w", address(path), *NOW).stdout for number in ("2", "4"))
        told = "\n".join(one.partition("接下来")[0] for one in of_a_case)  # 4 is live, with lines in the book
        figures = json.loads(say("report", "--period", "2026-03", "--json", "-w", address(path), *NOW).stdout)
        into = path.parent / "forms"
        printed = say("form", "LV-00003", "--into", str(into), "-w", address(path), *NOW)
        pages = [page.read_text("utf-8") for page in sorted(into.glob("*.html"))]
        return without_place(told), figures, (printed.exit_code, pages)

    said = asked(after)
    assert said == asked(before)
    assert said[0][0].startswith("LV-00002已于2026-06-01归档")
    assert f"见年册{BOOK}" in say("explain", "2", "-w", address(after), *NOW).stdout


def test_find_looks_into_the_books(tmp_path: Path) -> None:
    path = closed().put(tmp_path)
    told = json.loads(say("find", "1380000000", "--json", "-w", address(path)).stdout)

    assert [(one["case_no"], one["tab"], one["book"]) for one in told["cases"]] == [
        *((number, "register", "") for number in reversed(LEFT)),
        *((number, "filing", BOOK) for number in reversed(GOING)),
    ]
    assert f"LV-00002（年册{BOOK}）：" in say("find", "访客2", "-w", address(path)).stdout


def test_export_takes_the_books_along_where_that_is_asked(tmp_path: Path) -> None:
    path = closed().put(tmp_path)

    def lines(*more: str) -> list[str]:
        into = tmp_path / "exports"
        assert (
            say("export", "filing", "--format", "jsonl", "-w", address(path), "--into", str(into), *more).exit_code == 0
        )
        return [json.loads(one)["case_no"] for one in (into / "filing.jsonl").read_text("utf-8").splitlines()]

    assert (lines(), lines("--books")) == ([], GOING)


def _changed(book: openpyxl.Workbook) -> None:
    book["归档"]["J3"] = "改过"


def _gone(book: openpyxl.Workbook) -> None:
    book["归档"].delete_rows(3)


def _owed(book: openpyxl.Workbook) -> None:
    header = [cell.value for cell in book["归档"][1]]
    book["归档"].cell(3, header.index("应办期限") + 1).value = ""


def _copied(book: openpyxl.Workbook) -> None:
    book["归档"].append([cell.value for cell in book["归档"][3]])


def _put_in(book: openpyxl.Workbook) -> None:
    book["归档"].append(["LV-00009"])


def _told_otherwise(book: openpyxl.Workbook) -> None:
    header = [cell.value for cell in book["变更"][1]]
    book["变更"].cell(3, header.index("新值") + 1).value = "别的"


def _untold(book: openpyxl.Workbook) -> None:
    book["变更"].delete_rows(book["变更"].max_row)


def _archivist(book: openpyxl.Workbook) -> None:
    header = [cell.value for cell in book["归档"][1]]
    book["归档"].cell(3, header.index("页数") + 1).value = 12


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_archivist, ["编号、归档和封存均无异常。"]),
        (_changed, ["LV-00002归档后被改动"]),
        (_owed, ["LV-00002的“应办期限”归档后被改动"]),
        (_gone, ["缺少LV-00002"]),
        (_copied, ["LV-00002重复"]),
        (_put_in, ["LV-00009不是移入的件"]),
        (_told_otherwise, ["“变更”的内容与各次运行写下的不一致"]),
        (_untold, ["“变更”的内容与各次运行写下的不一致"]),
        (None, ["无法读取"]),
    ],
    ids=[
        "the archivist's own",
        "changed",
        "owed",
        "gone",
        "copied",
        "put in",
        "told otherwise",
        "untold",
        "the book is gone",
    ],
)
def test_verify_looks_into_the_books(
    tmp_path: Path, change: Callable[[openpyxl.Workbook], None] | None, said: list[str]
) -> None:
    path = closed().put(tmp_path)
    book = path.with_name(BOOK)
    if change is None:
        book.unlink()
    else:
        opened = openpyxl.load_workbook(book)
        change(opened)
        opened.save(book)
    found = say("verify", "-w", address(path), *NOW)
    assert [one in found.stdout for one in said] == [True] * len(said)
    assert found.exit_code == (0 if change is _archivist else 3)


def test_restore_puts_back_what_a_book_has_lost(tmp_path: Path) -> None:
    path = closed().put(tmp_path)
    book, copy = path.with_name(BOOK), tmp_path / "copy.xlsx"
    copy.write_bytes(book.read_bytes())
    opened = openpyxl.load_workbook(book)
    opened["归档"].delete_rows(3)
    opened.save(book)
    done = say("restore", "--missing", "--from", str(copy), "-w", str(book), "--yes")
    again = say("verify", "-w", address(path), *NOW)
    assert (done.exit_code, sorted(map(str, in_book(path, "filing"))), again.exit_code) == (0, GOING, 0)
    assert parse(as_a_ledger(book_at(book, CLOCK).read())).register["case_no"].tolist() == []


def test_backup_copies_each_book_once_as_long_as_it_is_the_same_and_restore_puts_it_back(tmp_path: Path) -> None:
    path = closed().put(tmp_path)
    book, safe = path.with_name(BOOK), tmp_path / "safe"
    first, second = (say("backup", "--into", str(safe), "-w", address(path)).stdout for _ in range(2))
    (copy,) = (safe / "year books").glob("*.xlsx")
    before = book.read_bytes()
    assert (f"已一并备份：{copy}" in first, f"与已有的备份一致：{copy}" in second) == (True, True)
    assert copy.read_bytes() == before
    backup = next(safe.glob("*.xlsx"))
    book.unlink()
    restore = ("restore", "--missing", "--from", str(backup), "-w", address(path))
    assert (BOOK in say(*restore).stdout, book.exists()) == (True, False)
    assert (say(*restore, "--yes").exit_code, book.read_bytes() == before) == (0, True)
    opened = openpyxl.load_workbook(book)
    _archivist(opened)
    opened.save(book)
    say("backup", "--into", str(safe), "-w", address(path))
    assert len([*(safe / "year books").glob("*.xlsx")]) == 2
    opened["归档"].delete_rows(3)
    opened.save(book)
    assert (say(*restore, "--yes").exit_code, sorted(map(str, in_book(path, "filing")))) == (0, GOING)
    assert say("verify", "-w", address(path), *NOW).exit_code == 0


def test_prove_reaches_a_book_and_reseal_says_that_it_does_not(tmp_path: Path) -> None:
    path = closed().put(tmp_path)
    proved, resealed = (
        say(*one, "-w", address(path), *NOW) for one in (("prove", "2"), ("reseal", "2", "--reason", "x"))
    )
    assert (proved.exit_code, resealed.exit_code, f"在年册{BOOK}中" in resealed.stderr) == (0, 1, True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_copy_of_a_book_is_a_book_and_a_copied_ledger_says_that_it_lacks_its_books(
    tmp_path: Path, language: str
) -> None:
    path, there = closed().put(tmp_path), tmp_path / "there" / "ledger.xlsx"
    copied = [
        say("copy", str(one), str(there.with_name(one.name)), "--language", language)
        for one in (path, path.with_name(BOOK))
    ]
    assert ([one.exit_code for one in copied], f"未复制年册：{BOOK}" in copied[0].stdout) == ([0, 0], language == "zh")
    assert say("run", "-w", str(there.with_name(BOOK))).exit_code == 1
    assert say("verify", "-w", str(there), *NOW).exit_code == 0
    assert say("explain", "2", "-w", str(there), *NOW).exit_code == 0
