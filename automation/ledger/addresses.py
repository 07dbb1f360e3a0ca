"""Finds the mail addresses in a cell, says which are one mailbox (docs/design.md#p5.4), and reads mail domains."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LOCAL = r"[A-Za-z0-9.!#$%&'*+=?^_`{}~-]{1,64}"
_DOMAIN = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_ANY = r"[^\s@,;:<>()\[\]\"\\|/、]"
ADDRESS = re.compile(
    rf"{_LOCAL}[ \t]*@[ \t]*{_DOMAIN}"
    rf"|{_ANY}{{1,64}}(?:(?<=[^\x00-\x7f])@|@(?=[^\x00-\x7f])){_ANY}{{1,255}}\.[A-Za-z0-9-]+"
)
"""An address, also with blanks around its @. Words in another script just before or behind it do not belong to it.

Each part is no longer than RFC 5321 lets it be, so that a long text without any address is not searched from each letter
to its end.
"""
_MAILTO = re.compile("mailto:", re.IGNORECASE)
_SEPARATORS = re.compile(r"[;、,|/\s]+")
_WHERE = re.compile(rf"(?:\*\.|\.)[a-z0-9-]+(?:\.[a-z0-9-]+)*|{_DOMAIN}")


def addresses_in(text: str) -> tuple[str, ...]:
    """Every mail address in a text, as mail is sent to it, whatever stands around it."""
    shown = visible(text)
    return tuple(_closed_up(found) for found in ADDRESS.findall(shown)) if "@" in shown else ()


def only_addresses(cell: str) -> bool:
    """Whether there is nothing in a cell but addresses, separated by `;`, `、`, a comma, `|`, `/` or spaces."""
    return not _SEPARATORS.sub("", ADDRESS.sub("", visible(cell)))


@lru_cache(maxsize=2**13)
def mailbox_of(address: str) -> str:
    """The form in which addresses are compared: two with the same form are one mailbox.

    Width, case, invisible characters and what stands behind a `+` make no other mailbox, nor do dots at Gmail, nor a
    domain as the network writes it: `münchen.example` is `xn--mnchen-3ya.example`.
    """
    local, _, domain = _closed_up(visible(address)).casefold().rpartition("@")
    domain = _as_shown(domain)
    local = local.strip("'`")
    local = local.partition("+")[0] or local
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}" if local else domain


def _as_shown(domain: str) -> str:
    """The domain in its own script."""
    if "xn--" not in domain:
        return domain
    try:
        return domain.encode("ascii").decode("idna").casefold()
    except UnicodeError:
        return domain  # no domain of any script, and so like no other


def visible(text: str) -> str:
    """The text in one width, without invisible characters and without `mailto:`."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKC", text)
        text = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return _MAILTO.sub(" ", text)


def _closed_up(address: str) -> str:
    return "".join(address.split())


def in_domains(address: str, domains: tuple[str, ...]) -> bool:
    """Whether the address is in one of these domains; those with a dot in front have their sub-domains, too."""
    domain = address.rpartition("@")[2].casefold()
    return any(f".{domain}".endswith(one) if one.startswith(".") else domain == one for one in domains)


@lru_cache(maxsize=8)
def mail_domains(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The domains in a cell, such as `s.example; *.t.example`, and the parts of it that are none."""
    parts = [part for part in _SEPARATORS.split(visible(typed).casefold()) if part]
    ends = [part.rpartition("@")[2] for part in parts]
    domains = tuple(end.removeprefix("*") for end in ends if _WHERE.fullmatch(end))
    return domains, tuple(part for part, end in zip(parts, ends, strict=True) if not _WHERE.fullmatch(end))
