"""What is said beside a row about the turns of the procedure, by the code of the problem: later stages, waiting, the parts of other
departments, cases answered together, reports to the authority above, and what was erased."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from automation.text.catalogue import Message, msg

PROCEDURE_PROBLEMS: Mapping[str, tuple[Message, ...]] = MappingProxyType({
    "part_day": (msg("{column}: the day of {name}, “{value}”, cannot be read."), msg("Write it as 2026-03-20.")),
    "part_waived_why": (msg("{column}: {value} is not needed, but nothing says why; until then its part is open."), msg("Write the reason behind it, as in “{value} waived: why”.")),
    "part_answered_when": (msg("{column}: {value} has answered, but nothing says when."), msg("Write the day behind it.")),
    "part_of_nobody": (msg("{column}: {value} has no part in this case."), msg("Add it to Also involved, or take it out here.")),
    "part_after_reply": (msg("{column}: the part of {value} is due after the reply ({floor})."), msg("Choose an earlier day.")),
    "parts_missing": (msg("The case was answered, but stays open: the part of {value} is missing."), msg("Write the day of its answer in {column}, or that it is waived, and why, in Also involved.")),
    "settled_before": (msg("It repeats {value}, which a second review settled ({floor}): the same facts and reasons are not taken up again."), msg("Choose Decline with that reason; if it is about something else, write none in Repeat of.")),
    "joined_with_itself": (msg("{column} names this case itself."), msg("Write the number of the case with which this one is answered, or clear the cell.")),
    "joined_with_several": (msg("{column} could mean {others}."), msg("Write the one number of the case with which this one is answered; until then nothing counts from there.")),
    "joined_with_unknown": (msg("{column}: there is no case {value}."), msg("Write the number of the case with which this one is answered, or clear the cell.")),
    "joined_in_a_circle": (msg("{column} leads back to a case from which it comes ({value})."), msg("Clear the cell of the case that is to lead; until then nothing counts from one for another.")),
    "joined_with_doubtful": (msg("{column}: {value} stands in several rows, or in a row that is not counted."), msg("Put its number right; until then nothing counts from there.")),
    "joined_with_void": (msg("{column}: {value} is void, so nothing counts from there."), msg("Write the number of another case, or clear the cell.")),
    "joined_with_book": (msg("{column}: {value} stands in a year book, and no more of it counts here than counted before."), msg("Fill in this row itself.")),
    "joined_with_gone": (msg("{column}: the row of {value} is gone, and no more of it counts here than counted before."), msg("Put that row back, or clear the cell.")),
    "joined_note": (msg("Answered with {value}. From there counts: {columns}."),),
    "joined_note_nothing": (msg("Answered with {value}, where nothing is filled in yet that counts here."),),
    "joined_answered_before": (msg("{value} was answered before this case came."),),
    "report_owed": (msg("The authority above is to be told of this within {value} minutes of the first alert."), msg("Telephone first, then fill in {column}.")),
    "report_late": (msg("The authority above was to be told of this by {value}."), msg("Telephone now if nobody has, then fill in {column}.")),
    "second_review_without_request": (msg("Stage 3 is marked answered, but nobody asked for it."), msg("Fill in Stage 3 asked on.")),
    "second_review_without_review": (msg("Stage 3 is asked for, but stage 2 is not answered."), msg("Fill in Stage 2 answered on; stage 3 comes after it.")),
    "panel_without_request": (msg("A panel is set, but nobody asked for stage 3."), msg("Fill in Stage 3 asked on.")),
    "wait_incomplete": (msg("A wait needs both: Waiting for and Waiting since."), msg("Fill in what is missing; until then the clock runs.")),
    "wait_backwards": (msg("{column}: {value} is before Waiting since, {floor}."), msg("Put the days right; until then no new wait counts.")),
    "wait_typed_late": (msg("{column}: that we wait since {value} was first seen on {floor}, and counts from then."), msg("Type a wait on the day on which it begins. Now write {floor} here.")),
    "wait_too_late": (msg("The wait does not count for {steps}: it began, or was first seen, after the last day, {value}."), msg("That day stands.")),
    "wait_not_allowed": (msg("The wait stops no clock: none of this case may wait by its row of Deadlines."), msg("The dates stand, unless May wait up to is filled in there, with Open cases too for this one.")),
    "wait_superior": (msg("The wait does not count for {steps}: whoever asked wants it by {value}."), msg("That date stands; if they agreed to a later one, write it in They want it by.")),
    "wait_used_up": (msg("For {steps} the clock stands still up to {value} at the most, as long as its rule allows."), msg("After that it runs again: go on without what you wait for.")),
    "waited_before_unread": (msg("{column}: “{value}” does not name two days, so nothing counts of it."), msg("Write it as {example}, or take it out.")),
    "waited_before_unseen": (msg("{column}: that “{value}” was waited no run has seen, so it does not count, or not all of it."), msg("Put back what stood there, or take it out.")),
    "never_waits": (msg("{column}: {value} never waits, so this counts for nothing."), msg("Leave it blank.")),
    "erasure_changed": (msg("The certificate {other}, by which something of {value} was erased, is not as it was written."), msg("Nobody should type in Erasures: find out who did, and compare with the printed certificate and a backup.")),
    "erasure_unfinished": (msg("An erasure of {value} has begun and is not finished (certificate {other})."), msg("Say `erase --resume --yes` on the computer where it began.")),
    "erased_back": (msg("Something of {value} stands here again that certificate {other} says was erased."), msg("Find out where it came from, and erase it again: clear those cells, then run reseal.")),
})  # fmt: skip
