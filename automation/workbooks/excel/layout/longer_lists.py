"""Puts the words into dropdown lists that an earlier version did not offer; all else stays byte for byte."""

from __future__ import annotations

from automation.ledger.cell_names import column_letters
from automation.ledger.titles_and_headers import columns_of
from automation.pages.longer_lists import LONGER_LISTS, LongerList
from automation.pages.tables import choice_list, list_advice
from automation.workbooks.excel.layout.existing import Existing
from automation.workbooks.excel.layout.unalterable import refuse_unalterable
from automation.workbooks.excel.xml.dropdowns import Dropdown, with_dropdown
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8
from sheet_schema import Language


def with_longer_lists(data: bytes, name: str, language: Language) -> tuple[bytes, list[str]]:
    """The workbook with these lists as they are today, and a sentence for each; the very same bytes if none was shorter."""
    there = Existing(data, name, language)
    changed: dict[str, bytes] = {}
    sentences = []
    for one in LONGER_LISTS:
        part = there.package.sheets.get(there.titles.get(one.tab.key, ""))
        position = columns_of(one.tab, there.headers(one.tab), language).get(one.column.key) if part else None
        if part is None or position is None:
            continue
        xml = as_plain_utf8(there.package.part(part))
        longer = with_dropdown(xml, column_letters(position), *_both(one, language))
        if longer != xml:
            changed[part] = longer
            sentences.append(one.said(language))
    if not changed:
        return data, []
    refuse_unalterable(there.package)
    return there.package.with_parts(changed), sentences


def _both(one: LongerList, language: Language) -> tuple[Dropdown, Dropdown]:
    """The list as it was, and as it is."""
    assert one.column.choices is not None  # or it would be no list
    was = choice_list(one.before, language), one.advice(language)
    return Dropdown(*was), Dropdown(
        choice_list(one.column.choices, language), list_advice(one.column, one.column.choices, language)
    )
