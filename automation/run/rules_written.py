"""What a command other than a run writes into administrators' tabs is nobody's change (docs/design.md#p2.23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from automation.ledger.changes import as_edits, differences
from automation.ledger.parsing import parse
from automation.ledger.rules_seen import with_rows_written
from automation.ledger.titles_and_headers import titles_of
from automation.ledger.workbook import Snapshot, TabEdit
from automation.run.two_worlds import edited


def remembered_too(snapshot: Snapshot, edits: Sequence[TabEdit]) -> list[TabEdit]:
    """These edits, and those by which *Rules seen* takes them for the program's own, to be written with them."""
    before, after = parse(snapshot), parse(replace(snapshot, grids=edited(snapshot.grids, edits)))
    if not len(before.tables["rules_seen"]):
        return [*edits]
    changes = differences(before, before.having(rules_seen=with_rows_written(before, after).tables["rules_seen"]))
    return [*edits, *as_edits(changes, titles_of(snapshot.grids, before.language), before.language)]
