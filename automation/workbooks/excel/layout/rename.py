"""Puts newer labels in place of former ones: headers and the Form cell by cell, dropdown lists and notes in the XML."""

from __future__ import annotations

from functools import partial

from automation.ledger.titles_and_headers import titles_found
from automation.ledger.workbook import HEADER_ROW
from automation.pages.newer_words import NewerWords, choices_renamed, newer_note
from automation.text.catalogue import between
from automation.workbooks.excel.layout.unalterable import refuse_unalterable
from automation.workbooks.excel.xml import table_columns
from automation.workbooks.excel.xml.cell_edits import with_edits
from automation.workbooks.excel.xml.comments import headers_noted
from automation.workbooks.excel.xml.dropdowns import Lists, with_newer_words
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8
from sheet_schema import TABS, Language, Tab
from sheet_schema.languages import former


def renamed(package: Package, words: NewerWords, language: Language) -> bytes:
    """The whole file with the newer labels. Raises LedgerError if a text cannot be written."""
    refuse_unalterable(package)
    whole = Package(with_edits(package, words.headers), package.name)
    titles, between_words = titles_found(whole.sheets, language), between("items", language)
    changed = _tables(whole, words)
    for tab in TABS:
        part = whole.sheets.get(titles.get(tab.key, ""))
        if part is None:
            continue
        if lists := _lists(tab, language):
            xml = as_plain_utf8(changed.get(part) or whole.part(part))
            changed[part] = with_newer_words(xml, lists, between_words)
        if notes := whole.related(part).get("comments"):
            changed[notes] = headers_noted(whole.part(notes), partial(newer_note, tab, language=language))
    return whole.with_parts(changed)


def _tables(whole: Package, words: NewerWords) -> dict[str, bytes]:
    """The parts that change because a table of the users' own lies over the headers."""
    changed: dict[str, bytes] = {}
    for edit in words.headers:
        headers = {
            one.column: str(value) for one in edit.columns for value in one.values if [*one.rows] == [HEADER_ROW]
        }
        whole = Package(whole.with_parts(changed), whole.name) if changed else whole
        changed |= table_columns.renamed(whole, edit.title, headers)
    return changed


def _lists(tab: Tab, language: Language) -> Lists:
    """The lists of this tab in which a word was called otherwise."""
    return [
        (
            [old for word in column.choices for old in former(language, word.context)],
            [word.label(language) for word in column.choices],
        )
        for column in tab
        if column.choices is not None and choices_renamed(column, language)
    ]
