"""Reads the tab Wording. "A block that cannot be filled is reported beside it, and ours is used" (docs/design.md#p6.12)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.model import Ledger, Problem
from automation.ledger.table import Array, Table
from automation.ledger.wording.block import Block
from automation.ledger.wording.blocks import BLOCK, BLOCKS
from automation.ledger.wording.filling import faults
from sheet_schema import LANGUAGES, Language, folded

Wording = Mapping[str, str]
"""The office's own texts that can be used, by the key of their block."""


@cache
def _by_name() -> Mapping[str, str]:
    labels = {folded(block.label(language)): block.key for block in BLOCKS for language in LANGUAGES}
    return {**labels, **{block.key: block.key for block in BLOCKS}}


def block_called(name: str) -> Block | None:
    """The sentence with this name in any language, or this key; None if there is none."""
    return BLOCK.get(_by_name().get(folded(name), ""))


def read_wording(table: Table) -> tuple[Wording, list[Problem]]:
    """The texts that can be used, and a problem for each that cannot, and for each row that is no sentence of ours."""
    texts: dict[str, str] = {}
    seen: set[str] = set()
    problems: list[Problem] = []

    def report(code: str, row: int, cell: str, **details: object) -> None:
        problems.append(Problem("wording", row, cell, code, messages.problem(code, **details)))

    for row, name, typed in zip(table.rows.tolist(), table["block"].tolist(), table["text"].tolist(), strict=True):
        block, text = block_called(name), typed.strip()
        if block is None:
            if name or text:
                report("unknown_block", row, "block", value=name)
        elif block.key in seen:
            report("twice", row, "block", column=table.tab["block"], value=name)
        else:
            seen.add(block.key)
            wrong = list(faults(block, text)) if text else []
            for code, details in wrong:
                report(code, row, "text", **details)
            if text and not wrong:
                texts[block.key] = " ".join(text.split()) if block.is_subject else text
    return texts, problems


def with_ours(ledger: Ledger) -> Ledger:
    """Write beside each sentence what we say there, what may be put in, and what it is for."""
    table = ledger.tables["wording"]
    shown = [_shown_beside(name, ledger.language) for name in table["block"].tolist()]
    columns: dict[str, Array] = {key: np.full(len(table), "", dtype=object) for key in ("ours", "allowed", "meaning")}
    for column, texts in zip(columns.values(), zip(*shown, strict=True), strict=False):
        column[:] = texts
    return ledger.having(wording=table.having(**columns))


@lru_cache(maxsize=2**10)
def _shown_beside(name: str, language: Language) -> tuple[str, str, str]:
    """Our sentence, what may be put in, and what it is for; nothing beside a name that no sentence of ours has."""
    block = block_called(name)
    if block is None:
        return "", "", ""
    return block.ours_shown(language), block.allowed_shown(language), block.meaning(language)
