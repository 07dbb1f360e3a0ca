"""What people read in a file that the program made, piece by piece, with where it stands."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from email import policy
from email.parser import BytesParser
from html.parser import HTMLParser
from pathlib import Path

from icalendar import Calendar
from lxml import etree
from openpyxl import load_workbook

from sheet_schema import (
    ANSWERS,
    ERASURES,
    FILING,
    HISTORY,
    INDEX,
    LANGUAGES,
    MAILBOX,
    NOTICES,
    RECEPTIONS,
    REGISTER,
    RULES_SEEN,
    RUNS,
)
from sheet_schema.languages import traits
from tests.pseudo.accents import accented

Pieces = Iterator[tuple[str, str]]
"""Where, and the text."""

FORMER = {old for one in LANGUAGES for labels in traits(one).get("former", {}).values() for old in labels}
FOR_PROGRAMS = {
    (accented(tab.english), accented(tab[key].english))
    for tab, keys in (
        (NOTICES, ("key", "mail_id")), (ANSWERS, ("key",)), (ERASURES, ("columns", "lines")), (MAILBOX, ("seen",)), (RUNS, ("seals", "history")), (HISTORY, ("chain",)),
        (RULES_SEEN, ("tab", "rows")), (INDEX, ("fingerprint", "problem_codes", "extension_counts", "owed", "as_seen", "intake", "waits")),
        (REGISTER, ("joined_facts",)), (FILING, ("seal", "owed", "joined_facts")), (RECEPTIONS, ("seen", "days_said")),
    )
    for key in keys
}  # fmt: skip
"""Tab and column of what the program keeps for itself, in keys."""


def pieces(file: Path) -> Pieces:
    yield from _READERS.get(file.suffix, _nothing)(file)


def _nothing(_: Path) -> Pieces:
    yield from ()


def _lines(file: Path) -> Pieces:
    for number, text in enumerate(file.read_text("utf-8").splitlines(), 1):
        yield f"line {number}", text


def _page(file: Path) -> Pieces:
    yield from page(file.read_text("utf-8"))


def page(text: str) -> Pieces:
    reader = _Page()
    reader.feed(text)
    yield from reader.found


class _Page(HTMLParser):
    """The text of a page, and of the attributes that people see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._in: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script", "title", "code"):
            self._in.append(tag)
        for name, value in attrs:
            if name in ("title", "alt", "aria-label", "placeholder", "summary", "srcdoc") and value:
                self.found += list(page(value)) if name == "srcdoc" else [(f"{tag} {name}", value)]

    def handle_endtag(self, tag: str) -> None:
        if self._in and self._in[-1] == tag:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not {"style", "script", "code"} & set(self._in):
            self.found += [(self._in[-1] if self._in else "text", line) for line in data.splitlines()]


def _mail(file: Path) -> Pieces:
    mail = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    for name in ("Subject", "From", "To"):
        yield name, str(mail[name] or "")
    for part in mail.walk():
        if part.get_content_type() == "text/plain":
            yield from ((f"text, line {at}", line) for at, line in enumerate(part.get_content().splitlines(), 1))
        elif part.get_content_type() == "text/html":
            yield from ((f"HTML, {where}", said) for where, said in page(part.get_content()))


def _workbook(file: Path) -> Pieces:
    for sheet in load_workbook(file):
        yield "tab", sheet.title
        if sheet.sheet_state != "visible" and sheet.title.startswith("_"):
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and (sheet.title, sheet.cell(1, cell.column).value) not in FOR_PROGRAMS:
                    yield f"{sheet.title}!{cell.coordinate}", _said_by(cell.value)
                if cell.comment:
                    yield f"{sheet.title}!{cell.coordinate} note", cell.comment.text
        for rule in sheet.data_validations.dataValidation:
            for name in ("prompt", "promptTitle", "error", "errorTitle"):
                yield f"{sheet.title}!{rule.sqref} {name}", getattr(rule, name) or ""
            if (rule.formula1 or "").startswith('"'):
                yield f"{sheet.title}!{rule.sqref} list", rule.formula1
        head = (sheet.oddHeader, sheet.oddFooter)
        yield from (
            (f"{sheet.title} header", part.text or "") for one in head for part in (one.left, one.center, one.right)
        )
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if re.match(r"xl/(charts|drawings)/[^/]*\.xml", name) or name == "docProps/core.xml":
                yield from _text_in(package.read(name), name)


def _said_by(value: str) -> str:
    """A cell's text; of a formula its strings, but for those it only compares with what people may have typed: keys,
    ticks, labels of earlier versions, and English labels that stand beside their translation."""
    if not value.startswith("="):
        return value
    strings = {found.strip("*") for found in re.findall(r'"((?:[^"]|"")*)"', value)}
    compared = {one for one in strings if one == one.lower() or accented(one) in strings or one in FORMER}
    return " ".join(strings - compared)


def _word(file: Path) -> Pieces:
    with zipfile.ZipFile(file) as package:
        for name in package.namelist():
            if re.fullmatch(r"(word/(document|header\d*|footer\d*|footnotes|charts/[^/]*)|docProps/core)\.xml", name):
                yield from _text_in(package.read(name), name)


def _text_in(xml: bytes, name: str) -> Pieces:
    """The texts of one part: whole paragraphs, the points of charts, what a file says of itself."""
    for node in etree.fromstring(xml).iter("{*}p", "{*}v", "{*}title", "{*}creator", "{*}subject", "{*}docPr"):
        kind = etree.QName(node).localname
        if kind == "docPr":
            yield f"{name} picture", f"{node.get('descr', '')} {node.get('title', '')}"
        elif said := "".join(node.xpath(".//*[local-name()='t']/text()") if kind == "p" else node.itertext()):
            yield f"{name} {kind}", said


def _printed(file: Path) -> Pieces:
    said = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True).stdout
    yield from ((f"line {at}", line) for at, line in enumerate(said.splitlines(), 1))


def _calendar(file: Path) -> Pieces:
    calendar = Calendar.from_ical(file.read_bytes())
    yield "name", file.stem
    yield "title", str(calendar["x-wr-calname"])
    yield from (("entry", str(one["summary"])) for one in calendar.walk("VEVENT"))


def _json(file: Path) -> Pieces:
    yield from values(json.loads(file.read_text("utf-8")), "")


def values(found: object, where: str) -> Pieces:
    """The texts in JSON. Keys are for programs, and so are values that are one word of theirs."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield from values(value, f"{where}.{key}")
    elif isinstance(found, list):
        for value in found:
            yield from values(value, f"{where}[]")
    elif isinstance(found, str) and not re.fullmatch(r"[a-z0-9_:;|-]*", found):
        yield where, found


_READERS: Mapping[str, Callable[[Path], Pieces]] = {
    ".txt": _lines, ".html": _page, ".eml": _mail, ".xlsx": _workbook, ".docx": _word, ".pdf": _printed, ".json": _json,
    ".ics": _calendar,
}  # fmt: skip
