"""The syntax of formulas: from text to a tree of tuples, read once for each text and locale."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from .a1 import Span, span, split
from .locales import Locale

Node = tuple[Any, ...]
"""("number", n), ("text", s), ("truth", b), ("cells", title or None, Span), ("name", s), ("error", s),
("call", name, nodes), ("minus", node), ("percent", node) or ("op", sign, node, node)."""

_BINDING = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_TITLE = r"(?:'(?:[^']|'')+'|[A-Za-z_][\w.]*)!"
_CORNER = r"\$?[A-Za-z]{1,3}\$?[1-9]\d*"


class BadFormula(Exception):  # noqa: N818 - it is said of the formula
    """The text is no formula."""


@lru_cache(maxsize=4)
def _tokens_of(locale: Locale) -> re.Pattern[str]:
    decimal = re.escape(locale.decimal)
    return re.compile(
        rf"""\s*(?:
          (?P<text>"(?:[^"]|"")*")
        | (?P<error>\#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!))
        | (?P<cells>(?:{_TITLE})?(?:{_CORNER}(?::(?:{_CORNER}|\$?[A-Za-z]{{1,3}}|\$?\d+))?
            |\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}(?:\$?\d+)?|\$?\d+:\$?\d+))(?![\w(])
        | (?P<number>\d+(?:{decimal}\d*)?(?:[Ee][+-]?\d+)?|{decimal}\d+(?:[Ee][+-]?\d+)?)
        | (?P<name>[^\W\d][\w.]*)
        | (?P<sign><>|<=|>=|[-+*/^&=<>%(){{}},;])
        )""",
        re.VERBOSE,
    )


@lru_cache(maxsize=4096)
def parse(formula: str, locale: Locale) -> Node:
    """The tree of a formula, whose text begins with its equals sign."""
    reader = _Reader(formula[1:].rstrip(), locale)
    node = reader.expression(0)
    if reader.kind:
        raise BadFormula(formula)
    return node


class _Reader:
    """Reads a formula from left to right, one token ahead."""

    def __init__(self, text: str, locale: Locale) -> None:
        self.text = text
        self.locale = locale
        self.pattern = _tokens_of(locale)
        self.at = 0
        self.kind = self.token = ""
        self._advance()

    def _advance(self) -> None:
        found = self.pattern.match(self.text, self.at)
        if found is None:
            if self.at < len(self.text):
                raise BadFormula(self.text)
            self.kind = self.token = ""
            return
        self.at = found.end()
        self.kind = str(found.lastgroup)
        self.token = found[self.kind]

    def _take(self, sign: str) -> None:
        if self.token != sign:
            raise BadFormula(self.text)
        self._advance()

    def expression(self, least: int) -> Node:
        left = self._operand()
        while self.kind == "sign":
            sign = self.token
            if sign == "%":
                self._advance()
                left = ("percent", left)
            elif _BINDING.get(sign, 0) > least:
                self._advance()
                left = ("op", sign, left, self.expression(_BINDING[sign]))
            else:
                break
        return left

    def _operand(self) -> Node:
        kind, token = self.kind, self.token
        if kind == "sign" and token in "+-":
            self._advance()
            inner = self.expression(5)  # a sign binds more tightly than a power: -2^2 is 4
            return ("minus", inner) if token == "-" else inner
        if kind == "sign" and token == "(":
            self._advance()
            node = self.expression(0)
            self._take(")")
            return node
        if not kind or kind == "sign":
            raise BadFormula(self.text)
        self._advance()
        if kind == "name":
            return self._call(token) if self.token == "(" else _word(token)
        if kind == "number":
            return ("number", float(token.replace(self.locale.decimal, ".")))
        if kind == "text":
            return ("text", token[1:-1].replace('""', '"'))
        if kind == "error":
            return ("error", token)
        return _cells(token)

    def _call(self, name: str) -> Node:
        self._advance()
        arguments: list[Node] = []
        separators = {self.locale.argument_separator, ";"}
        while self.token != ")":
            if self.token in separators:
                arguments.append(("blank",))
                self._advance()
                continue
            arguments.append(self.expression(0))
            if self.token in separators:
                self._advance()
                if self.token == ")":
                    arguments.append(("blank",))
            elif self.token != ")":
                raise BadFormula(self.text)
        self._advance()
        return ("call", name.upper(), tuple(arguments))


def _word(token: str) -> Node:
    if token.upper() in ("TRUE", "FALSE"):
        return ("truth", token.upper() == "TRUE")
    return ("name", token)


def _cells(token: str) -> Node:
    title, cells = split(token)
    found: Span | None = span(cells)
    if found is None:
        raise BadFormula(token)
    return ("cells", title, found)
