"""Fills in a letter's template, ours or an office's, and says what is wrong with one.

What stands in cells is data: it is put in once, escaped, and nothing of it is looked at for placeholders. A template has placeholders
and no code: `{{ matter }}`, nothing else in braces (docs/design.md#p16.6).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from docx.document import Document as WordDocument
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from automation.cases.letters.placeholders import PLACEHOLDERS
from automation.forms.letters.own_template import saved
from automation.ledger.errors import LedgerError
from automation.text.catalogue import Message, msg
from sheet_schema import Language
from sheet_schema.languages import traits
from sheet_schema.letter_files import LetterDeclared

MOST = 20_000_000
"""Bytes, unpacked: more is no letter."""
_NEW_PARAGRAPH = "\a"
"""What docxtpl turns into a new paragraph."""
_DAMAGED = msg(
    "{name} cannot be read as a Word document: open it in Word and save it as .docx, or take it away, and our own is used."
)
_CODE = msg("{name} has more in braces than placeholders: write only words such as {example} there.")
_UNKNOWN = msg("{name} has placeholders that nothing fills in: {places}. Take them out; the guide lists all there are.")
_LACKS = msg("{name} lacks what this letter has to say: {places}. Put these placeholders in, each in double braces.")
_LOST = msg(
    "{name} does not show what this letter has to say ({places}): make the template anew with `letter --templates`."
)
_PARTS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)


@dataclass(frozen=True)
class Template:
    """A template of a kind of letter: its file's content, and what a person calls it."""

    name: str
    content: bytes
    own: bool = False
    """Whether it is the office's own."""


def faults(template: Template, declared: LetterDeclared) -> list[Message]:
    """What is wrong with a template: that it cannot be read, has code, unknown placeholders, or lacks what the rules ask for."""
    try:
        found = places(template)
    except LedgerError as error:
        return [error.message]
    unknown = sorted({*found} - {*PLACEHOLDERS})
    lacking = [place for place in declared.demands if place not in found]
    said = [_UNKNOWN.of(name=template.name, places=[*map(_braced, unknown)])] if unknown else []
    return said + ([_LACKS.of(name=template.name, places=[*map(_braced, lacking)])] if lacking else [])


def places(template: Template) -> list[str]:
    """The placeholders of a template, in order. Raises LedgerError if it cannot be read, or has code."""
    code = LedgerError(_CODE.of(name=template.name, example=_braced("matter")))
    try:
        trees = [_environment().parse(xml) for xml in _parts(_opened(template))]
    except TemplateError as error:
        raise code from error
    except LedgerError:
        raise
    except Exception as error:  # a file may hold anything, and its libraries raise anything
        raise LedgerError(_DAMAGED.of(name=template.name)) from error
    found = [node for tree in trees for node in tree.find_all(nodes.Node)]
    if not all(isinstance(node, _PARTS) for node in found):
        raise code
    return [*dict.fromkeys(node.name for node in found if isinstance(node, nodes.Name))]


def filled_in(
    template: Template, values: Mapping[str, str], declared: LetterDeclared, language: Language
) -> WordDocument:
    """The letter: the template with the values in place. Raises LedgerError for a template with faults."""
    if wrong := faults(template, declared):
        raise LedgerError(wrong[0])
    try:
        word = _opened(template)
        paragraphs = {place: values[place].replace("\n", _NEW_PARAGRAPH) for place in PLACEHOLDERS}
        word.render(paragraphs, _environment(), autoescape=True)
        document: WordDocument = word.docx
    except Exception as error:  # as above
        raise LedgerError(_DAMAGED.of(name=template.name)) from error
    _describe(document, declared, values, language)
    lost = [place for place in declared.demands if _plain(values[place]) not in _plain(all_text(document))]
    if lost:
        raise LedgerError(_LOST.of(name=template.name, places=[*map(_braced, lost)]))
    return document


def as_file(word: WordDocument) -> bytes:
    """The letter's file."""
    return saved(word)


def all_text(word: WordDocument) -> str:
    """All words of the document, its headers and footers included, wherever they stand."""
    roots = [word.element.body, *(part.part.element for part in _heads(word))]
    return " ".join(
        node.text or " " for root in roots for node in root.iter() if str(node.tag).endswith(("}t", "}br", "}tab"))
    )


def _heads(word: WordDocument) -> Iterator[Any]:
    for section in word.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield part


def _describe(word: WordDocument, declared: LetterDeclared, values: Mapping[str, str], language: Language) -> None:
    """What the file says of itself: which letter, whose, nothing of its template's history."""
    properties = word.core_properties
    properties.title, properties.language = (
        f"{declared.kind.label(language)} {values['number']}"[:255],
        traits(language)["html"],
    )
    properties.author = properties.last_modified_by = values["office"][:255]
    properties.comments = properties.keywords = properties.subject = properties.category = properties.identifier = ""
    properties.revision = 1


def _opened(template: Template) -> DocxTemplate:
    with ZipFile(io.BytesIO(template.content)) as archive:
        if sum(one.file_size for one in archive.infolist()) > MOST:
            raise LedgerError(_DAMAGED.of(name=template.name))
    word = DocxTemplate(io.BytesIO(template.content))
    word.init_docx()
    properties = word.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        setattr(properties, name, "")  # where a placeholder would be filled in, too
    return word


def _parts(word: DocxTemplate) -> Iterator[str]:
    """Each part of the document in which something is filled in, as what is filled in sees it."""
    yield word.patch_xml(word.get_xml())
    for uri in (word.HEADER_URI, word.FOOTER_URI):
        for _, part in word.get_headers_footers(uri):
            yield word.patch_xml(word.get_part_xml(part))
    for part in word.docx.part.package.parts:
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            yield word.patch_xml(part.blob.decode("utf-8"))


def _environment() -> SandboxedEnvironment:
    """One that knows nothing but the values, and calls nothing."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


def _braced(place: str) -> str:
    return "{{ " + place + " }}"


def _plain(text: str) -> str:
    return "".join(text.split())
