"""The Word file whose styles, page, header and footer the yearly document takes: ours, or the office's beside the ledger.

Any summary made before can be one, restyled in Word: what stands in it is left out. Ours for Chinese follows the rules for
official documents (GB/T 9704: A4, margins 37/35/28/26 mm, headings 黑体 and 楷体, body 仿宋, page number between dashes), one
size smaller so that tables fit.
"""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.styles import BabelFish
from lxml.etree import LxmlError

from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.workbooks.plain_files import read_plain
from sheet_schema import Language
from sheet_schema.languages import script

STYLES = {
    "Title": WD_STYLE_TYPE.PARAGRAPH, "Subtitle": WD_STYLE_TYPE.PARAGRAPH,
    "Heading 1": WD_STYLE_TYPE.PARAGRAPH, "Heading 2": WD_STYLE_TYPE.PARAGRAPH,
    "Body Text": WD_STYLE_TYPE.PARAGRAPH, "List Bullet": WD_STYLE_TYPE.PARAGRAPH,
    "Caption": WD_STYLE_TYPE.PARAGRAPH, "Figure": WD_STYLE_TYPE.PARAGRAPH, "Signature": WD_STYLE_TYPE.PARAGRAPH,
    "Table Text": WD_STYLE_TYPE.PARAGRAPH, "Table Heading": WD_STYLE_TYPE.PARAGRAPH, "Footer": WD_STYLE_TYPE.PARAGRAPH,
    "Report Table": WD_STYLE_TYPE.TABLE, "Placeholder Text": WD_STYLE_TYPE.CHARACTER,
}  # fmt: skip
"""The styles that a template has to have."""
_KEPT = {
    RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.FONT_TABLE, RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER, RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
}  # fmt: skip
"""What is kept of a template: nothing that somebody wrote but its headers and footers."""


def template_at(own: Path | None, language: Language) -> WordDocument:
    """The office's template, or ours if there is none, without its text. Raises LedgerError if it cannot be used."""
    if own is None:
        return _emptied(Document(str(Path(__file__).with_name(f"{script(language)}.docx"))))
    try:
        word = _emptied(Document(io.BytesIO(read_plain(own))))
        missing = [name for name, kind in STYLES.items() if not _has(word, name, kind)]
    except (OSError, ValueError, KeyError, AttributeError, BadZipFile, OpcError, LxmlError) as error:
        raise LedgerError(
            msg(
                "{path} cannot be read as a Word document: open it in Word and save it as .docx, or take it away, and our own styles are used."
            ).of(path=own),
            language,
        ) from error
    if missing:
        raise LedgerError(
            msg(
                "{path} lacks these styles: {styles}. Take a summary that this program wrote, restyle it in Word and save it under that name; or take the file away, and our own styles are used."
            ).of(path=own, styles=[*missing]),
            language,
        )
    return word


def _has(word: WordDocument, name: str, kind: WD_STYLE_TYPE) -> bool:
    return name in word.styles and word.styles[name].type == kind


def _emptied(word: WordDocument) -> WordDocument:
    """The document without its text, its comments and what is known about it."""
    for relations in (word.part.rels, word.part.package.rels):
        for key in [key for key, one in relations.items() if one.reltype not in _KEPT]:
            del relations[key]
    body = word.element.body
    body[:] = [body.get_or_add_sectPr()]
    _name_as_word_does(word)
    for notes in ("w:footnotePr", "w:endnotePr"):  # their parts are gone
        for element in word.settings.element.findall(qn(notes)):
            word.settings.element.remove(element)
    return word


def _name_as_word_does(word: WordDocument) -> None:
    """LibreOffice writes "Heading 1" for Word's "heading 1"."""
    styles = word.styles.element.style_lst
    names = {style.name_val for style in styles}
    for style in styles:
        name = BabelFish.ui2internal(style.name_val or "")
        if name not in names:
            style.name_val = name
