"""The text of a mail in HTML, line by line: quotes begin with `>`, and where a program sets a quoted mail apart stands a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

CUT = "\u241f quoted mail"
"""A line behind which there is nothing but the mail that is answered."""
_LONGEST_PAGE = 2_000_000
_DEEPEST = 200
_SILENT = frozenset({"script", "style", "head", "title", "meta", "template", "object", "noscript"})
_BLOCKS = frozenset({
    "p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "section", "article",
    "header", "footer", "dl", "dt", "dd", "center", "form", "address",
})  # fmt: skip
_QUOTING = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|x_gmail_quote|netease_mail_quote|foxmail_quote|ntes_quote",
    re.IGNORECASE,
)
_QUOTING_IDS = frozenset(
    {"divrplyfwdmsg", "appendonsend", "isreplycontent", "x_divrplyfwdmsg", "reply-intro", "ntes-pcmac-signature-reply"}
)
_RULE_ABOVE = re.compile(r"border(?:-top)?:\s*(?:none;\s*border-top:\s*)?solid\s+#(?:e1e1e1|b5c4df)", re.IGNORECASE)
"""What Outlook draws above the mail that it quotes."""


def text_of_html(page: str) -> str:
    """The text of a page; blank if nothing can be made of it."""
    shown = page[:_LONGEST_PAGE].replace("\0", "")
    shown = re.sub(r"^\s*<\?xml[^>]*\?>", "", shown)
    try:
        tree = html.fromstring(shown) if shown.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return ""
    if tree is None:
        return ""
    lines = "".join(_pieces(tree, 0, 0)).split("\n")
    return "\n".join(re.sub(r"[ \t\r\f\v\u00a0]+", " ", line).strip() for line in lines)


def _pieces(element: etree._Element, depth: int, quoted: int) -> Iterator[str]:
    """What stands in an element, each line of a quote with its `>`."""
    tag = element.tag.casefold() if isinstance(element.tag, str) else ""
    if not tag or tag.rpartition(":")[2] in _SILENT or depth > _DEEPEST:
        return
    if _sets_apart(element):
        yield f"\n{CUT}\n"
    inside = quoted + (tag == "blockquote")
    begins = "\n" + "> " * inside if tag in _BLOCKS else ""
    yield begins
    yield _flat(element.text)
    for child in element:
        yield from _pieces(child, depth + 1, inside)
        yield _flat(child.tail)
    if tag in _BLOCKS and tag != "br":
        yield "\n" + "> " * quoted
    elif tag in ("td", "th"):
        yield " "


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _sets_apart(element: etree._Element) -> bool:
    """Whether a mail program puts the mail that is answered in here, or below."""
    if _QUOTING.search(element.get("class") or ""):
        return True
    if (element.get("id") or "").casefold() in _QUOTING_IDS:
        return True
    return element.tag == "div" and _RULE_ABOVE.search(element.get("style") or "") is not None
