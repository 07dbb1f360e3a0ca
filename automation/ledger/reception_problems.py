"""What is said beside a row of Reception days, by the code of the problem: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from automation.text.catalogue import Message, msg

RECEPTION_PROBLEMS: Mapping[str, tuple[Message, Message]] = MappingProxyType({
    "reception_no_tab": (msg("Reception days are turned on, but the ledger has no tab “{value}”."), msg("Run install, which adds it.")),
    "reception_no_day": (msg("There is no day in this row."), msg("Write the day, or a rule such as every Wednesday.")),
    "reception_of_many": (msg("This row stands for many days, so what came of one of them has no day."), msg("Put it into a row of its own, with the day.")),
    "reception_over": (msg("{column}: {value} was over before the row was first seen, so the rule stands for no day."), msg("Write a later day, or leave it blank.")),
    "reception_day_off": (msg("{value} is a day off."), msg("Move it, unless it is held all the same.")),
    "reception_nothing_said": (msg("{value} is over, and nothing says what came of it."), msg("Write who came, or: nobody. If it was not held, write: cancelled.")),
    "reception_no_host": (msg("Nobody is down as host."), msg("Write who receives.")),
    "reception_host_unknown": (msg("{column}: “{value}” is nobody in People, or could be several people."), msg("Write the name as in People; until then nobody is reminded for it.")),
    "reception_host_away": (msg("{value} is away that day or has left, and nobody stands in."), msg("Write another host, or a stand-in in People.")),
    "reception_case_unknown": (msg("{number} is not in Register or Filing, or not for certain."), msg("Check the number; until then nobody is told of what was undertaken.")),
    "reception_no_by_when": (msg("{column} is missing, so that nobody is reminded of the undertaking."), msg("Write the day by which it is to be done; or when it was done.")),
    "reception_no_undertaking": (msg("There is a day for an undertaking, but no undertaking."), msg("Write what was undertaken, or clear the day.")),
    "reception_soon_due": (msg("{column}: {value} is before the reception day itself."), msg("Check it.")),
    "reception_done_early": (msg("{column}: {value} is before the reception day, or still to come."), msg("Check it.")),
    "reception_twice": (msg("{number} stands in several rows, so that nobody is told of any of them."), msg("Clear the number in the row that was copied: the next run gives that one its own.")),
    "reception_unknown": (msg("{column}: no single reception day is meant by “{value}”."), msg("Write its number, or give it a row with this day in Reception days.")),
})  # fmt: skip
