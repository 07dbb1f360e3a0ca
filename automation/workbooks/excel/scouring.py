"""Takes out of a file what is left of an erased text beside its cells: shared texts that no cell has any more, notes, comments and links of
its rows, and the last results of formulas that showed it (docs/design.md#p23.6).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from automation.ledger.errors import LedgerError
from automation.ledger.names.passages import Sought
from automation.ledger.terms import refuse_contradictions
from automation.ledger.workbook import Changed, Commit
from automation.text.catalogue import msg
from automation.workbooks.excel.as_it_lies import version_of
from automation.workbooks.excel.sheets_read import grids_of
from automation.workbooks.excel.xml.cell_edits import with_edits
from automation.workbooks.excel.xml.cell_xml import place_of
from automation.workbooks.excel.xml.hyperlinks import Links
from automation.workbooks.excel.xml.package import Package, relations_of
from automation.workbooks.excel.xml.row_moves import THREADS, boxes_of
from automation.workbooks.excel.xml.worksheet import Worksheet
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, attribute, text_of
from automation.workbooks.laid_out import OwnFile, Scour

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_FORGIVING = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
_SHARED_CELL = re.compile(rb"""<c\s[^<>]*?\bt=["']s["'][^<>]*>\s*<v>(\d+)</v>""")
_SHARED = re.compile(rb"<si\b[^<>]*?(?:/>|>.*?</si\s*>)", re.DOTALL)
_BLANK = b"<si><t></t></si>"
_FORMULA_TEXT = re.compile(
    rb"""(<c\s[^<>]*?\bt=["']str["'][^<>]*>\s*<f(?=[\s/>])[^<>]*?(?:/>|>[^<]*</f\s*>)\s*)<v[^<>]*>([^<]*)</v\s*>"""
)
_LINK = re.compile(rb"<hyperlink\s[^<>]*?(?:/>|>.*?</hyperlink\s*>)", re.DOTALL)
_EMPTY_LINKS = re.compile(rb"<hyperlinks(?:\s[^<>]*)?>\s*</hyperlinks\s*>")
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_SHAPE = "{urn:schemas-microsoft-com:vml}shape"


def scoured(data: bytes, name: str, scour: Scour) -> bytes:
    """The file without it; the very same bytes if there is nothing. No cell changes but what formulas showed last, or this raises LedgerError."""
    package, changed = Package(data, name), dict[str, bytes]()
    for title, part in package.sheets.items():
        rows = frozenset(scour.rows.get(title, ()))
        _notes(package, changed, part, rows, scour)
        _links(package, changed, part, rows, scour)
        _results(package, changed, part, scour.sought)
    _shared_texts(package, changed)
    if not changed:
        return data
    made = package.with_parts(changed)
    if grids_of(made, Package(made, name)) != grids_of(data, package):
        raise LedgerError(
            msg(
                "{name} is written in a way that is not known, so nothing was taken out of it: save it once with Excel or LibreOffice, then do the same again."
            ).of(name=name)
        )
    return made


def erase_in_file(book: OwnFile, commit: Commit, scour: Scour) -> None:
    """Make a commit that erases, together with all that is to be taken out beside the cells. Needs the lock.

    Raises Changed, Busy or LedgerError; the file is then as it was.
    """
    refuse_contradictions(commit.edits, commit.moves)
    data = book.data()
    if version_of(data) != commit.snapshot.version:
        raise Changed
    package = Package(data, book.name)
    package.refuse_signed()
    whole = with_edits(package, commit.edits) if commit.edits else data
    if (made := scoured(whole, book.name, scour)) is not data:
        book.replace(made, commit.snapshot.version, commit.notes)


def _is_theirs(text: str, in_rows: bool, scour: Scour) -> bool:
    return (in_rows and scour.whole) or scour.sought.is_in(text)


def _notes(package: Package, changed: dict[str, bytes], part: str, rows: Collection[int], scour: Scour) -> None:
    gone: set[tuple[int, int]] = set()
    for kind, element in (("comments", "comment"), (THREADS, "threadedComment")):
        if (notes := package.related(part).get(kind)) is None:
            continue
        root = etree.fromstring(package.part(notes), _PARSER)
        for node in [*root.iter(f"{{*}}{element}")]:
            place = place_of(node.get("ref", "A1"))
            if _is_theirs("".join(node.itertext()), place[0] in rows, scour):
                gone.add(place)
                node.getparent().remove(node)
        if gone:
            changed[notes] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    if gone and (boxes := boxes_of(package, part)):
        changed[boxes] = _without_boxes(package.part(boxes), gone)


def _without_boxes(vml: bytes, gone: Collection[tuple[int, int]]) -> bytes:
    root = etree.fromstring(vml, _FORGIVING)
    for shape in [*root.iter(_SHAPE)]:
        row, column = shape.find(f".//{_EXCEL}Row"), shape.find(f".//{_EXCEL}Column")
        if row is not None and column is not None and (int(row.text or 0) + 1, int(column.text or 0) + 1) in gone:
            shape.getparent().remove(shape)
    return etree.tostring(root)


def _links(package: Package, changed: dict[str, bytes], part: str, rows: Collection[int], scour: Scour) -> None:
    if b"<hyperlink" not in (xml := package.part(part)):
        return
    sheet = Worksheet(as_plain_utf8(xml))
    head, tail = sheet.around
    links = Links(tail, package.relations(part))

    def kept(found: re.Match[bytes]) -> bytes:
        ref = (attribute(found[0], "ref") or "A1").partition(":")[0]
        said = " ".join(text_of(one) for one in (found[0], links.relation_of(found[0])))
        return b"" if _is_theirs(said, place_of(ref)[0] in rows, scour) else found[0]

    left = _EMPTY_LINKS.sub(b"", _LINK.sub(kept, tail))
    if left != tail:
        sheet.set_around(head, left)
        changed[part] = sheet.xml()
        changed[relations_of(part)] = links.without_strays(head + left)


def _results(package: Package, changed: dict[str, bytes], part: str, sought: Sought) -> None:
    """Blank what formulas showed last; they are worked out anew when the file is opened."""
    xml = changed.get(part) or package.part(part)
    if not sought or b"<f" not in xml:
        return
    plain = as_plain_utf8(xml)

    def kept(found: re.Match[bytes]) -> bytes:
        return found[1] + b"<v></v>" if sought.is_in(text_of(found[2])) else found[0]

    left = _FORMULA_TEXT.sub(kept, plain)
    if left != plain:
        changed[part] = left


def _shared_texts(package: Package, changed: dict[str, bytes]) -> None:
    """Blank the texts that no cell shows any more. Their places stay, since cells name them by number."""
    part = package.related_to_workbook("sharedStrings")
    if part is None:
        return
    used = {number for sheet in package.sheets.values() for number in _used(package, changed, sheet)}
    plain = as_plain_utf8(package.part(part))
    numbers = iter(range(plain.count(b"<si")))

    def kept(found: re.Match[bytes]) -> bytes:
        return found[0] if next(numbers) in used else _BLANK

    left = _SHARED.sub(kept, plain)
    if left != plain and left.count(b"<si") == plain.count(b"<si"):
        changed[part] = left


def _used(package: Package, changed: Mapping[str, bytes], sheet: str) -> Iterator[int]:
    xml = as_plain_utf8(changed.get(sheet) or package.part(sheet))
    return (int(number) for number in _SHARED_CELL.findall(xml))
