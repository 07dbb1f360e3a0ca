"""What Index keeps of the cells that people type in each live case, and which of them they changed (docs/design.md#p2.24).

Cells are kept as a person sees them, and compared with the ledger as it was read: what the program fills in is nobody's
change. Of a case that no run has seen yet nothing is kept, so that nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from automation.cases.confidentiality import quotable_cases
from automation.cases.register_lines import RegisterLines
from automation.ledger.cells import parse_column
from automation.ledger.memo import Memo
from automation.ledger.model import Ledger
from automation.ledger.packed import Texts, as_json, packed, texts_in
from automation.ledger.table import Array, Table
from automation.ledger.typed.cell import cell_texts
from sheet_schema import REGISTER, Type

LONGEST = 30_000
"""So many characters may stand in a cell of Index; Excel takes 32,767."""
_CUT = (8_000, 2_000, 500, 100)
"""To how many characters the cells of a row that is longer are cut."""
_CUT_AT = "cut"
"""Stands beside the cells of a row that was cut, which no column is called: to how many characters."""
_TICKED, _TICK = frozenset(column.key for column in REGISTER if column.type is Type.TICK), "✓"
_DECIDES = frozenset({"channel", "kind", "topic", "identity", "summary", "about", "restricted", "decision", "reason"})
"""The cells by which a case is restricted or not."""


@dataclass(frozen=True, slots=True)
class AlteredCell:
    """A cell of a live case that people changed since the last run: as text, `""` for a blank one.

    `position` is the line in the Register. `quotable` says whether the case was and is one of which more than the number
    may be said.
    """

    position: int
    case_no: str
    column: str
    before: str
    after: str
    quotable: bool


def altered_cells(before: Ledger, after: Ledger, lines: RegisterLines) -> list[AlteredCell]:
    """Every cell of a live case that people changed since the last run.

    `before` is the ledger as read, `after` with what the run worked out, and `lines` are those of `after`.
    """
    changed = _changed(before, after, lines)
    kept = {at: texts_in(after.index["as_seen"][lines.index_at[at]]) for at in changed if at < len(before.register)}
    then = {at: texts for at, texts in kept.items() if texts}
    now = dict(zip(then, texts_at(before.register, [*then]), strict=True))
    different = {at: [*_different(texts, now[at])] for at, texts in then.items()}
    different = {at: keys for at, keys in different.items() if keys}
    if not different:
        return []
    positions = [*different]
    quotable = dict(zip(positions, _quotable(after, positions, then, different), strict=True))
    return [
        AlteredCell(
            position=at,
            case_no=str(after.register["case_no"][at]),
            column=key,
            before=then[at].get(key, ""),
            after=now[at].get(key, ""),
            quotable=quotable[at],
        )
        for at in positions
        for key in different[at]
    ]


def with_cells_seen(before: Ledger, after: Ledger, lines: RegisterLines) -> Ledger:
    """The ledger whose Index keeps every live case's cells as they stand once the run has written."""
    index = after.index
    changed = _changed(before, after, lines)
    filed = np.flatnonzero(~np.isnat(index["filed_on"]) & (index["as_seen"] != ""))
    if not changed and not len(filed):
        return after
    seen = index["as_seen"].copy()
    seen[lines.index_at[changed]] = [kept_cells(texts) for texts in texts_at(after.register, changed)]
    seen[np.flatnonzero(~np.isnat(index["filed_on"]))] = ""
    return after.having(index=index.having(as_seen=seen))


def with_cells_filled(after: Ledger, positions: Sequence[int], lines: RegisterLines, keys: Sequence[str]) -> Ledger:
    """The ledger whose Index keeps the cells that the program filled in these lines; all others stay as they were seen.

    For a command that fills cells without looking at the others, so that nobody is said to have filled them.
    """
    seen = after.index["as_seen"].copy()
    for at, texts in zip(positions, texts_at(after.register, positions), strict=True):
        place = lines.index_at[at]
        if lines.cases[at] and (then := texts_in(seen[place])):
            seen[place] = kept_cells({**then, **{key: texts[key] for key in keys if texts.get(key)}})
    return after.having(index=after.index.having(as_seen=seen))


def texts_at(register: Table, positions: Sequence[int]) -> list[Texts]:
    """The filled-in cells of these lines in which people type, as text; a tick as one sign in every kind of workbook."""
    at = np.asarray(positions, dtype=np.int64)
    columns = {key: cell_texts(register.read[key][at]) for key in REGISTER.staff_keys}
    filled = {key: texts for key, texts in columns.items() if texts is not None}
    rows = zip(*filled.values(), strict=True) if filled else [()] * len(positions)
    found = [{key: text for key, text in zip(filled, map(str.strip, row), strict=True) if text} for row in rows]
    return [{key: _TICK if text == "TRUE" and key in _TICKED else text for key, text in row.items()} for row in found]


def _changed(before: Ledger, after: Ledger, lines: RegisterLines) -> list[int]:
    """The lines of cases whose cells are others than after the last run, or of which nothing is kept.

    Those in which the program filled a cell count, too: it may have filled what somebody just emptied.
    """
    cases = np.flatnonzero(lines.cases & (lines.index_at >= 0))
    at = lines.index_at[cases]
    then = np.full(len(after.index), "", dtype=object)
    then[: len(before.index)] = before.index["fingerprint"]
    changed = (then[at] != after.index["fingerprint"][at]) | (after.index["as_seen"][at] == "")
    changed |= _filled(before.register, after.register)[cases]
    positions: list[int] = cases[changed].tolist()
    return positions


def _filled(before: Table, after: Table) -> Array:
    """Mask the lines in which the program filled a cell."""
    filled = np.zeros(len(after), dtype=bool)
    for key in REGISTER.staff_keys:
        old, new = before.read[key], after.read[key]
        if new is not old:
            filled[: len(old)] |= np.asarray(new[: len(old)] != old, dtype=bool)
    return filled


def kept_cells(texts: Texts) -> str:
    """A row packed for one cell. Of a row that does not fit, long cells are cut: their ends are not compared."""
    whole = packed(as_json(texts))
    for longest in _CUT:
        if len(whole) <= LONGEST:
            break
        whole = packed(as_json({**{key: text[:longest] for key, text in texts.items()}, _CUT_AT: str(longest)}))
    return whole


def _different(then: Texts, now: Texts) -> Iterator[str]:
    """The columns in which the cells differ; of cells that were cut, only what was kept is compared."""
    longest = int(then.get(_CUT_AT, LONGEST))
    for key in REGISTER.staff_keys:
        old, new = then.get(key, ""), now.get(key, "")
        if old != new and not (len(old) == longest and new.startswith(old)):
            yield key


def _quotable(
    after: Ledger, positions: Sequence[int], then: dict[int, Texts], different: dict[int, list[str]]
) -> list[bool]:
    """Whether each of these cases may be quoted now, and could be as it was seen last."""
    now = quotable_cases(after.register, after.policy)[positions]
    if not any(_DECIDES.intersection(keys) for keys in different.values()):
        return now.tolist()  # type: ignore[no-any-return]
    earlier = quotable_cases(_as_it_was(after.register, positions, then, different), after.policy)
    return (now & earlier).tolist()  # type: ignore[no-any-return]


def _as_it_was(
    register: Table, positions: Sequence[int], then: dict[int, Texts], different: dict[int, list[str]]
) -> Table:
    """These lines of the Register with the cells that people changed as they were before."""
    at = np.asarray(positions, dtype=np.int64)
    values: dict[str, Array] = {key: column[at] for key, column in register.values.items()}
    read: dict[str, Array] = {key: column[at] for key, column in register.read.items()}
    for key in sorted({key for keys in different.values() for key in keys}):
        rows = [i for i, position in enumerate(positions) if key in different[position]]
        texts = [then[positions[i]].get(key, "") for i in rows]
        values[key][rows] = parse_column(REGISTER[key], texts)[0]
        read[key][rows] = texts
    return replace(register, rows=register.rows[at], values=values, read=read, memo=Memo())
