"""What is not changed in a file is copied as it is packed; a part that is damaged is refused all the same."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from automation.ledger.errors import LedgerError
from automation.workbooks.excel.as_it_lies import version_of
from automation.workbooks.excel.xml.package import Package
from tests.support.small_office import CLOCK, ledger_at
from tests.support.workbook_homes import book_at


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return ledger_at(tmp_path_factory.mktemp("file"), []).read_bytes()


def _packed(data: bytes) -> dict[str, tuple[bytes, int]]:
    """Each part as it is packed, and how."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            at = entry.header_offset
            start = (
                at
                + 30
                + int.from_bytes(data[at + 26 : at + 28], "little")
                + int.from_bytes(data[at + 28 : at + 30], "little")
            )
            found[entry.filename] = data[start : start + entry.compress_size], entry.compress_type
    return found


def _otherwise_packed(data: bytes) -> bytes:
    """The file as other programs pack it: sizes behind the parts, one part not packed at all, and fields of their own."""
    out = io.BytesIO()

    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, piece: object) -> int:
            return out.write(piece)  # type: ignore[arg-type]

    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(Pipe(), "w") as target:  # type: ignore[arg-type]
        for at, entry in enumerate(source.infolist()):
            new = zipfile.ZipInfo(entry.filename, (2026, 3, 2, 9, 0, 0))
            new.compress_type = zipfile.ZIP_STORED if at == 3 else zipfile.ZIP_DEFLATED
            new.extra = b"\x99\x99\x04\x00abcd"
            target.writestr(new, source.read(entry))
    return out.getvalue()


@pytest.mark.parametrize("made", ["by us", "by others"])
def test_only_a_changed_part_is_packed_anew(data: bytes, made: str) -> None:
    before = data if made == "by us" else _otherwise_packed(data)
    package = Package(before, "l.xlsx")
    part = package.sheets["人员"]
    new = package.part(part).replace(b"</sheetData>", b" </sheetData>")
    after = package.with_parts({part: new, "xl/more.xml": b"<a/>"}, dropped=["docProps/app.xml"])
    old_packed, new_packed = _packed(before), _packed(after)
    assert {name for name in old_packed if new_packed.get(name) != old_packed[name]} == {part, "docProps/app.xml"}
    assert [*new_packed] == [*(name for name in old_packed if name != "docProps/app.xml"), "xl/more.xml"]
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        assert archive.testzip() is None
        assert archive.read(part) == new
    assert Package(after, "l.xlsx").sheets == package.sheets
    assert version_of(after) == version_of(Package(before, "l.xlsx").with_parts({part: new, "xl/more.xml": b"<a/>"}, dropped=["docProps/app.xml"]))  # fmt: skip


def test_a_part_that_is_damaged_is_not_copied(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("xl/theme/theme1.xml")
    damaged = bytearray(data)
    damaged[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0xFF
    package = Package(bytes(damaged), "l.xlsx")
    with pytest.raises(LedgerError):
        package.with_parts({})


def test_a_run_that_finds_the_same_file_under_its_lock_does_not_read_it_again(tmp_path: Path) -> None:
    book = book_at(ledger_at(tmp_path, []), CLOCK)
    first = book.read()
    assert book.read().grids is first.grids
    tmp_path.joinpath("ledger.xlsx").write_bytes(
        Package(tmp_path.joinpath("ledger.xlsx").read_bytes(), "").with_parts({"xl/more.xml": b"<a/>"})
    )
    assert book.read().grids is not first.grids
