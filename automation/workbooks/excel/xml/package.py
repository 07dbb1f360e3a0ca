"""An `.xlsx` file taken as what it is: a zip of XML parts that point to each other.

Bytes go in and bytes come out; nothing here touches the disk. A part that was not changed comes out byte for byte.
"""

from __future__ import annotations

import copy
import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from xml.etree import ElementTree as XmlTree

from automation.workbooks.excel import refusals
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, attribute

MOST_BYTES = 1 << 30
"""Size when unpacked. A register of 100,000 rows takes a quarter of it; more is an accident or an attack."""

_SIGNATURES = "_xmlsignatures/"
_LARGE, _QUICKLY = 4_000_000, 3
"""A part of more bytes is packed at this level: a sixth larger than at the usual one, in a third of the time."""
_PIECE = 1 << 20
"""Bytes of a part that are unpacked at a time where nobody needs it whole."""
_BEGINS = b"PK\3\4"
_HEADER, _LENGTHS_AT, _LENGTHS = 30, 26, struct.Struct("<HH")
"""In a zip: the length of the header before a part, without what follows it; and where the lengths of that stand."""
_SIZES_BEHIND = 0x08
"""The flag of a part whose sizes stand behind it."""

_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


class Package:
    """A workbook file. `data` is its content, `name` what messages call it. Raises LedgerError if it is none."""

    def __init__(self, data: bytes, name: str) -> None:
        refusals.refuse_what_is_no_zip(data, name)
        self.name = name
        self.data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile as error:
            raise refusals.damaged(name) from error
        entries = self._zip.infolist()
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise refusals.too_big(name)
        if any(entry.flag_bits & 1 for entry in entries):
            raise refusals.password(name)
        self._names = {entry.filename.lower(): entry.filename for entry in entries}
        self.workbook = self._find_workbook()
        self._relations = dict(self._related(self.workbook))
        book = self.tree(self.workbook)
        self.sheets = self._find_sheets(book)
        self.date1904 = any(node.get("date1904") in ("1", "true") for node in book.iterfind("{*}workbookPr"))

    def part(self, name: str) -> bytes:
        """The unpacked content of a part."""
        try:
            return self._content(self._zip.getinfo(self._names[name.lower()]))
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise refusals.damaged(self.name) from error

    @property
    def parts(self) -> Collection[str]:
        """The names of all parts."""
        return self._names.values()

    @property
    def is_signed(self) -> bool:
        """Whether the file is digitally signed: any change of it would break the signature."""
        return any(part.startswith(_SIGNATURES) for part in self._names)

    def refuse_signed(self) -> None:
        """Raise LedgerError if the file is signed."""
        if self.is_signed:
            raise refusals.signed(self.name)

    def name_of(self, part: str) -> str:
        """The part's name in the file's own spelling; as given if there is no such part."""
        return self._names.get(part.lower(), part)

    def related_to_workbook(self, kind: str) -> str | None:
        """The part of this kind (`styles`, `calcChain`) that the workbook points to, if any."""
        return next((part for type_, part in self._relations.values() if type_ == kind), None)

    def with_parts(self, changed: Mapping[str, bytes], dropped: Collection[str] = ()) -> bytes:
        """The whole file with some parts changed or added, some dropped, and the rest as they were."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in self._zip.infolist():
                if entry.filename in dropped:
                    continue
                content = changed.get(entry.filename)
                if content is None:
                    self._copy_as_it_is(entry, target)
                else:
                    target.writestr(
                        copy.copy(entry), content, compresslevel=_QUICKLY if len(content) > _LARGE else None
                    )
            for name in sorted(changed.keys() - set(self.parts)):
                new = zipfile.ZipInfo(name)  # without a time, so that the same input gives the same bytes
                new.compress_type, new.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                target.writestr(new, changed[name])
        return out.getvalue()

    def with_only(self, sheets: Mapping[str, bytes]) -> bytes:
        """A file for reading alone, in which these parts are the only tabs that are there."""
        others = set(self.sheets.values()) - set(sheets)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
            for entry in self._zip.infolist():
                if entry.filename in sheets:
                    target.writestr(entry.filename, sheets[entry.filename])
                elif entry.filename not in others:
                    self._copy_as_it_is(entry, target)
        return out.getvalue()

    def size_of(self, part: str) -> int:
        """How large a part is when unpacked; 0 if there is none."""
        name = self._names.get(part.lower())
        return self._zip.getinfo(name).file_size if name else 0

    def checksum_of(self, part: str) -> str:
        """A checksum of what is packed of a part, which it costs nothing to unpack; blank if there is none."""
        name = self._names.get(part.lower())
        if name is None:
            return ""
        entry = self._zip.getinfo(name)
        told = f"{entry.compress_type} {entry.file_size} {entry.CRC} {entry.compress_size}\n".encode()
        return sha256(told + self._packed(entry)).hexdigest()

    def _copy_as_it_is(self, entry: zipfile.ZipInfo, target: zipfile.ZipFile) -> None:
        """Copy a part without packing it anew, which takes ten times as long as looking whether it is whole."""
        self._refuse_damaged(entry)
        assert target.fp is not None  # it is open
        copied = copy.copy(entry)
        copied.flag_bits &= ~_SIZES_BEHIND  # they stand in the new header
        copied.header_offset = target.fp.tell()
        target.fp.write(copied.FileHeader(zip64=False))
        target.fp.write(self._packed(entry))
        target.filelist.append(copied)
        target.NameToInfo[copied.filename] = copied
        target.start_dir = target.fp.tell()

    def _refuse_damaged(self, entry: zipfile.ZipInfo) -> None:
        """Raise LedgerError for a part that is not whole. It is unpacked a piece at a time, since some are large."""
        try:
            if entry.file_size <= _PIECE:
                self._content(entry)
                return
            with self._zip.open(entry) as part:
                while part.read(_PIECE):
                    pass
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise refusals.damaged(self.name) from error

    def _content(self, entry: zipfile.ZipInfo) -> bytes:
        """A part, unpacked and compared with its checksum. zipfile takes three times as long for a small one, of which a
        ledger has a hundred."""
        if entry.file_size > _PIECE or entry.compress_type != zipfile.ZIP_DEFLATED or not self._begins_as_listed(entry):
            return self._zip.read(entry)
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(self._packed(entry), entry.file_size + 1)
        if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
            raise zipfile.BadZipFile
        return content

    def _begins_as_listed(self, entry: zipfile.ZipInfo) -> bool:
        """Whether the part's own header has the name that the list of parts has."""
        at, name = entry.header_offset, entry.orig_filename
        header = self.data[at : at + _HEADER + len(name)]
        return name.isascii() and header.startswith(_BEGINS) and header[_HEADER:] == name.encode()

    def _packed(self, entry: zipfile.ZipInfo) -> memoryview:
        """What is packed in the file behind the part's own header."""
        names, extra = _LENGTHS.unpack_from(self.data, entry.header_offset + _LENGTHS_AT)
        start = entry.header_offset + _HEADER + names + extra
        return memoryview(self.data)[start : start + entry.compress_size]

    def related(self, part: str) -> Mapping[str, str]:
        """Kind → part, for the parts that `part` points to, such as a tab's `comments`."""
        if relations_of(part).lower() not in self._names:
            return {}
        return dict(dict(self._related(part)).values())

    def all_related(self, part: str, kind: str) -> list[str]:
        """Every part of a kind that `part` points to, such as a tab's tables."""
        if relations_of(part).lower() not in self._names:
            return []
        return [found for found_kind, found in dict(self._related(part)).values() if found_kind == kind]

    def targets(self, part: str) -> Mapping[str, str]:
        """Relation id → part, for the parts that `part` points to."""
        if relations_of(part).lower() not in self._names:
            return {}
        return {id_: found for id_, (_, found) in self._related(part)}

    def relations(self, part: str) -> bytes:
        """The part that says what `part` points to; an empty one if there is none."""
        name = self._names.get(relations_of(part).lower())
        return as_plain_utf8(self.part(name)) if name else _NO_RELATIONS

    def without_mention(self, gone: Collection[str]) -> dict[str, bytes]:
        """The parts that point to those that are `gone`, changed so that they no longer do."""
        types, relations = (
            self._names["[content_types].xml"],
            self._names[relations_of(self.workbook).lower()],
        )

        def drop(where: str, element: str, key: str) -> bytes:
            def keep(found: re.Match[bytes]) -> bytes:
                return b"" if any(self._same(attribute(found[0], key), one, where) for one in gone) else found[0]

            return re.sub(rb"<%b\s[^<>]*/>" % element.encode(), keep, as_plain_utf8(self.part(where)))

        return {
            types: drop(types, "Override", "PartName"),
            relations: drop(relations, "Relationship", "Target"),
        }

    def _same(self, target: str | None, part: str, where: str) -> bool:
        folder = "" if where.startswith("[") else posixpath.dirname(self.workbook)
        return target is not None and resolved(folder, target).lower() == part.lower()

    def tree(self, part: str) -> XmlTree.Element:
        """The elements of a small part. Raises LedgerError for one that is no XML."""
        content = self.part(part)
        try:
            return XmlTree.fromstring(as_plain_utf8(content))  # noqa: S314  (plain: no entities that unfold without end)
        except SyntaxError as error:  # of this parser or of lxml
            raise refusals.damaged(self.name) from error

    def _find_workbook(self) -> str:
        if "_rels/.rels" not in self._names or "[content_types].xml" not in self._names:
            raise refusals.not_a_workbook(self.name)
        for kind, part in dict(self._related("")).values():
            if kind == "officeDocument" and part.lower().endswith(".xml"):
                return part
        raise refusals.not_a_workbook(self.name)

    def _related(self, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
        """(relation id, (kind, part)) for each part that `part` points to. "" stands for the file itself."""
        where = relations_of(part)
        if where.lower() not in self._names:
            raise refusals.not_a_workbook(self.name)
        for node in self.tree(where).iterfind("{*}Relationship"):
            if node.get("TargetMode") != "External":
                found = resolved(posixpath.dirname(part), node.get("Target", ""))
                real = self._names.get(found.lower(), found)
                yield node.get("Id", ""), (node.get("Type", "").rpartition("/")[2], real)

    def _find_sheets(self, book: XmlTree.Element) -> dict[str, str]:
        """Tab → part, for tabs that are tables: not for chart sheets and dialogs."""
        sheets = {}
        for node in book.iterfind("{*}sheets/{*}sheet"):
            # The id's namespace differs between the two kinds of file, transitional and strict.
            id_ = next((value for key, value in node.items() if key.rpartition("}")[2] == "id"), "")
            kind, part = self._relations.get(id_, ("", ""))
            if kind == "worksheet":
                sheets[node.get("name", "")] = part
        if not sheets:
            raise refusals.not_a_workbook(self.name)
        return sheets


def relations_of(part: str) -> str:
    """`xl/workbook.xml` → `xl/_rels/workbook.xml.rels`."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolved(folder: str, target: str) -> str:
    """The part that a relation's target means: `/xl/a.xml`, `a.xml` and `../xl/a.xml` may be the same."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
