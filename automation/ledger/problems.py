"""Every sentence that the jobs write about a row: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from automation.ledger.model import Problem
from automation.ledger.procedure_problems import PROCEDURE_PROBLEMS
from automation.ledger.reception_problems import RECEPTION_PROBLEMS
from automation.text.catalogue import Message, msg
from automation.text.characters import cut
from sheet_schema import REGISTER
from sheet_schema.word import Labelled

_SAY_WHY = msg("To correct a mistake in it, first say why in Correction.")
_LEAVE_IT = msg("Leave it here: it is the rule of older cases.")
_NEVER_RIGHT = msg(
    "Leave it here: older cases go by it. If it was wrong from the start, say why in Correction, then take it out."
)
_FILL_GAP = msg("If one should, say why in Correction and empty Until, or add a row.")

# code: what is wrong, what to do
_PROBLEMS: Mapping[str, tuple[Message, ...]] = MappingProxyType({
    # cells
    "too_long_to_read": (msg("{column} has {value} characters; more than {most} are not read as names."), msg("Write only the names of whom it is about there, and the rest in the summary.")),
    "formula": (msg("{column} holds a formula."), msg("Type the value itself.")),
    "smart_chip": (msg("{column} holds a smart chip, which a run cannot compare with what it read."), msg("Replace it by plain text (Ctrl+Shift+V pastes as text); until then this case's mails go alone.")),
    "spilled": (msg("{column} shows the result of a formula that stands in another cell."), msg("Type the value itself, and take that formula out of the Register; until then this case's mails go alone.")),
    "cell_image": (msg("{column} holds an image within the cell."), msg("Put it over the cells, or a link into the cell; until then this case's mails go alone.")),
    "two_forms": (msg("{column} is read otherwise than it was entered."), msg("Clear the cell and type it again as plain text; until then this case's mails go alone.")),
    "restless": (msg("This row did not settle in {count} runs in a row: each time it had changed while it was being written."), msg("If nobody types in it, type its cells again as plain text; until then this case's mails go alone.")),
    "error_value": (msg("{column} shows {value}."), msg("Type the value again.")),
    "not_a_date": (msg("{column}: “{value}” is not a date."), msg("Write the day itself, year first; leave the cell empty if there is none yet.")),
    "ambiguous_date": (msg("{column}: “{value}” could be {readings}."), msg("Write the one that is meant as it stands here.")),
    "serial_day": (msg("{column}: “{value}” is no date that people write; a spreadsheet keeps {readings} under this number."), msg("If that day is meant, write it as it stands here.")),
    "no_year": (msg("{column}: “{value}” has no year."), msg("Write the year too.")),
    "no_year_asked": (msg("{column}: “{value}” has no year."), msg("If it means {readings}, write that.")),
    "no_day": (msg("{column}: “{value}” does not say which day."), msg("Write year, month and day.")),
    "no_such_day": (msg("{column}: there is no such day as “{value}”."), msg("Check month and day.")),
    "wrong_weekday": (msg("{column}: “{value}” names another weekday than that of {readings}."), msg("Check which of the two is right, and write the day alone.")),
    "relative_day": (msg("{column}: which day “{value}” is depends on when it was written."), msg("Write the day itself, year first.")),
    "relative_day_asked": (msg("{column}: which day “{value}” is depends on when it was written."), msg("If it was written today it is {readings}: write the day itself.")),
    "day_taken": (msg("{column}: “{value}” is taken for {meant}, by the day on which it was written."), msg("Write the day itself if that is wrong.")),
    "date_out_of_range": (msg("{column}: {value} is not a likely year."), msg("Check the year.")),
    "not_whole": (msg("{column}: “{value}” is not a whole number."), msg("Write digits only, like 12.")),
    "number_taken": (msg("{column}: “{value}” is taken for {meant}."), msg("Write the number itself if that is wrong.")),
    "nobody_came": (msg("{column}: “{value}” says that nobody came, and the names are not counted."), msg("Leave it blank to count them.")),
    "word_taken": (msg("{column}: “{value}” is taken for {meant}."), msg("Choose from the list if that is wrong.")),
    "leapfrog_unused": (msg("{column} is ticked, but nobody came."), msg("Check the channel; only visits count.")),
    "how_many": (msg("{column} is blank, and “{value}” does not say how many."), msg("Write the number. Until then leaders are told as of a large group.")),
    "too_large": (msg("{column}: {value} is not a likely number."), msg("Check it.")),
    "not_on_list": (msg("{column}: “{value}” is not on the list."), msg("Choose one of: {choices}.")),
    "not_a_tick": (msg("{column}: “{value}” is neither a tick nor blank."), msg("Write ✓ or leave it empty.")),
    "not_a_time": (msg("{column}: “{value}” is not a time of day."), msg("Write it like 07:00.")),
    "not_a_zone": (msg("{column}: “{value}” is not a time zone."), msg("Write it like Asia/Shanghai.")),
    "bad_setting": (msg("{column}: “{value}” cannot be used."), msg("The default, “{default}”, stands until it is mended.")),
    "setting_place": (msg("{column}: {value} is nothing that can be filled in."), msg("Here only these can: {allowed}. Until then the default, “{default}”, stands.")),
    "setting_no_place": (msg("{column}: {value} is nothing that can be filled in."), msg("Nothing in braces is filled in here: write what is meant. Until then the default, “{default}”, stands.")),
    "not_a_domain": (msg("{column}: “{value}” is not a mail domain."), msg("Write it like school.example. Until then only the others here count; if there are none, mail goes anywhere.")),
    "old_cases_wait": (msg("Cases that were closed long before the ledger first saw them stay in the Register: {count}."), msg("Look at them. Type a day at “{setting}” to file those that were first seen up to that day; Ctrl+; types today.")),
    "year_ahead": (msg("The cases filed in {year} ({count}) are to move to the year book {value}, with all that was written about them, at the first run on a day off, or outside the hours of mail, from {day} on."), msg("`close-year` says what would move. To keep them here, type 0 at “{setting}”.")),
    "year_not_closed": (msg("The cases filed in {year} could not be moved to their year book on {day}: {reason}"), msg("It is tried again once a day. To keep them here, type 0 at “{setting}”.")),
    "year_closed": (msg("The cases filed in {year} stand in the year book {value} since {day}."), msg("Keep the book where it is. What could not move stays in Filing: `close-year` says what, and why.")),
    "year_stays": (msg("None of the cases filed in {year} could be moved to a year book on {day}."), msg("`close-year` says why; it moves them once that is mended.")),
    "intake_no_tab": (msg("{column}: there is no tab “{value}”."), msg("Write its name as it stands at the foot of the workbook, or leave this blank.")),
    "intake_own_tab": (msg("{column}: “{value}” is a tab of the ledger itself."), msg("Name the tab that the form fills.")),
    "intake_no_headings": (msg("{column}: “{value}” has no headings."), msg("Its first line must name the columns, as the form writes them.")),
    "intake_heading": (msg("{column}: “{value}” cannot be used."), msg("Write heading = column, such as {example}, or heading = - for one that is not to be read.")),
    "intake_flood": (msg("{count} rows of a form are new at once, more than {most}: none of them was taken over, and none is lost."), msg("Look at them, and delete what is of no concern. To let them all in, write a larger number at “{setting}”.")),
    "intake_file": (msg("A file in the folder of the form cannot be taken over: {reason}"), msg("Put it right, or take it away.")),
    "unknown_setting": (msg("There is no setting called “{value}”."), msg("Check the name; the docs list them all.")),
    "twice": (msg("{column}: “{value}” stands here twice."), msg("Keep one of the two rows.")),
    "word_is_taken": (msg("{column}: “{value}” is itself a word of that list and means what it says."), msg("Choose another word.")),
    "word_means_other": (msg("{column}: “{value}” usually means {other}; this row gives it another meaning."), msg("Delete the row if that was not intended.")),
    "lost_zero": (msg("{column} was stored as a number; a leading zero may be gone."), msg("Type it again if it began with 0.")),
    # numbers
    "copied_number": (msg("This number also stands in row {other}; neither row is processed."), msg("Clear the number of the copy; it then gets its own.")),
    "foreign_number": (msg("“{value}” is not a number this ledger issued; the row is not processed."), msg("Clear the cell; the row then gets its own number.")),
    "overwritten_number": (msg("“{value}” is not a number this ledger issued: this row was {number}. It is not processed."), msg("Write {number} back, or clear the cell: the row then gets {number} back.")),
    "filed_number": (msg("{value} is already in Filing; this row is not processed."), msg("Clear the number to register it anew, and write {value} in Repeat of.")),
    "missing_number": (msg("{value} is missing from the Register, like a page torn out."), msg("Put the row back (Undo, version history or restore). A case entered by mistake gets the decision Void instead.")),
    "emptied": (msg("{value} held a case and is now empty."), msg("Put it back (Undo or restore). A case entered by mistake gets the decision Void instead.")),
    "many_missing": (msg("{count} numbers are gone at once: {value}."), msg("Nothing was written or sent. Undo the last sort or deletion.")),
    "many_torn": (msg("In {count} rows both name and summary changed at once: {value}. A sort may have torn the numbers off."), msg("Nothing was written or sent. Undo the sort.")),
    "torn_numbers": (msg("In {count} rows between row {first} and row {last}, a case stands under another number than before, as after filling the numbers down: {value}."), msg("Nothing was written or sent. Undo it, or write the numbers back.")),
    "torn_columns": (msg("In {count} rows between row {first} and row {last}, cells stand apart from the rest of their case, as after a sort of some columns only: {value}."), msg("Nothing was written or sent. Undo it, or go back to the version before it.")),
    "copied_over": (msg("In {count} rows between row {first} and row {last}, what differed gave way to what stands in other rows, as after filling a cell down: {value}."), msg("Nothing was written or sent. Undo it, or go back to the version before it.")),
    "counted_on": (msg("In {count} rows between row {first} and row {last}, what stood there gave way to a series that counts on from row to row, as after dragging a cell down: {value}."), msg("Nothing was written or sent. Undo it, or go back to the version before it.")),
    "torn_journal": (msg("What stands there cannot be read: {value}. A mail may have been sent of which nothing is known."), msg("Compare Notices with what people received, then delete these lines.")),
    # rows
    "missing": (msg("{column} is missing."), msg("Fill it in.")),
    "several_missing": (msg("Missing: {columns}."), msg("Fill them in.")),
    "which_procedure": (msg("{column} is missing."), msg("Choose which procedure in law it goes to: {choices}.")),
    "which_day_received": (msg("On which day was this received?"), msg("Fill in Received on; Ctrl+; types today.")),
    "which_day_decided": (msg("On which day was this decided?"), msg("Fill in Decided on; Ctrl+; types today.")),
    "which_day_concluded": (msg("On which day was the inquiry concluded?"), msg("Fill in Concluded on; from that day on counts by when the accuser has to be told the result.")),
    "out_of_order": (msg("{column} ({value}) is before {other} ({floor})."), msg("Check the two dates.")),
    "in_the_future": (msg("{column} ({value}) is still to come."), msg("Check the date.")),
    "future_perhaps": (msg("{column} ({value}) is still to come."), msg("Is {other} meant?")),
    "received_long_ago": (msg("{column} ({value}) is long before {floor}, when this number was first used."), msg("Check the date. If it is right, leave it; nobody is asked again once there is a decision.")),
    "received_perhaps": (msg("{column} ({value}) is long before {floor}, when this number was first used."), msg("Is {other} meant? If {value} is right, leave it.")),
    "unknown_department": (msg("{column}: “{value}” is not in Departments."), msg("Choose from the list, or add it to Departments.")),
    "unknown_person": (msg("{column}: “{value}” is nobody in People."), msg("Check the name, or add it to People.")),
    "misspelt_person": (msg("{column}: “{value}” is nobody in People."), msg("Did you mean {others}? Choose the name from the list, or add it to People.")),
    "several_people": (msg("{column}: “{value}” could be {others}."), msg("Choose one of them from the list.")),
    "readers_unnamed": (msg("{column}: “{value}” leaves open who else is meant."), msg("Write every full name, with ; between; until then the department's mailbox gets nothing of a case that somebody must be kept from.")),
    "misspelt_department": (msg("{column}: “{value}” is not in Departments."), msg("Did you mean {others}? Choose it from the list, or add it to Departments.")),
    "several_departments": (msg("{column}: “{value}” could be {others}."), msg("Choose one of them from the list.")),
    "may_not_know": (msg("{column}: {value} may not know of this case, and gets no ordinary mail of it."), msg("Choose another.")),
    "approved_by_barred": (msg("{column}: this case is, or may be, about {value}."), msg("Have the extension approved by somebody else.")),
    "unknown_topic": (msg("{column}: “{value}” is not in Topics."), msg("Choose from the list, or add it to Topics.")),
    "unknown_case": (msg("{column}: there is no case {value}."), msg("Write the number of the earlier case, or none.")),
    "repeats_itself": (msg("{column} names this case itself."), msg("Write the number of the earlier case, or none.")),
    "petitioner_several_addresses": (msg("Whoever brought this gets no mail: it is not plain which address in Contact is meant."), msg("Write one address, or several with ; between.")),
    "petitioner_address_is_ours": (msg("Whoever brought this gets no mail: the address in Contact is one of ours."), msg("Check the address.")),
    "answer_rating": (msg("Whoever brought {number} says how it was handled."), msg("Tick Take over, and the next run writes it into {rating}.")),
    "answer_no_rating": (msg("Whoever brought {number} wrote this; it is not plainly Good, Fair or Poor."), msg("Read it, and type what they say of how it was handled into {rating}.")),
    "answer_rating_there": (msg("Nothing was taken over: {rating} of {number} is filled in already."), msg("Untick Take over.")),
    "decision_first": (msg("{column} is filled in, but there is no decision."), msg("Choose the decision first.")),
    "reply_without_outcome": (msg("There is a reply date but no outcome."), msg("Choose the outcome.")),
    "outcome_without_reply": (msg("There is an outcome but no reply date."), msg("Fill in Replied on once they have been answered.")),
    "review_without_request": (msg("Stage 2 is marked answered, but nobody asked for it."), msg("Fill in Stage 2 asked on.")),
    "superior_unused": (msg("{column} is filled in, but the channel is not Authority."), msg("Check the channel.")),
    "told_of_no_extension": (msg("They were told of an extension, but none is filled in."), msg("Fill in Extended to, Approved by and Extension reason, or clear the day.")),
    "extension_incomplete": (msg("An extension needs all three: Extended to, Approved by and Extension reason."), msg("Fill in what is missing; until then the old date stands.")),
    "extension_late": (msg("The extension does not count for {steps}: it was entered on or after the last day, {value}."), msg("The old date stands.")),
    "extension_too_long": (msg("The extension does not count for {steps}: it goes beyond {value}, the latest the rule allows."), msg("The old date stands; choose an earlier day.")),
    "extension_not_allowed": (msg("The extension does not count for {steps}: the rule for this case allows none."), msg("The old date stands.")),
    "extension_superior": (msg("The extension does not count for {steps}: whoever asked wants it by {value}."), msg("That date stands; if they agreed to a later one, write it in They want it by.")),
    "extension_no_gain": (msg("Extended to is not after the deadline of {value}."), msg("The old date stands.")),
    "extension_kept": (msg("The extension counted when it was first seen, and still does, though {column} has changed since."), msg("Put {column} right; if it was not approved, clear Extended to.")),
    "approver_without_role": (msg("{column}: {value} may not approve an extension; {roles} may."), msg("Have it approved by one of them, and write the name as in People; until then the old date stands.")),
    "approver_unknown": (msg("{column}: “{value}” is nobody in People, so the extension does not count."), msg("Write the name as in People; until then the old date stands.")),
    "approver_misspelt": (msg("{column}: “{value}” is nobody in People, so the extension does not count."), msg("Did you mean {others}? Choose the name from the list; until then the old date stands.")),
    "approver_several": (msg("{column}: “{value}” could be {others}."), msg("Choose the one who approved it from the list; until then the old date stands.")),
    "approver_unclear": (msg("{column}: “{value}” leaves open whether the extension was approved, or by whom."), msg("Once it is approved, write only the name of who did it; until then the old date stands.")),
    "approved_late": (msg("The extension was first complete, with who approved it and why, on {value}, after the last day, {floor}. It counts, since the new date was entered before."), msg("If it was not approved in time, clear Extended to.")),
    "extended_twice": (msg("This was already extended, to {value}; a case is extended once."), msg("The first extension stands.")),
    "ambiguous_name": (msg("“{value}” could be {others}."), msg("Write the full name, or (outside) behind it, or - if it is about nobody; until then nobody who could be meant is told of this case.")),
    "ambiguous_name_kept": (msg("“{value}” could be {others}."), msg("Write the full name, or (outside) behind it, or - if it is about nobody; until then nobody but the office and the person outside the school is told, and nobody who could be meant.")),
    "stranger": (msg("“{value}” is nobody in People or Departments."), msg("Write the full name, or (outside) behind it, or - if it is about nobody.")),
    "stranger_kept": (msg("“{value}” is nobody in People or Departments."), msg("Write the full name, or (outside) behind it, or - if it is about nobody; until then nobody but the office and the person outside the school is told.")),
    "others_unnamed": (msg("“{value}” does not name everybody it speaks of."), msg("Write everybody's full name, or delete what is known to be nobody.")),
    "others_unnamed_kept": (msg("“{value}” does not name everybody it speaks of."), msg("Write everybody's full name, or delete what is known to be nobody; until then nobody but the office and the person outside the school is told.")),
    "says_nothing": (msg("“{value}” does not say whom this is about."), msg("Write the full name, or - if it is about nobody.")),
    "says_nothing_kept": (msg("“{value}” does not say whom this is about."), msg("Write the full name, or - if it is about nobody; until then the case stays with a few, such as the office and the person outside the school.")),
    "nobody_is_told": (msg("No mail of this case goes to anybody: whoever may know of it has no address, or one that others read, too."), msg("In People, give somebody in the office or the person outside the school an address that nobody else reads.")),
    "office_is_not_told": (msg("No mail of this case goes to the office: its mailbox is one that others read, too."), msg("Look at this case here. In People, give somebody in the office an address that nobody else reads.")),
    "mentioned": (msg("The summary or the topic names {others}, and {column} is blank; until it is filled in they get no mail of this case but, should it be urgent, an alert with its number."), msg("Write the name in {column}, or - if it is about nobody.")),
    "mentioned_beside": (msg("The summary or the topic names {others}, but “{column}” does not; they get no ordinary mail of this case."), msg("Write the name of everybody whom it is about in {column}, or - if it is about nobody.")),
    "meant_earlier": (msg("“{column}” meant {others} when it was typed, so they are still kept from this case."), msg("Write the full name of everybody whom it is about; what is then written decides.")),
    "handler_left": (msg("{value} is away, and People does not say until when."), msg("Choose another handler; or enter in People until when, or a stand-in who is there.")),
    "hands_unreached": (msg("{value} cannot be told of this case by mail: nobody there has an address that mail can go to, or they are away."), msg("Tell them yourself; and in Departments fill in Email, or a Head who is there and has an address.")),
    "no_on_an_allegation": (msg("An Allegation is confidential by rule: “No” does not count here, and the case stays restricted."), msg("Clear {column}. If it need not be confidential, write why in Reason, which counts while the case is undecided or accepted.")),
    "told_before": (msg("Mail about this case already went to somebody who must not know of it (mailboxes: {count}; last on {value})."), msg("It cannot be taken back; prove says what it was. No ordinary mail about it goes there any more.")),
    "held_formula": (msg("This closed row holds a formula, which cannot move to Filing."), msg("Put its value in its place; the next run files the row.")),
    "held_referred": (msg("A formula elsewhere points at this closed row, so it cannot move to Filing."), msg("Change that formula; the next run files the row.")),
    "held_merged": (msg("This closed row has merged cells, which cannot move to Filing."), msg("Unmerge them; the next run files the row.")),
    "held_picture": (msg("A picture or chart stands on this closed row, so it cannot move to Filing."), msg("Move the picture; the next run files the row.")),
    "held_note": (msg("This closed row has a note that cannot move to Filing."), msg("Copy the note's text into a cell and delete the note; the next run files the row.")),
    "held_kept": (msg("This closed row stays here: somebody who gets the list of what was filed, or may ask for it, must not know of it."), msg("The row is filed once nobody whom it is about is archivist or administrator.")),
    "held_array": (msg("A formula over several cells (an array, a spill, a data table) reaches this closed row, so it cannot move to Filing."), msg("Take that formula out of this tab; the next run files the row.")),
    "held_control": (msg("A check box or other control stands on this closed row or is linked to a cell in it, so the row cannot move to Filing."), msg("Delete the control or link it elsewhere; the next run files the row.")),
    "held_shown": (msg("A text box or picture shows what stands in this closed row, so it cannot move to Filing."), msg("Delete the text box or picture, or let it show another cell; the next run files the row.")),
    "held_shared": (msg("This file is shared in the old way of Excel, whose log of changes names every row, so no closed row can move to Filing."), msg("Stop sharing it (Review, Unshare Workbook); the next run files the row.")),
    "held_unknown": (msg("Something in this file that the program does not know (from an add-in or a newer Excel) seems to refer to this closed row or to one below it, so it cannot move to Filing."), msg("Move such things to a tab of your own, or delete them; the next run files the row.")),
    # Answers
    "answer_which_case": (msg("It is not certain which case this answers: {others}."), msg("Read it, and type the number.")),
    "answer_no_case": (msg("This answers a mail that is about no single case."), msg("Read it, and type the number if it is about one.")),
    "answer_no_text": (msg("No new text was found in this mail."), msg("Look at the files, or read the mail in the mailbox.")),
    "answer_result_there": (msg("“{column}” of {number} is filled in already, so this was not taken over."), msg("Copy what is missing there, or take the tick out.")),
    "answer_case_gone": (msg("{number} is not in the Register, or not for certain, so this was not taken over."), msg("Check the number.")),
    "answer_stranger": (msg("Our mail that this one names did not go to {value}."), msg("Nothing of it was kept; read it in the mailbox, and trust it to no case unless you know who wrote it.")),
    "answer_may_not_know": (msg("{value} may not know of the case, or no longer."), msg("Nothing of it was kept; whoever may know of the case reads it in the mailbox.")),
    "answer_spoofed": (msg("The mail server says that {value} did not send this."), msg("Nothing of it was kept. Do not answer it; ask by telephone.")),
    "answer_no_reply": (msg("{value} wrote without answering a mail of the ledger that can be known for certain."), msg("Nothing of it was kept; read it in the mailbox.")),
    "answer_unreadable": (msg("This mail from {value} is too large, or damaged."), msg("Nothing of it was kept; read it in the mailbox.")),
    # Filing
    "filed_twice": (msg("{value} stands in Filing twice."), msg("Find out which is the true one and delete the copy.")),
    "archive_no_twice": (msg("The archive number {value} was given twice."), msg("Find out which row bears it rightly; put the other back from a backup.")),
    "unsealed": (msg("{value} stands in Filing without a seal: it was not put there by the job."), msg("Cases are filed by the job; take the row out, or find out who put it there.")),
    "seal_twice": (msg("The seal number {value} stands in two rows."), msg("A row was copied: delete the copy.")),
    "owed_altered": (msg("{value}: what its steps owed (Owed) was changed after it was filed."), msg("Undo the change, or say why with reseal {value} --reason.")),
    "seal_broken": (msg("{value} was changed after it was filed."), msg("Undo the change, or say why with reseal {value} --reason.")),
    "seals_differ": (msg("The seals are not those of the last filing ({value})."), msg("Compare with the last hand-over mail, and put a backup back.")),
    "filed_gone": (msg("{count} filed cases are gone: {value}."), msg("Put them back with restore.")),
    "filed_back": (msg("{value} was filed and stands here again."), msg("Put it back into Filing (Undo or restore); to take the matter up again, make a new line and write {value} in Repeat of.")),
    "seals_gone": (msg("{count} sealed rows are gone; their seal numbers: {value}."), msg("Put them back with restore.")),
    "history_strange": (msg("History speaks of {value}, a number that was never issued."), msg("History is written by the job alone; find out who wrote there.")),
    "history_torn": (msg("History is not as the run of {value} left it: lines that it wrote were taken out, or others put in."), msg("History is written by the job alone; find out who wrote there, and compare with a backup.")),
    "history_changed": (msg("This line of History was changed after the run of {value} wrote it."), msg("History is written by the job alone; find out who wrote there, and compare with a backup.")),
    "history_before": (msg("The lines of History before the run of {value} are not those that stood there when it ran."), msg("History is written by the job alone; find out who wrote there, and compare with a backup.")),
    "history_put_in": (msg("This line of History was written by no run."), msg("History is written by the job alone; find out who wrote there, and compare with a backup.")),
    "unassigned": (msg("No routing rule could give this case to anyone."), msg("Choose the department.")),
    # administrators' tabs
    "rule_unknown": (msg("{column}: “{value}” does not exist."), msg("Check the spelling.")),
    "rule_missing": (msg("{column} is missing."), msg("Fill it in.")),
    "rule_unreachable": (msg("This rule is never reached: row {other} above catches everything."), msg("Give it a lower order.")),
    "rule_shadowed": (msg("Every case that this rule fits goes by row {other} above first."), msg("Give it a lower order, or delete it.")),
    "rule_nowhere": (msg("The rule names neither a department nor a handler."), msg("Fill in Department.")),
    "no_catch_all": (msg("No rule catches what the others miss."), msg("Add a last row with a department and no conditions.")),
    "no_deadline": (msg("There is no row for the step {value}; it has no clock."), msg("Add one.")),
    "bad_reminders": (msg("{column}: “{value}” is not a list of numbers."), msg("Write it like 7,3,1; this row reminds nobody.")),
    "bad_start": (msg("A {value} clock cannot start from {other}."), msg("Choose another start.")),
    "no_breaks": (msg("Time limits count in school days, but no school break is entered, so every weekday of the holidays counts."), msg("Enter the breaks in this tab, with “{kind}”.")),
    "breaks_end": (msg("Time limits count in school days, but the last school break entered ends on {value}."), msg("Enter the next ones in this tab, with “{kind}”, before a time limit runs into them.")),
    "until_before": (msg("{column} is before the first day."), msg("Check the two dates.")),
    "absence_backwards": (msg("{column} is before the first day."), msg("Check the two dates; until then the person counts as there.")),
    "deadline_counts": (msg("Row {other} is for the same cases and step, and does not count."), msg("Delete one of the two, or say by Kind, Channel or From which cases it is for.")),
    "deadline_ignored": (msg("Row {other} above is for the same cases and step, so this row does not count."), msg("Delete one of the two, or say by Kind, Channel or From which cases it is for.")),
    "rungs_equal": (msg("Row {other} has the same step and level for {roles}: they are told once, by whichever row comes first."), msg("Give one of the two another level, or delete it.")),
    "rule_begins": (msg("This row holds for what begins from {day} on; before that, row {other} does."), _SAY_WHY),
    "rule_ends": (msg("This row holds for what began by {day}; after that, row {other} does."), _LEAVE_IT),
    "rule_is_over": (msg("This row holds for what began by {day}."), _NEVER_RIGHT),
    "rung_begins": (msg("This row holds for what falls due from {day} on; before that, row {other} does."), _SAY_WHY),
    "rung_ends": (msg("This row holds for what fell due by {day}; after that, row {other} does."), _LEAVE_IT),
    "rung_is_over": (msg("This row holds for what fell due by {day}."), _NEVER_RIGHT),
    "rule_gap": (msg("From {day} on, no row here holds for {step} in these cases."), _FILL_GAP),
    "rule_gap_days": (msg("From {day} to {last}, no row here holds for {step} in these cases."), _FILL_GAP),
    "rung_gap": (msg("From {day} on, no row here holds for level {level} of {step}."), _FILL_GAP),
    "rung_gap_days": (msg("From {day} to {last}, no row here holds for level {level} of {step}."), _FILL_GAP),
    "days_begin": (msg("This row counts from {day} on; what was due before that stays due."), _SAY_WHY),
    "days_end": (msg("This row counted up to {day}; what was due by then goes by it."), _NEVER_RIGHT),
    "tried": (msg("Only tried. If it held for the cases that are open today, it {would}."), msg("Set to Yes, it holds for what begins from that day on.")),
    "tried_today": (msg("Only tried. Set to Yes today, it {would}."), msg("Until then nothing changes.")),
    "tried_reason": (msg("The reason in Correction corrects nothing: set to Yes, a row that was tried is a new row."), msg("To correct the row in force, edit that row with the reason.")),
    "tried_level": (msg("Only tried. If it held for what is late today, {reached} would have reached this level (as it is: {was}), and {mails} would go out."), msg("Set to Yes, it holds for what falls due from that day on, in place of a row for the same step, level and role.")),
    "rule_stands_in": (msg("Row {other} above is for the same cases: this row is used only where that one leads to somebody who must not know of the case."), msg("If this row is meant to hold, delete the other.")),
    "rule_counts": (msg("Row {other} is for the same cases, and does not count."), msg("Delete one of the two.")),
    "bad_address": (msg("{column}: “{value}” is not a mail address."), msg("Write it like name@school.example.")),
    "chat_refused": (msg("The chat {value} did not take the last message ({reply})."), msg("Look at its address, and try it with `check --chat`. What was for the chat alone went by mail.")),
    "chat_unknown": (msg("No address is kept for the chat {value} on the computer that runs the ledger."), msg("Add it under [chat] in ledger.toml there, or mend the name. Until then all goes by mail.")),
    "chat_shared": (msg("The address of the chat {value} is kept under another name, too."), msg("Keep it under one name, in ledger.toml and here: else nobody can tell who reads along. Until then all goes by mail.")),
    "chat_is_address": (msg("What stands here is the address of a chat, which is a secret."), msg("Write it under [chat] in ledger.toml on the computer that runs the ledger, and only its name here. Whoever saw it can write in that chat: let the service give out another.")),
    "chat_not_installed": (msg("Nothing is installed that could send to the chat {value}."), msg("On the computer that runs the ledger, `check` says what to type. Until then all goes by mail.")),
    "address_refused": (msg("Mail to {value} was refused ({reply})."), msg("Correct the address, or have the mailbox put right. What could not be delivered goes out again at the new address, or once this one has taken another mail.")),
    "reserved_name": (msg("“{value}” would hide every case."), msg("Use a name of two characters or more.")),
    "unknown_block": (msg("There is no sentence called “{value}”."), msg("Its text is kept and not used. Check the name, or delete the row.")),
    "wording_brace": (msg("A brace stands alone."), msg("Each name to be filled in needs one before and one after it; until then ours is used.")),
    "wording_unknown": (msg("{value} is nothing that can be filled in."), msg("Here only these can: {allowed}. Until then ours is used.")),
    "wording_not_here": (msg("{value} cannot be filled in here."), msg("Here only these can: {allowed}. Until then ours is used.")),
    "wording_needs": (msg("The text does not say why somebody gets the mail."), msg("Put {value} in; until then ours is used.")),
    "asked_while_paused": (msg("Waits: {sending} is paused, and the answer could not be mailed."), msg("Choose another {sending}; the next run then does it.")),
    "asked_by_nobody": (msg("Waits: there is nobody to mail the answer to."), msg("Give somebody the role {role} and an address in People; the next run then does it.")),
    # the run
    "clock_back": (msg("By the clock it is {now}, but the last run was at {last}."), msg("Look at the clock of the computer on which the program runs. If it is right, type today's date at “{setting}” in Settings: the next run goes on.")),
    "clock_far": (msg("By the clock it is {now}, {days} days after the last run at {last}."), msg("Look at the clock of the computer on which the program runs. If it is right, type today's date at “{setting}” in Settings: the next run goes on.")),
    # the workbook
    "signed": (msg("This workbook is digitally signed, and whatever a run writes would break the signature."), msg("Take the signature off, and sign a copy instead: backup makes one.")),
    "no_tab": (msg("The tab “{value}” is missing."), msg("Run install: it adds what is missing.")),
    "tab_lost": (msg("The tab “{value}” is missing, though this ledger was in use."), msg("Put it back: Undo, version history or a backup. Only if that cannot be, run install, which adds one without what stood there.")),
    "rows_lost": (msg("All rows of “{value}” are gone, though this ledger was in use."), msg("Put them back: Undo, version history or a backup. Only if that cannot be, run install, and type what it does not add.")),
    "books_lost": (msg("The tab “{value}” is missing, though years of this ledger were closed: it has the numbers of the cases in year books."), msg("Put it back: Undo, version history or a backup. It is not made anew, since an empty one would not know those cases.")),
    "filed_and_closed": (msg("The case {value} stands in a year book, too."), msg("One of the two is a copy: compare them, and delete the row here if the book has it as it was sealed.")),
    "book_gone": (msg("The year book {value} cannot be read."), msg("Put it back where it was, or use restore --missing --from a backup, which puts back a copy of it.")),
    "book_lacks": (msg("In the year book {value}, {other} are missing."), msg("Put the book back from a copy, or use restore --missing --from a copy, with --workbook and the name of the book.")),
    "book_changed": (msg("In the year book {value}, {other} were changed after they were filed."), msg("Undo the change there, or put the book back from a copy.")),
    "book_owed": (msg("In the year book {value}, what the steps of {other} owed (Owed) was changed after they were filed."), msg("Undo the change there, or put the book back from a copy.")),
    "book_twice": (msg("In the year book {value}, {other} stand twice."), msg("Compare the rows there, and delete the copies.")),
    "book_more": (msg("In the year book {value}, {other} stand that were not moved there."), msg("Find out who put them there, and delete those rows.")),
    "book_resealed": (msg("In the year book {value}, the seals of {other} are no longer those that were moved there."), msg("Compare the book with a copy of it.")),
    "book_history": (msg("Lines of History in the year book {value} are not as the runs wrote them."), msg("Compare the book with a copy of it, and put that back if need be.")),
    "notices_lost": (msg("What “{value}” knew is gone: which mails were sent. Without it all of them would go out a second time."), msg("Put the tab back: Undo, version history or a backup. Only if that cannot be, type tomorrow's date at “{setting}” in Settings, then run install: what fell due before that day is not mailed one by one again.")),
    "renamed_tab": (msg("The tab “{value}” is missing; its headings stand in “{other}”."), msg("If that is the tab, give it its name back. If it is a copy, put the lost tab back first (Undo, version history or a backup).")),
    "tab_gone": (msg("The tab “{value}” is gone, with all that stood in it."), msg("Bring it back: Undo, the version history, or the last backup of the workbook. It is not made anew, since an empty one would give cases second numbers.")),
    "headings_gone": (msg("“{title}” is no longer the ledger's tab “{value}”: most of its headings are gone."), msg("Bring it back: Undo, the version history, or the last backup of the workbook. Nothing is added to what stands there now.")),
    "headings_moved": (msg("The headings of “{value}” stand in row {row}, not in the first."), msg("Take the title above them away; if a sort put rows above them, undo it instead.")),
    "no_numbers": (msg("The column “{value}” is missing, though there are rows."), msg("Give its heading the old name back, or undo. Install does not add it: every case would get a second number.")),
    "renamed_column": (msg("In “{title}” the column “{value}” is missing; in its place stands “{other}”."), msg("If that is the column, give its heading the old name back: {value}. If it is one of your own, move it behind the last column, then run install.")),
    "no_column": (msg("The column “{value}” is missing."), msg("If it was renamed, give it its old name back. Otherwise run install: it adds what is missing.")),
    "no_columns": (msg("This version of the program needs columns that this ledger lacks: {value}."), msg("If headings were renamed, first give them their old names back. Then run install once: it adds what is missing and changes nothing that you typed.")),
    "doubled_column": (msg("The column “{value}” stands here twice."), msg("Rename one of the two.")),
    **PROCEDURE_PROBLEMS,
    **RECEPTION_PROBLEMS,
})  # fmt: skip


SKIPPED = msg("Until then this row is skipped.")
COUNTS_AS_BLANK = msg("Until then this cell counts as blank.")
ALERTED = msg("Until then everybody whom it could mean is alerted, and whoever has the role duty.")
"""What becomes of a row of an administrators' tab, or of its cell, while something in it cannot be used."""
_MEANWHILE: Mapping[str, Message] = MappingProxyType({
    "kind": msg("Until then the case is treated as if it were an Allegation."),
    "restricted": msg("Until then the case is treated as restricted."),
    "important": msg("Until then the case counts as important: leaders are told of it."),
    "people": msg("Until then the largest number here counts; without any, leaders are told of it as of a group visit."),
})  # fmt: skip
"""What a cell of the Register that cannot be read is taken for, by column (docs/design.md#p5.6, 4.9)."""


def meanwhile(column: str) -> tuple[Message, ...]:
    """What a cell of this column of the Register counts as while it cannot be read; nothing if as nothing."""
    return (_MEANWHILE[column],) if column in _MEANWHILE else ()


def problem(code: str, **details: object) -> tuple[Message, ...]:
    """What is wrong, and what to do: two sentences whose placeholders are filled from `details`, labels in the language in
    which they will be said.

    Raises KeyError for an unknown code. Braces in a cell's text do no harm.
    """
    short = {key: _shortened(value) for key, value in details.items()}
    return tuple(sentence.of(**short) for sentence in _PROBLEMS[code])


def missing_together(found: Sequence[Problem]) -> list[Problem]:
    """The problems of one row, with the cells that are only missing named in one sentence."""
    missing = [one for one in found if one.code == "missing"]
    if len(missing) < 2:
        return [*found]
    together = replace(missing[0], said=problem("several_missing", columns=[REGISTER[one.column] for one in missing]))
    return [together if one is missing[0] else one for one in found if one is missing[0] or one.code != "missing"]


def _shortened(value: object, most: int = 120) -> object:
    """A cell's text, cut to fit in a sentence: one line of at most `most` characters. A label is whole."""
    if isinstance(value, list):
        return type(value)(_shortened(one) for one in value)
    return value if isinstance(value, Labelled | Message) else cut(" ".join(str(value).split()), most)
