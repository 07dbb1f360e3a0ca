"""Files as nobody should give them to `import`: damaged, packed as a bomb, locked, in a wrong encoding, of another kind."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import openpyxl

REAL = Path(__file__).parent.parent.parent / "ways_in" / "files"
HEADINGS = ("编号", "收到日期", "信访人", "反映问题")
LINE = ("1", "2025-01-02", "欧阳娜娜", "路灯坏了，晚上不敢出门")
OF_ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def _row(texts: tuple[str, ...], of_row: str = "", of_cell: str = "") -> str:
    kind = 'office:value-type="string"'
    cells = [f"<table:table-cell {kind} {of_cell}><text:p>{one}</text:p></table:table-cell>" for one in texts]
    return f"<table:table-row {of_row}>{''.join(cells)}</table:table-row>"


def ods(row: str = "", cell: str = "", manifest: str = "", filling: str = "") -> bytes:
    """A tab of headings and a line; `row` and `cell` are attributes of the line and of its cells."""
    lines = _row(HEADINGS) + _row(LINE, row, cell)
    content = f'<office:document-content {OF_ODS}><office:body><office:spreadsheet><table:table table:name="2025">{lines}{filling}</table:table></office:spreadsheet></office:body></office:document-content>'
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>".encode(),
            "content.xml": content.encode(),
        }
    )


def xlsx(**cells: object) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    sheet.append(LINE)
    for place, cell in cells.items():
        sheet[place] = cell
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def locked_xls() -> bytes:
    """A workbook of old Excel with a password, as its first record says."""
    data = bytearray((REAL / "reception.xls").read_bytes())
    begins = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    struct.pack_into("<H", data, begins, 0x2F)
    return bytes(data)


def that_says(data: bytes, name: str, size: int) -> bytes:
    """The packed file with a part that says it is of this size when unpacked."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        struct.pack_into("<I", changed, source.getinfo(name).header_offset + 22, size)
    for found in re.finditer(rb"PK\x01\x02", data):
        at = found.start()
        if data[at + 46 : at + 46 + struct.unpack_from("<H", data, at + 28)[0]] == name.encode():
            struct.pack_into("<I", changed, at + 24, size)
    return bytes(changed)


def padded(data: bytes, name: str, megabytes: int) -> bytes:
    """The packed file with so many megabytes of spaces at the end of a part, which are never all in memory here."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.namelist():
            with target.open(one, "w") as part:
                part.write(source.read(one))
                for _ in range(megabytes if one == name else 0):
                    part.write(b" " * (1 << 20))
    return out.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with a few bytes changed; of one that is packed, within its parts, where no checksum shows it."""
    if not data.startswith(b"PK"):
        return _with_slips(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for _ in range(chance.choice((1, 1, 2, 4))):
        name = chance.choice([one for one in parts if one.endswith((".xml", ".rels")) and parts[one]])
        parts[name] = _with_a_slip_in_xml(parts[name], chance)
    return packed(parts)


def _with_slips(data: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.25:
        return data[: chance.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(changed)


_NUMBERS = (b"-1", b"9" * 20, b"4294967295", b"1e400", b"", b"NaN", b"2958466", b"65536")
_PLACES = (b"XFD1048576", b"A0", b"ZZZZZZ99999999999", b"1A", b"", b"A1:A0", b"C9:A1")
_SIGNS = (b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"]]>", b"<![CDATA[", b"\0", b"\xff\xfe")
_PUTS: tuple[tuple[bytes, tuple[bytes, ...]], ...] = (
    (rb'(?<=")\d+(?=")|(?<=>)\d+(?=<)', _NUMBERS),
    (rb'(?<=r=")[A-Z]+\d+|(?<=ref=")[A-Z:\d]+', _PLACES),
    (rb'(?<= t=")\w+|(?<=value-type=")[\w-]+', (b"s", b"b", b"e", b"d", b"date", b"time", b"float", b"n")),
)


def _with_a_slip_in_xml(xml: bytes, chance: random.Random) -> bytes:
    kind, at = chance.randrange(len(_PUTS) + 3), chance.randrange(len(xml))
    if kind < len(_PUTS):
        pattern, values = _PUTS[kind]
        found = [*re.finditer(pattern, xml)]
        if found:
            one = chance.choice(found)
            return xml[: one.start()] + chance.choice(values) + xml[one.end() :]
    if kind == len(_PUTS):
        return xml[:at] + chance.choice(_SIGNS) + xml[at:]
    if kind == len(_PUTS) + 1:
        return xml[:at] + xml[at + chance.randrange(300) :]
    return xml[:at] + bytes([chance.randrange(256)]) + xml[at + 1 :]


def damaged_files(seed: int) -> Iterator[tuple[str, bytes]]:
    """One damaged file of each kind."""
    chance = random.Random(seed)
    for name in ("reception.xls", "reception.ods"):
        yield name, damaged((REAL / name).read_bytes(), chance)
    yield "reception.xlsx", damaged(xlsx(), chance)


SHEET = "xl/worksheets/sheet1.xml"
REPEATED = 'table:number-rows-repeated="1048576"'
HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "rows.ods": (lambda: ods(REPEATED), "more than 20,000 rows"),
    "cells.ods": (lambda: ods(REPEATED, 'table:number-columns-repeated="16384"'), "more than 20,000 rows"),
    "tabs.ods": (lambda: ods(filling='</table:table><table:table table:name="x">' * 200), "more than 200 tabs"),
    "far.xlsx": (lambda: xlsx(XFD1048576="far"), "far from everything else"),
    "bomb.ods": (lambda: that_says(ods(), "content.xml", 500 << 20), "more than 400 MB when it is unpacked"),
    "liar.ods": (lambda: that_says(padded(ods(), "content.xml", 8), "content.xml", 900), "is damaged"),
    "liar.xlsx": (lambda: that_says(padded(xlsx(), SHEET, 150), SHEET, 90), "is damaged"),
    "locked.ods": (lambda: ods(manifest="<encryption-data/>"), "has a password"),
    "locked.xls": (locked_xls, "has a password"),
    "cut.xlsx": (lambda: xlsx()[:2000], "is damaged"),
    "cut.xls": (lambda: (REAL / "reception.xls").read_bytes()[:7338], "is damaged"),  # calamine panics
    "page.xls": (lambda: "<html><table><tr><td>编号</td></tr></table></html>".encode(), "holds a web page or XML"),
    "xml.xls": (lambda: b'<?xml version="1.0"?><Workbook/>', "holds a web page or XML"),
    "picture.xlsx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "neither a spreadsheet"),
    "other.zip": (lambda: packed({"a.txt": b"x"}), "is damaged, or no spreadsheet"),
    "nul.csv": (lambda: _text().replace("娜娜", "娜\0").encode(), "line 2 has a character that no text has"),
    "nul16.csv": (lambda: _text().replace("娜娜", "娜\0").encode("utf-16"), "line 2 has a character that no text has"),
    "two.csv": (lambda: _text().encode() + _text().encode("gb18030"), "two encodings, the first of the other kind in line 3"),
    "two-gb.csv": (lambda: _text().encode("gb18030") * 30 + _text().encode(), "of the other kind in line 61"),
    "two-western.csv": (lambda: "No;Name\n1;Zoë\n".encode() + "2;Zoë Ångström\n".encode("cp1252"), "in line 3"),
}  # fmt: skip
"""Files by their names: how each is made, and what is said of it."""


def _text() -> str:
    return "".join(",".join(line) + "\n" for line in (HEADINGS, LINE))
