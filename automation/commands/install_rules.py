"""The rules that reach an older ledger together with a column: those of steps that no rule of its own could be for.

They hold from the day on which they are added, so that no case that was closed without the step is open again
(docs/design.md#p17.3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from automation.ledger.model import Ledger
from sheet_schema.vocabulary import Step

COMES_WITH: Mapping[str, tuple[Step, ...]] = {
    "told_of_extension_on": (Step.TELL_EXTENSION,),
    "second_review_on": (Step.SECOND_PERIOD, Step.SECOND_REVIEW),
    "concluded_on": (Step.TELL_RESULT,),
    "panel_on": (Step.PANEL,),
}
"""The columns of the Register that came with a later version, and the steps that came with each."""
TABS = ("deadlines", "escalation")


def rules_of_new_steps(
    ledger: Ledger, preset: Mapping[str, Sequence[Mapping[str, object]]], day: date
) -> dict[str, list[dict[str, object]]]:
    """By tab, the rows of the preset (in labels) for steps whose column the ledger lacks, and which none of its rows is for."""
    lacking = [step for column, steps in COMES_WITH.items() if column not in ledger.register.at for step in steps]
    wanted = {}
    for tab in TABS:
        spoken_of = {*ledger.tables[tab]["step"].tolist()}
        new = {step.label(ledger.language) for step in lacking if step.key not in spoken_of}
        wanted[tab] = [{**row, "from": day} for row in preset[tab] if row["step"] in new]
    return wanted
