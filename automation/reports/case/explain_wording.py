"""The sentences of `explain`, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from automation.text.catalogue import Message, counted, msg

SENTENCES: Mapping[str, Message] = {
    "due": msg("{step}: due {due} = {sum}"),
    "done": msg("{step}: done on {day}{late} (was due {due} = {sum})"),
    "set_for": msg("{step}: set for {day} (to be by {due} = {sum})"),
    "undated": msg("{step}: done, on a day not given (was due {due} = {sum})"),
    "ends": msg("{step}: ends {due} = {sum}"),
    "ended": msg("{step}: ended {due} = {sum}"),
    "late": counted("; 1 day late", "; {n} days late"),
    "done_late": counted(", 1 day late", ", {n} days late"),
    "basis": msg("    Basis: {basis}"),
    "row": msg("    Deadlines, row {row}"),
    "owed": msg("    What was owed: due {due}, fixed on {day}; {how}"),
    "owed_nothing": msg("    What was owed: no day, by the rules of {day}"),
    "owed_in_time": msg("done in time"),
    "owed_late": msg("done late"),
    "owed_undated": msg("done, on a day not given"),
    "rule": msg("Department: {department}, by routing row {row} (order {order})"),
    "note": msg("    Note: {note}"),
    "taken": msg("{column}: “{typed}” is taken for {meant}"),
    "typed": msg("Department: {department}, typed by a person (routing would say: {other})"),
    "then": msg("Department: {department}, by the rules of that day (routing would now say: {other})"),
    "department": msg("Department: {department}"),
    "none": msg("Department: none yet"),
    "passed": msg("    Passed over because of a conflict of interest: row {row}"),
    "problems": msg("To be mended: {text}"),
    "flags": msg("Flags: {text}"),
    "review": msg("The department and the rule of a restricted case are in the ledger."),
    "nobody": msg("nobody"),
    "in_book": msg("{number} was filed on {day}{archive_no}: it stands in the year book {book}."),
    "filed": msg("{number} was filed on {day}{archive_no}: row {row} of Filing."),
    "as": msg(" as {archive_no}"),
    "closed": msg("Closed on {day}."),
    "extension": msg("    The day stands because it was approved, reasoned and in time."),
    "so_far": msg("So far:"),
    "next": msg("Next, if nobody types anything:"),
    "waits": msg("    Waits for: {columns}"),
    "nothing_waits": msg("    Nothing more by itself. It waits for: {columns}"),
    "nothing": msg("    Nothing."),
    "mend": msg("    Nothing, until what is to be mended is mended."),
    "over": msg("    Nothing more: closed and filed."),
    "stopped": msg("    Nothing: every run stops until a person has looked (see check)."),
    "in_doubt": msg("    Nothing, until it is clear whose number this is."),
    "blank": msg("    Nothing: nobody has typed in this line yet."),
    "stays": msg(
        "    It stays in the Register: something keeps it from Filing (see what is to be mended, and Notices)."
    ),
    "trial": msg("    Sending is trial: mails are only written and shown."),
    "paused": msg("    Sending is paused: no mail goes out until it is set to release or live."),
    "held": msg("    It is outside working hours: ordinary mail waits."),
}
