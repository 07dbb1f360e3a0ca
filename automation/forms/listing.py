"""A list to print and sign: a heading, notes, tables that go on overleaf, and lines for signatures; as a page (`listing_pdf` draws it as PDF)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from automation.text.characters import for_utf8
from sheet_schema import Language
from sheet_schema.languages import traits

_STYLE = """
@page { size: A4; margin: 14mm }
body { font: 10pt/1.45 "Helvetica Neue", Arial, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #1f2933; max-width: 190mm; margin: 16px auto; padding: 0 12px }
h1 { font-size: 15pt; margin: 0 } h2 { font-size: 11pt; margin: 14px 0 4px; break-after: avoid } p { margin: 2px 0; color: #5b6470 }
table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #9aa5b1; padding: 3px 6px; text-align: left; vertical-align: top; overflow-wrap: anywhere; white-space: pre-line }
th { background: #f1f4f7; font-weight: 600; font-size: 9pt } tr { break-inside: avoid } thead { display: table-header-group }
.signed { display: grid; grid-template-columns: 1fr 1fr; gap: 18px 24px; margin-top: 24px; break-inside: avoid } .signed div { border-bottom: 1px solid #9aa5b1; padding-top: 22px; color: #5b6470; font-size: 9pt }
"""


@dataclass(frozen=True)
class Part:
    """A table under a heading. `shares` are how wide its columns are, in twelfths of the page."""

    heading: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[float] = ()


@dataclass(frozen=True)
class Listing:
    """What is printed. `head` stands above the title, `signed` are the labels of lines for signatures."""

    language: Language
    head: str
    title: str
    notes: Sequence[str] = ()
    parts: Sequence[Part] = ()
    signed: Sequence[str] = field(default=())


def listing_page(listing: Listing) -> str:
    """The list as one file for any browser. Text from cells is escaped."""
    pieces = [
        f'<!doctype html>\n<html lang="{traits(listing.language)["html"]}"><head><meta charset="utf-8">',
        f"<title>{escape(listing.title)}</title><style>{_STYLE}</style></head><body>",
        f"<p>{escape(listing.head)}</p><h1>{escape(listing.title)}</h1>",
        *(f"<p>{escape(note)}</p>" for note in listing.notes),
    ]
    for part in listing.parts:
        pieces += [f"<h2>{escape(part.heading)}</h2>"] if part.heading else []
        heads = "".join(f"<th>{escape(one)}</th>" for one in part.columns)
        pieces.append(f"<table><thead><tr>{heads}</tr></thead><tbody>")
        pieces += ["<tr>" + "".join(f"<td>{escape(one)}</td>" for one in row) + "</tr>" for row in part.rows]
        pieces.append("</tbody></table>")
    if listing.signed:
        pieces.append(
            '<div class="signed">' + "".join(f"<div>{escape(one)}</div>" for one in listing.signed) + "</div>"
        )
    return for_utf8("\n".join((*pieces, "</body></html>\n")))
