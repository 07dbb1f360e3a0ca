"""The older copies of a workbook: each comes out part by part as it went in, and costs only what was new in it."""

from __future__ import annotations

import io
import random
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from automation.workbooks.excel.older_copies import FILE, DamagedCopyError, OlderCopies
from automation.workbooks.excel.packing import unpacked

SHEET = "xl/worksheets/sheet1.xml"


def book(rows: list[str], **more: bytes) -> bytes:
    """A workbook in the eyes of a zip file: a sheet with these rows, and parts that never change."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {SHEET: "".join(rows).encode(), "xl/styles.xml": PICTURE, **more}.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 18, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


PICTURE = random.Random(7).randbytes(50_000)
ROWS = [f'<row r="{number}"><c><v>{random.Random(number).getrandbits(200)}</v></c></row>' for number in range(800)]


def edited(count: int) -> list[bytes]:
    """This many versions of a workbook, a row changed and one added each time."""
    rows, made = [*ROWS], []
    for at in range(count):
        rows[at * 7] = f"<row><c><v>changed {at}</v></c></row>"
        rows.append(f"<row><c><v>added {at}</v></c></row>")
        made.append(book(rows))
    return made


def parts(data: bytes) -> Mapping[str, tuple[object, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            one.filename: (archive.read(one), one.date_time, one.compress_type, one.external_attr)
            for one in archive.infolist()
        }


def named(versions: list[bytes]) -> dict[str, bytes]:
    return {f"ledger 2026-03-{day + 1:02d} 090000.xlsx": data for day, data in enumerate(versions)}


def keep(folder: Path, copies: Mapping[str, bytes]) -> OlderCopies:
    older = OlderCopies(folder)
    assert all(older.add(name, data, None) for name, data in copies.items())
    return older


def test_each_copy_comes_out_as_it_went_in(tmp_path: Path) -> None:
    copies = named(edited(20))
    older = keep(tmp_path, copies)
    assert older.names() == [*copies]
    assert {name: parts(older.content(name)) for name in copies} == {name: parts(data) for name, data in copies.items()}
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def test_forgetting_some_leaves_the_others_whole_and_gives_back_their_room(tmp_path: Path) -> None:
    copies = named(edited(20))
    older = keep(tmp_path, copies)
    names = [*copies]
    whole = (tmp_path / FILE).stat().st_size
    older.forget(names[:15])
    kept = {name: parts(older.content(name)) for name in names[15:]}
    assert (older.names(), kept) == (names[15:], {name: parts(copies[name]) for name in names[15:]})
    assert (tmp_path / FILE).stat().st_size < whole
    with pytest.raises(KeyError):
        older.content(names[0])
    older.forget(names)
    with sqlite3.connect(tmp_path / FILE) as file:
        left = [file.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("copy", "content", "piece")]
    assert left == [0, 0, 0]


def test_twenty_copies_cost_little_more_than_one(tmp_path: Path) -> None:
    versions = edited(20)
    for folder in ("one", "all"):
        (tmp_path / folder).mkdir()
    keep(tmp_path / "one", named(versions[:1]))
    keep(tmp_path / "all", named(versions))
    one, all_ = ((tmp_path / folder / FILE).stat().st_size for folder in ("one", "all"))
    assert all_ < 1.5 * one < 3 * len(versions[0])


def test_a_file_of_an_earlier_version_is_read_and_added_to(tmp_path: Path) -> None:
    """There, each piece of a sheet was packed with the beginning of the sheet in mind."""
    copies = named([book([*ROWS[:200], f"<row><c><v>{number}</v></c></row>"]) for number in range(3)])
    first, second, third = copies
    older = keep(tmp_path, {first: copies[first]})
    beginning = "".join(ROWS[:300]).encode()
    with sqlite3.connect(tmp_path / FILE) as file:
        pieces = [
            (number, unpacked(data, b"")) for number, data in file.execute("SELECT id, data FROM piece").fetchall()
        ]
        file.execute(
            "INSERT INTO piece VALUES (900, ?, NULL, ?)", (sha256(beginning).digest(), zlib.compress(beginning))
        )
        for number, piece in pieces:
            packer = zlib.compressobj(9) if piece == PICTURE else zlib.compressobj(9, zdict=beginning)
            row = (None if piece == PICTURE else 900, packer.compress(piece) + packer.flush(), number)
            file.execute("UPDATE piece SET begins_as = ?, data = ? WHERE id = ?", row)
        file.execute("CREATE TABLE beginning (part TEXT PRIMARY KEY, piece INTEGER NOT NULL)")
        file.execute("INSERT INTO beginning VALUES (?, 900)", (SHEET,))
    assert parts(older.content(first)) == parts(copies[first])
    keep(tmp_path, {second: copies[second], third: copies[third]})
    older.forget([first, second])
    assert parts(older.content(third)) == parts(copies[third])
    older.forget([third])
    with sqlite3.connect(tmp_path / FILE) as file:
        assert file.execute("SELECT count(*) FROM piece").fetchone() == (0,)


def test_a_piece_that_changes_each_time_costs_what_changed(tmp_path: Path) -> None:
    """However often it changes, it is a change of a piece that is kept whole: to unpack one takes two."""
    keep(tmp_path, named(edited(6)))
    with sqlite3.connect(tmp_path / FILE) as file:
        whole = dict(file.execute("SELECT id, length(data) FROM piece WHERE begins_as IS NULL").fetchall())
        changes = file.execute("SELECT begins_as, length(data) FROM piece WHERE begins_as IS NOT NULL").fetchall()
    assert len(changes) >= 5
    assert {base for base, _ in changes} <= {*whole}
    assert all(size < whole[base] / 2 for base, size in changes)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param("UPDATE piece SET data = substr(data, 1, length(data) / 2)", id="a piece is torn"),
        pytest.param("DELETE FROM piece WHERE id % 2 = 0", id="pieces are gone"),
        pytest.param("UPDATE piece SET data = CAST(x'53' || substr(data, 9) AS BLOB)", id="a change is torn"),
        pytest.param(
            "UPDATE piece SET data = CAST(x'78' || substr(data, 2) AS BLOB)", id="a piece of an earlier version is torn"
        ),
        pytest.param("UPDATE content SET pieces = (SELECT pieces FROM content ORDER BY id DESC)", id="another list"),
        pytest.param("UPDATE content SET pieces = x'00'", id="no list"),
        pytest.param("DELETE FROM content", id="no content"),
        pytest.param("UPDATE copy SET parts = x'00'", id="no parts"),
    ],
)
def test_a_damaged_copy_is_never_given_out(tmp_path: Path, damage: str) -> None:
    """The next one is put beside it all the same."""
    first, second, third = copies = named(edited(3))
    older = keep(tmp_path, {name: copies[name] for name in (first, second)})
    with sqlite3.connect(tmp_path / FILE) as file:
        file.execute(damage)
    with pytest.raises(DamagedCopyError):
        older.content(first)
    assert older.add(third, copies[third], None)
    older.forget([first])
    assert older.names() == [second, third]


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(lambda data: b"no zip", id="no zip file"),
        pytest.param(lambda data: data[:300] + b"\xff" * 9 + data[309:], id="a part that cannot be unpacked"),
        pytest.param(
            lambda data: data.replace(PICTURE[900:910], PICTURE[910:920], 1), id="a part that is not what it was"
        ),
        pytest.param(lambda data: data[: len(data) // 2], id="half of one"),
    ],
)
def test_what_is_no_zip_file_or_a_damaged_one_is_not_taken(damaged: Callable[[bytes], bytes], tmp_path: Path) -> None:
    older, name = OlderCopies(tmp_path), "ledger 2026-03-18 090000.xlsx"
    data = damaged(book(ROWS))
    assert data != book(ROWS)
    assert not older.add(name, data, None)
    assert older.names() == []


def test_a_file_that_is_not_ours_is_an_error_of_the_disk_and_stays(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"somebody's notes" * 100)
    with pytest.raises(OSError, match="not a database"):
        OlderCopies(tmp_path).names()
    assert (tmp_path / FILE).read_bytes() == b"somebody's notes" * 100
