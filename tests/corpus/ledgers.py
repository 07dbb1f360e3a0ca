"""Puts things into the parts of a ledger's file, by hand, as no library writes them all."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.corpus.things import DRAWING, FOREIGN, MAIN, OFFICE, TC, Chosen

ORDER = re.findall(r"\w+", """
    sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr
    conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks
    customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls
    webPublishItems tableParts extLst""")  # fmt: skip
"""The elements after a tab's rows, by ECMA-376 part 1, 18.3.1.99."""
REGISTER = "登记"
THREADS = f'<ThreadedComments xmlns="{TC}"></ThreadedComments>'
BEGUN = {"xl/threadedComments/t1.xml": (THREADS, "</ThreadedComments>")}
SHAPES = f'<xdr:wsDr xmlns:xdr="{DRAWING}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"></xdr:wsDr>'
OWN_TAB = "xl/worksheets/own.xml"
OWN_DRAWING = "xl/drawings/own.xml"


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def save(path: Path, parts: Mapping[str, bytes]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    path.write_bytes(out.getvalue())


def register_part(parts: Mapping[str, bytes]) -> str:
    book, relations = parts["xl/workbook.xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    tag = next(tag for tag in re.findall(r"<sheet\s[^<>]*>", book) if f'name="{REGISTER}"' in tag)
    id_ = re.search(r':id="([^"]+)"', tag)
    assert id_ is not None
    related = next(tag for tag in re.findall(r"<Relationship\s[^<>]*>", relations) if f'Id="{id_[1]}"' in tag)
    target = re.search(r'Target="/?([^"]+)"', related)
    assert target is not None
    return target[1] if target[1].startswith("xl/") else f"xl/{target[1]}"


def rows_of_cases(parts: Mapping[str, bytes]) -> dict[str, int]:
    """The row of each number in the Register."""
    xml = parts[register_part(parts)].decode()
    cells = re.findall(r'<c r="A(\d+)"[^<>]*?>(.*?)</c>', xml)
    strings = re.findall(r"<si>(.*?)</si>", parts.get("xl/sharedStrings.xml", b"").decode(), re.DOTALL)
    found = {}
    for row, inside in cells:
        index = re.fullmatch(r"<v>(\d+)</v>", inside)
        number = re.search(r"LV-\d+", strings[int(index[1])] if index else inside)
        if number:
            found[number[0]] = int(row)
    return found


def with_things(path: Path, things: Sequence[Chosen]) -> None:
    """Put these things beside the rows of their cases, and parts that refer to nothing."""
    parts = parts_of(path)
    register, rows = register_part(parts), rows_of_cases(parts)
    sheet = parts[register].decode()
    relations = f"xl/worksheets/_rels/{register.rpartition('/')[2]}.rels"
    parts.setdefault(relations, f'<Relationships xmlns="{RELATIONS}"></Relationships>'.encode())
    for name, content in FOREIGN.items():
        parts[name] = content.encode()
    for thing, case, column, number in things:
        xml = thing.made(column, rows[case], number, REGISTER)
        if thing.where == "<definedNames>":
            parts["xl/workbook.xml"] = _named(parts["xl/workbook.xml"].decode(), xml).encode()
        elif thing.where.startswith("<"):
            sheet = put(sheet, thing.where[1:-1], xml)
        elif thing.where == "boxes":
            boxes = next(name for name in _related(parts, relations) if name.endswith(".vml"))
            parts[boxes] = parts[boxes].replace(b"</xml>", xml.encode() + b"</xml>")
        elif thing.where == "own tab":
            _own_tab(parts)
            parts[OWN_TAB] = parts[OWN_TAB].replace(b"</sheetData>", xml.encode() + b"</sheetData>")
        elif thing.where == "drawing":
            if OWN_DRAWING not in parts:
                parts[OWN_DRAWING] = SHAPES.encode()
                sheet = put(
                    sheet,
                    "drawing",
                    f'<drawing xmlns:r="{OFFICE}" r:id="{_relate(parts, relations, "drawing", OWN_DRAWING)}"/>',
                )
            parts[OWN_DRAWING] = parts[OWN_DRAWING].replace(b"</xdr:wsDr>", xml.encode() + b"</xdr:wsDr>")
        else:
            part = thing.where.replace("{n}", str(number))
            if part not in parts and thing.related:
                _relate(parts, relations, thing.related, part)
            begun, end = BEGUN.get(thing.where, ("", ""))
            parts[part] = (
                parts.get(part, begun.encode()).replace(end.encode(), (xml + end).encode()) if end else xml.encode()
            )
    parts[register] = sheet.encode()
    _declare(parts)
    save(path, parts)


def put(sheet: str, name: str, xml: str) -> str:
    """The sheet with one more element in its list of this name, which stands in its order."""
    end = sheet.index("</sheetData>")
    listed = f"</{name}>" in sheet[end:] and name != "conditionalFormatting"
    if listed:
        place = sheet.index(f"</{name}>", end)
        return sheet[:place] + xml + sheet[place:]
    later = [sheet.find(f"<{one}", end) for one in ORDER[ORDER.index(name) + 1 :]]
    place = min([at for at in later if at >= 0] or [sheet.index("</worksheet>")])
    whole = xml if name in ("conditionalFormatting", "drawing") else f"<{name}>{xml}</{name}>"
    return sheet[:place] + whole + sheet[place:]


RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _named(book: str, xml: str) -> str:
    if "</definedNames>" in book:
        return book.replace("</definedNames>", xml + "</definedNames>")
    return book.replace("</sheets>", f"</sheets><definedNames>{xml}</definedNames>")


def _relate(parts: dict[str, bytes], relations: str, kind: str, part: str) -> str:
    id_ = f"own{parts[relations].count(b'<Relationship ')}"
    added = f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="/{part}"/></Relationships>'
    parts[relations] = parts[relations].replace(b"</Relationships>", added.encode())
    return id_


def _own_tab(parts: dict[str, bytes]) -> None:
    if OWN_TAB not in parts:
        parts[OWN_TAB] = f'<worksheet xmlns="{MAIN}"><sheetData></sheetData></worksheet>'.encode()
        id_ = _relate(parts, "xl/_rels/workbook.xml.rels", "worksheet", OWN_TAB)
        book = parts["xl/workbook.xml"].decode()
        tab = f'<sheet xmlns:r="{OFFICE}" name="Our own" sheetId="99" r:id="{id_}"/></sheets>'
        parts["xl/workbook.xml"] = book.replace("</sheets>", tab).encode()


def _related(parts: Mapping[str, bytes], relations: str) -> list[str]:
    targets = re.findall(r'Target="([^"]+)"', parts[relations].decode())
    return [target.lstrip("/").replace("../", "xl/") for target in targets]


def _declare(parts: dict[str, bytes]) -> None:
    types = parts["[Content_Types].xml"].decode()
    known = set(re.findall(r'PartName="/([^"]+)"', types))
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    kinds = {"xl/drawings/": "application/vnd.openxmlformats-officedocument.drawing+xml", "xl/worksheets/": sheet}
    added = "".join(
        f'<Override PartName="/{name}" ContentType="{next((kind for start, kind in kinds.items() if name.startswith(start)), "application/xml")}"/>'
        for name in parts
        if name.endswith(".xml") and name not in known and not name.startswith("[")
    )
    parts["[Content_Types].xml"] = types.replace("</Types>", added + "</Types>").encode()
