"""A file that cannot hold a ledger, or cannot be written now, is refused in one sentence and stays as it was."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

from automation.ledger.errors import Busy, LedgerError
from automation.ledger.workbook import Cell, ColumnEdit, Commit, TabEdit
from automation.workbooks.excel.workbook import ExcelWorkbook
from tests.support import ROOT

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def a_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Cases"
    book.worksheets[0]["A1"] = "No."
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


GOOD = a_workbook()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def without(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            if entry.filename != part:
                new.writestr(entry, old.read(entry))
    return out.getvalue()


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry.filename.endswith("sheet1.xml") else content)
    return out.getvalue()


def flipped(data: bytes) -> bytes:
    """One byte of the compressed sheet is different."""
    at = data.index(b"xl/worksheets/sheet1.xml") + len(b"xl/worksheets/sheet1.xml") + 30
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def locked_zip(data: bytes) -> bytes:
    """Every entry claims to need a password."""
    out = bytearray(data)
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + flag] |= 1
            at = out.find(mark, at + 4)
    return bytes(out)


def huge() -> bytes:
    """A small file whose sheet claims to unpack to more than 1 GB."""
    out, at = bytearray(GOOD), GOOD.rindex(b"PK\x01\x02", 0, GOOD.rindex(b"xl/worksheets/sheet1.xml"))
    out[at + 24 : at + 28] = (1 << 30).to_bytes(4, "little")
    return bytes(out)


NO_WORKBOOK = "ledger.xlsx is not an Excel workbook (.xlsx), whatever its name says: give the ledger's own file."
DAMAGED = "ledger.xlsx is damaged: open it in Excel to repair it, or restore it from the backups folder beside it."
PASSWORD = (
    "ledger.xlsx has a password to open it: remove it in Excel (File, Info, Protect Workbook), and protect the folder."
)
OLD = "ledger.xlsx is in the old .xls format: open it, save it as an Excel workbook (.xlsx), and give that file."


# What the machine cannot do is one sentence that says what to do (docs/design.md#p10.2).
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "ledger.xlsx is empty (0 bytes): restore it from the backups folder beside it.", id="empty"),
        pytest.param(b"No.,Text\n1,a\n", NO_WORKBOOK, id="a-csv-renamed"),
        pytest.param(b"<html><table></table></html>", NO_WORKBOOK, id="a-page-renamed"),
        pytest.param(OLE, OLD, id="old-xls"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), PASSWORD, id="encrypted"),
        pytest.param(locked_zip(GOOD), PASSWORD, id="encrypted-zip"),
        pytest.param(zipped(**{"a.txt": b"a"}), NO_WORKBOOK, id="a-zip-of-something-else"),
        pytest.param(without("_rels/.rels"), NO_WORKBOOK, id="no-relations"),
        pytest.param(without("xl/workbook.xml"), DAMAGED, id="no-workbook-part"),
        pytest.param(without("xl/worksheets/sheet1.xml"), DAMAGED, id="no-sheet-part"),
        pytest.param(GOOD[: len(GOOD) // 2], DAMAGED, id="truncated"),
        pytest.param(GOOD[:2], DAMAGED, id="two-bytes-left"),
        pytest.param(flipped(GOOD), DAMAGED, id="a-byte-flipped"),
        pytest.param(with_sheet(lambda xml: xml[: len(xml) // 2]), DAMAGED, id="half-a-sheet"),
        pytest.param(with_sheet(lambda xml: xml.replace(b"</c>", b"</d>")), DAMAGED, id="crossed-tags"),
        pytest.param(
            huge(),
            "ledger.xlsx is over 1 GB when unpacked, which no register is: find out what fills it, or restore a backup.",
            id="a-zip-bomb",
        ),
        pytest.param(
            with_sheet(
                lambda xml: xml.replace(b"</row>", b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
            ),
            "ledger.xlsx, tab “Cases”: something stands in cell XFD1048576, far from everything else; clear that cell and save.",
            id="a-cell-at-the-far-end",
        ),
        pytest.param(
            with_sheet(lambda xml: xml.replace(b"</row>", b'</row><row r="999999"><c r="B999999"><v>1</v></c></row>')),
            "ledger.xlsx, tab “Cases”: something stands in cell B999999, far from everything else; clear that cell and save.",
            id="a-cell-far-below",
        ),
    ],
)
def test_content_that_is_no_workbook_is_named_for_what_it_is(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(content)

    with pytest.raises(LedgerError) as refused:
        ExcelWorkbook(path, CLOCK).read()

    assert (refused.value.say("en"), refused.value.exit_code) == (sentence, 1)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ledger.xls", "an old Excel workbook"),
        ("ledger.XLSM", "a workbook with macros"),
        ("ledger.xlsb", "a binary workbook"),
        ("ledger.xltx", "a template"),
        ("ledger.ods", "an OpenDocument workbook"),
        ("台账.et", "a WPS workbook"),
        ("ledger.csv", "a plain text table"),
    ],
)
def test_a_name_of_another_kind_is_refused_before_anything_is_opened(tmp_path: Path, name: str, kind: str) -> None:
    with pytest.raises(LedgerError) as refused:
        ExcelWorkbook(tmp_path / name, CLOCK)

    assert refused.value.say("en") == (
        f"{name} is {kind}: open it, save it as an Excel workbook (.xlsx), and give that file."
    )


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    in_words = []
    for name in ("ledger.xlsx", "folder.xlsx"):
        with pytest.raises(LedgerError) as refused:
            ExcelWorkbook(tmp_path / name, CLOCK).read()
        in_words.append(refused.value.say("en"))

    assert in_words == [
        "There is no workbook ledger.xlsx: check the path, or make one with `install`.",
        "folder.xlsx is a folder: give the path of the .xlsx file in it.",
    ]


# What a commit cannot write.


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(GOOD)
    return path


def everything(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its content, except the lock file, which is always empty."""
    return {
        str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != ".ledger.xlsx.lock"
    }


def refusal(path: Path, edits: list[TabEdit] | None = None) -> LedgerError:
    """The error of a commit, which must leave everything in the folder as it was."""
    workbook = ExcelWorkbook(path, CLOCK)
    before = everything(path.parent)
    with workbook.lock(), pytest.raises(LedgerError) as refused:
        workbook.commit(Commit(workbook.read(), edits or [TabEdit("Cases", [ColumnEdit(1, [2], ["LV-1"])])]))
    assert everything(path.parent) == before
    return refused.value


@pytest.mark.parametrize(
    ("tab", "value", "sentence"),
    [
        pytest.param(
            "Gone",
            "x",
            "ledger.xlsx has no tab “Gone” any more: put it back, or run `install`, which adds what is missing.",
            id="no-such-tab",
        ),
        pytest.param(
            "Cases", float("nan"), "Tab “Cases”, cell A2: it is not a number a cell can hold.", id="not-a-number"
        ),
        pytest.param(
            "Cases", float("inf"), "Tab “Cases”, cell A2: it is not a number a cell can hold.", id="without-end"
        ),
        pytest.param(
            "Cases",
            datetime(1899, 12, 30, 12),
            "Tab “Cases”, cell A2: 1899-12-30 12:00:00 is before the first day a workbook knows; write it as text.",
            id="before-the-first-day",
        ),
    ],
)
def test_what_no_cell_can_take_is_refused_with_its_place(path: Path, tab: str, value: Cell, sentence: str) -> None:
    error = refusal(path, [TabEdit("Cases", [ColumnEdit(2, [1], ["ok"])]), TabEdit(tab, [ColumnEdit(1, [2], [value])])])

    assert (error.say("en"), error.exit_code) == (sentence, 1)


def test_a_read_only_file_is_not_written_even_by_root(path: Path) -> None:
    path.chmod(0o444)

    assert refusal(path).say("en") == (
        "ledger.xlsx is read-only: take the protection off (Properties, Read-only), then run again."
    )


def owner_excel(name: str) -> bytes:
    """165 bytes, as Excel writes them: the name in the computer's encoding up to byte 54, then in UTF-16."""
    old = bytes([len(name)]) + name.encode("ascii", "replace")
    return old.ljust(55) + len(name).to_bytes(2, "little") + name.ljust(54).encode("utf-16-le")


def owner_libreoffice(name: str) -> bytes:
    return f"{name},root,desk7,18.03.2026 08:30,file:///home/me/.config;".encode()


OPEN_IN = [
    pytest.param("~$ledger.xlsx", owner_excel("Ruth"), "Ruth, in Excel / WPS", id="excel"),
    pytest.param("~$ledger.xlsx", owner_excel("李敏"), "李敏, in Excel / WPS", id="excel-chinese"),
    pytest.param("~$dger.xlsx", owner_excel("Ruth"), "Ruth, in Excel / WPS", id="excel-shortened-name"),
    pytest.param("~$ledger.xlsx", owner_excel("R" * 52), "R" * 52 + ", in Excel / WPS", id="excel-longest-name"),
    pytest.param("~$ledger.xlsx", b"\x04Ruth", "Ruth, in Excel / WPS", id="excel-cut-short"),
    pytest.param("~$ledger.xlsx", b"", "somebody, in Excel / WPS", id="excel-says-nothing"),
    pytest.param(
        ".~lock.ledger.xlsx#",
        owner_libreoffice("Ruth Penrose"),
        "Ruth Penrose @ desk7, in LibreOffice",
        id="libreoffice",
    ),
    pytest.param(
        ".~lock.ledger.xlsx#", owner_libreoffice(""), "root @ desk7, in LibreOffice", id="libreoffice-without-a-name"
    ),
    pytest.param(".~ledger.xlsx", owner_excel("Ruth"), "Ruth, in WPS", id="wps"),
]


def left(path: Path, name: str, content: bytes, age: timedelta) -> Path:
    file = path.with_name(name)
    file.write_bytes(content)
    when = (CLOCK - age).timestamp()
    os.utime(file, (when, when))
    return file


# A workbook that somebody has open is not written (docs/design.md#p8.5).
@pytest.mark.parametrize(("name", "content", "who"), OPEN_IN)
def test_a_workbook_that_is_open_is_not_written(path: Path, name: str, content: bytes, who: str) -> None:
    left(path, name, content, timedelta(minutes=50))

    busy = refusal(path)

    assert isinstance(busy, Busy)
    assert (busy.say("en"), busy.exit_code) == (
        f"ledger.xlsx is open: {who}, for 50 minutes ({name}). Close it and run again; nothing was written.",
        75,
    )


# A lock file left behind is named with owner and age, and counts for 12 hours (docs/design.md#p8.7).
@pytest.mark.parametrize(("name", "content", "who"), OPEN_IN)
def test_a_stale_owner_file_is_named_and_does_not_block(path: Path, name: str, content: bytes, who: str) -> None:
    stale = left(path, name, content, timedelta(days=2))
    workbook = ExcelWorkbook(path, CLOCK)

    with workbook.lock():
        workbook.commit(Commit(workbook.read(), [TabEdit("Cases", [ColumnEdit(1, [2], ["LV-1"])])]))

    assert [one.in_words().say("en") for one in workbook.left_behind] == [f"{who}, for 2 days ({name})"]
    assert [list(row) for row in workbook.read().grids["Cases"].rows] == [["No."], ["LV-1"]]
    assert stale.read_bytes() == content


@pytest.mark.parametrize(
    ("age", "blocks"),
    [
        pytest.param(timedelta(hours=12), True, id="twelve-hours"),
        pytest.param(timedelta(hours=12, seconds=1), False, id="and-a-second"),
        pytest.param(timedelta(hours=-3), True, id="a-clock-that-is-ahead"),
    ],
)
def test_an_owner_file_is_stale_after_twelve_hours(path: Path, age: timedelta, *, blocks: bool) -> None:
    left(path, "~$ledger.xlsx", owner_excel("Ruth"), age)
    workbook = ExcelWorkbook(path, CLOCK)
    try:
        with workbook.lock():
            workbook.commit(Commit(workbook.read(), []))
        blocked = False
    except Busy:
        blocked = True

    assert blocked is blocks


# A full disk and a lack of permission, in processes of their own under real limits of the system.

COMMIT = """
    import os, sys
    from datetime import UTC, datetime
    from pathlib import Path
    import filelock, automation.workbooks.excel.xml.cell_edits  # while Python's own folder may still be read
    from automation.ledger.errors import LedgerError
    from automation.ledger.workbook import ColumnEdit, Commit, TabEdit
    from automation.workbooks.excel.workbook import ExcelWorkbook
    if os.geteuid() == 0 and sys.argv[2] == "nobody":
        os.setgid(65534)
        os.setuid(65534)
    workbook = ExcelWorkbook(Path(sys.argv[1]), datetime(2026, 3, 18, 1, tzinfo=UTC))
    try:
        with workbook.lock():
            snapshot = workbook.read()
            workbook.commit(Commit(snapshot, [TabEdit("Cases", [ColumnEdit(1, [2], ["LV-1"])])]))
    except LedgerError as error:
        sys.stdout.buffer.write(error.say("en").encode())
"""


def said_by_a_commit(path: Path, user: str, limit: Callable[[], None] | None = None) -> str:
    """The message of a commit in a process of its own, run as `nobody` or under a limit of the system."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(COMMIT), str(path), user],
        cwd=ROOT, preexec_fn=limit, capture_output=True, encoding="utf-8", check=True, timeout=60,
    ).stdout  # fmt: skip


def test_a_full_disk_leaves_the_workbook_and_no_half_file_beside_it(path: Path) -> None:
    in_words = said_by_a_commit(path, "me", lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)))

    assert in_words == (
        "ledger.xlsx cannot be written (File too large): it is as it was; free some space or check who may write there."
    )
    assert path.read_bytes() == GOOD
    assert sorted(file.name for file in path.parent.iterdir()) == [
        ".ledger.xlsx.lock",
        "ledger.xlsx",
    ]


@pytest.mark.parametrize(
    ("folder_rights", "file_rights", "sentence"),
    [
        pytest.param(
            0o555,
            0o666,
            "ledger.xlsx cannot be written (Permission denied): it is as it was; free some space or check who may write there.",
            id="the-folder-may-not-be-written",
        ),
        pytest.param(
            0o777,
            0o200,
            "ledger.xlsx cannot be read (Permission denied): check who may open it, and that the drive is connected.",
            id="the-file-may-not-be-read",
        ),
    ],
)
def test_no_permission_is_said(folder_rights: int, file_rights: int, sentence: str) -> None:
    with TemporaryDirectory() as name:  # not pytest's own folder, where only its user may go
        path = Path(name) / "ledger.xlsx"
        path.write_bytes(GOOD)
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)  # theirs: what belongs to somebody else is refused for that
        path.chmod(file_rights)
        path.parent.chmod(folder_rights)

        in_words = said_by_a_commit(path, "nobody")

        path.parent.chmod(0o700)
        path.chmod(0o600)
        assert in_words == sentence
        assert path.read_bytes() == GOOD
        assert {file.name for file in path.parent.iterdir()} - {".ledger.xlsx.lock"} == {"ledger.xlsx"}
