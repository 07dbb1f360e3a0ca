"""What refers to a tab's rows from around them: filters, merged cells, rules, dropdowns, page breaks.

When rows go, their ranges shrink. The formulas of rules and dropdowns are relative to the first cell of their range.
"""

from __future__ import annotations

import re

from automation.workbooks.excel.xml.references import Gone, as_xml, moved_by
from automation.workbooks.excel.xml.xml_bytes import attribute, text_of, with_attribute

_RANGED = re.compile(
    rb"<(?:\w+:)?(?:dimension|autoFilter|sortState|sortCondition|mergeCell|ignoredError|protectedRange|hyperlink)\s[^<>]*>"
)
_BREAKS = re.compile(rb"<rowBreaks[\s>].*?</rowBreaks>", re.DOTALL)
_BREAK = re.compile(rb"<brk\s[^<>]*>")
_RULES = re.compile(rb"<(conditionalFormatting|dataValidation)(?=\s)[^<>]*?(?:/>|>.*?</\1\s*>)", re.DOTALL)
_RULE_FORMULA = re.compile(rb"(<formula[12]?>)([^<]*)(</formula)")
_COUNTED = re.compile(rb"<(?:mergeCells|dataValidations|protectedRanges|ignoredErrors|rowBreaks)\s[^<>]*>")
_EMPTY = re.compile(
    rb"<(mergeCells|dataValidations|protectedRanges|ignoredErrors|rowBreaks|hyperlinks)(?:\s[^<>]*)?>\s*</\1>"
)
_EXTENDED = re.compile(rb"(<xm:sqref>)([^<]*)(</xm:sqref>)")
_TABLE = re.compile(rb"<(?:table|autoFilter)\s[^<>]*>")
_DIGITS = re.compile(r"\d+")


def extended_ranges(tail: bytes) -> list[str]:
    """The ranges of newer kinds of rules, which are kept in an extension after the rows."""
    return [found[2].decode() for found in _EXTENDED.finditer(tail)]


def closed_up_table(part: bytes, gone: Gone) -> bytes:
    """An Excel table on the tab, with its range and its filter's adjusted."""
    return _TABLE.sub(lambda found: _ranged(found[0], gone), part)


def closed_up_head(head: bytes, gone: Gone) -> bytes:
    return _RANGED.sub(lambda found: _ranged(found[0], gone), head)


def closed_up(tail: bytes, gone: Gone, title: str) -> bytes:
    """Everything after the rows, adjusted to the rows that are gone. `title` is the tab's."""
    tail = _RULES.sub(lambda found: _rule(found[0], gone, title), tail)
    tail = _RANGED.sub(lambda found: _ranged(found[0], gone), tail)
    tail = _EXTENDED.sub(lambda found: found[1] + gone.references(found[2].decode()).encode() + found[3], tail)
    # Excel calls a file damaged if a list is empty or states more items than it has.
    tail = _EMPTY.sub(b"", _COUNTED.sub(lambda found: with_attribute(found[0], "count", None), tail))
    return _BREAKS.sub(
        lambda breaks: _BREAK.sub(
            lambda found: with_attribute(found[0], "id", str(gone.new(int(attribute(found[0], "id") or 0)))),
            breaks[0],
        ),
        tail,
    )


def _ranged(tag: bytes, gone: Gone) -> bytes:
    """A tag with its range adjusted; empty if no row of the range is left."""
    for name in ("ref", "sqref"):
        span = attribute(tag, name)
        if span is not None:
            new = gone.references(span)
            return with_attribute(tag, name, new) if new else b""
    return tag


def _rule(element: bytes, gone: Gone, title: str) -> bytes:
    """One rule or dropdown, with its range and the formulas relative to it adjusted."""
    opening = element[: element.index(b">") + 1]
    span = attribute(opening, "sqref") or ""
    new = gone.references(span)
    if not new:
        return b""
    first, then = (int((_DIGITS.search(text) or ["1"])[0]) for text in (span, new))

    def formula(found: re.Match[bytes]) -> bytes:
        old = text_of(found[2])
        return found[1] + as_xml(moved_by(old, title, gone, then - first)) + found[3]

    return with_attribute(opening, "sqref", new) + _RULE_FORMULA.sub(formula, element[len(opening) :])
