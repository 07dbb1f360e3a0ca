"""A run closes a year by itself: it says so two weeks before, does it when nobody waits, and tells what came of it.

"… at the first run on a day off, or outside the hours of mail …" (docs/design.md#p8.13)
"""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from sheet_schema import BOOKS, SETTING
from tests.support.children import ended, started
from tests.support.closed_year import BOOK, GOING, filed, numbers, say
from tests.support.small_office import column, read, set_to, text_of
from tests.support.workbook_homes import address, load, made_once, save

TUESDAY, SATURDAY_BEFORE, DAY, EVENING = "2028-02-01T09:00", "2028-02-05T09:00", "2028-02-15T10:00", "2028-02-15T20:10"


def run(path: Path, moment: str, job: str = "run") -> str:
    """What a timer's run says; after the long pause before the first, somebody has looked at the clock."""
    out = path.parent / "out"
    done = say(job, "-w", address(path), "--now", moment, "--outbox", str(out), "--accept-stop", "看过")
    assert done.exit_code == 0, done.stderr
    return done.stdout


@made_once
def announced(folder: Path) -> Path:
    """A ledger whose closing was announced two weeks before its day."""
    path = filed().put(folder)
    run(path, TUESDAY)
    return path


def beside(path: Path, key: str = "books_after_years") -> str:
    """What stands beside a setting."""
    label = SETTING[key].label("zh")
    return next(str(said) for name, said in column(path, "settings", "name", "problems") if name == label)


def lines(path: Path) -> list[tuple[object, ...]]:
    """The day, outcome and message of each line in Runs about a closing."""
    all_lines = column(path, "runs", "command", "at", "outcome", "message")
    return [(f"{at:%m-%d}", *rest) for command, at, *rest in all_lines if command == "close-year"]  # type: ignore[str-format]


def digests(path: Path) -> str:
    return "\n".join(text_of(mail) for mail in read(path.parent / "out"))


def test_it_says_what_will_move_and_where_and_then_what_did(tmp_path: Path) -> None:
    path = announced(tmp_path)
    ahead = "2026年归档的件（3件）连同有关记录将移入年册ledger 2026.xlsx：2028-02-15起"
    assert (ahead in beside(path), ahead in digests(path)) == (True, True)
    for moment in (SATURDAY_BEFORE, DAY):  # too early, and in the middle of office work
        run(path, moment)
        assert (numbers(path, "filing"), lines(path)) == (GOING, [("02-01", "planned", f"2026: {BOOK}")])
    assert f"2026年：3件已移入{BOOK}" in run(path, EVENING)
    assert (numbers(path, "filing"), lines(path)[1:]) == ([], [("02-15", "done", f"2026: {BOOK}")])
    run(path, "2028-02-16T09:00")
    assert f"2026年归档的件已于2028-02-15移入年册{BOOK}" in beside(path)
    book = load(path)
    book[BOOKS.label("zh")].delete_rows(2)
    save(book, path)
    run(path, "2028-02-17T09:00")
    assert f"2026年归档的件已于2028-02-15移入年册{BOOK}" in beside(path)
    run(path, "2028-02-23T09:00")
    assert beside(path) == ""


def test_what_cannot_be_done_is_said_and_tried_again_the_next_day(tmp_path: Path) -> None:
    path = announced(tmp_path)
    path.with_name(BOOK).mkdir()
    said = run(path, EVENING)
    run(path, "2028-02-15T20:20")
    failed = "2026年归档的件在2028-02-15未能移入年册：ledger 2026.xlsx"
    assert ("未能移入年册" in said, [line[:2] for line in lines(path)]) == (
        True,
        [("02-01", "planned"), ("02-15", "failed")],
    )
    assert failed in beside(path)
    run(path, "2028-02-16T09:00")
    assert (failed in digests(path), numbers(path, "filing")) == (True, GOING)
    path.with_name(BOOK).rmdir()
    run(path, "2028-02-16T20:10")
    assert (numbers(path, "filing"), lines(path)[-1][:2]) == ([], ("02-16", "done"))


def test_what_a_run_could_not_move_is_left_to_a_person(tmp_path: Path) -> None:
    path = announced(tmp_path)
    book = load(path)
    book["归档"].merge_cells("C3:D3")
    save(book, path)
    for moment in (EVENING, "2028-02-19T09:00", "2028-06-03T09:00", "2028-06-24T09:00"):
        run(path, moment)
    assert (numbers(path, "filing"), [line[1] for line in lines(path)]) == (["LV-00002"], ["planned", "done"])


@pytest.mark.parametrize(
    ("settings", "moments"),
    [
        ({"books_after_years": "0"}, [EVENING]),
        ({"books_after_years": "3"}, [EVENING]),
        ({"sending": "暂停"}, [DAY]),
    ],
    ids=["switched off", "three years", "in the hours of mail"],
)
def test_no_year_is_closed_that_is_not_to_be(tmp_path: Path, settings: dict[str, str], moments: list[str]) -> None:
    path = filed().put(tmp_path)
    for key, value in settings.items():
        set_to(path, key, value)
    for moment in (TUESDAY, *moments):
        run(path, moment)
    assert numbers(path, "filing") == GOING


def test_archive_closes_at_any_hour_what_a_run_announced(tmp_path: Path) -> None:
    path = filed().put(tmp_path)
    run(path, DAY, "archive")
    assert numbers(path, "filing") == GOING
    run(path, TUESDAY)
    run(path, DAY, "archive")
    assert numbers(path, "filing") == []


def run_without_room(path: Path, told: Path) -> None:
    """Do a run that may write no file of more than 3,000 bytes, and tell in one how it ended."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
    done = say("--language", "en", "run", "-w", str(path), "--now", EVENING, "--outbox", str(path.parent / "out"))
    told.write_text(f"{done.exit_code}\n{done.stderr}", "utf-8")


def test_without_room_on_the_disk_it_is_one_sentence_and_the_next_run_does_it(tmp_path: Path) -> None:
    path, told = announced(tmp_path), tmp_path / "told"
    run(path, DAY)
    assert ended(started(run_without_room, path, told)) == 0
    code, *said = told.read_text("utf-8").splitlines()
    assert (code, "cannot be written" in said[0], len(said)) == ("1", True, 1)
    assert (numbers(path, "filing"), path.with_name(BOOK).exists()) == (GOING, False)
    run(path, "2028-02-15T20:20")
    assert numbers(path, "filing") == []
