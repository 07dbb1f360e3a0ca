"""All that the program assumes about Google Sheets though Google does not promise it, and what follows if it is wrong.

`check --probe` tests what a program can test (`trials.py`); a person has to look at the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from automation.text.catalogue import Message, msg

CHANCES = 3
"""How often an assumption is tested that may also hold by chance."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption: `says` states it, and `otherwise` says what follows if it is wrong.

    `by_hand` tells a person how to see it; None where `check --probe` tests it, `tries` times.
    """

    key: str
    says: Message
    otherwise: Message
    by_hand: Message | None = None
    tries: int = 1

    @property
    def can_be_probed(self) -> bool:
        return self.by_hand is None


ASSUMPTIONS = (
    # What makes a commit safe.
    Assumption(
        "echo",
        msg("The reply to a batch shows what stands there after it."),
        msg(
            "Each commit reads the journal once more, one call; should its copies be wrong too, the job's columns have to go to a tab of their own that the Register looks up, which the way commits are written allows for."
        ),
    ),
    Assumption(
        "whole",
        msg("A batch is done whole or not at all."),
        msg(
            "A refused batch may leave half of its changes behind: keep the ledger in a local workbook (`copy`) instead."
        ),
    ),
    Assumption(
        "titles",
        msg("No two tabs have the same title."),
        msg(
            "Two runs could work at the same time and send mails twice: start runs from one computer only, one after the other."
        ),
    ),
    Assumption(
        "fence",
        msg("A batch that writes to a deleted tab is refused whole."),
        msg(
            "A run held up for more than ten minutes could still write after another has taken over: start runs from one computer only, and end one that hangs."
        ),
    ),
    Assumption(
        "next_read",
        msg("What was written is there for the very next call that reads."),
        msg(
            "A run may decide by what stood there before its last write; its commit then meets rows that are not as they were read and leaves them to the next run."
        ),
        tries=CHANCES,
    ),
    Assumption(
        "one_moment",
        msg("One call that reads shows all tabs at the same moment."),
        msg(
            "A row that is being moved may show in two tabs or in none; a commit looks its rows up again, and leaves what does not fit to the next run."
        ),
        tries=CHANCES,
    ),
    Assumption(
        "emptying",
        msg("Emptying a block takes all of its values and nothing of its looks."),
        msg(
            "Old entries stay in the journal, and each run puts right again what is right: while no run is on, delete the hidden tab _journal; the next run makes it anew."
        ),
    ),
    Assumption(
        "unmerging",
        msg("Undoing merged cells where there are none is no error."),
        msg(
            "Every commit is refused and nothing is written: keep the ledger in a local workbook (`copy`) until the program is mended."
        ),
    ),
    # What Google copies: rows into the journal, and rows that are filed.
    Assumption(
        "hidden_rows",
        msg("Rows that a filter hides are copied with the others."),
        msg(
            "While somebody filters the Register, changes to hidden rows are taken back and tried again at each run: use filter views, which hide rows only for whoever looks."
        ),
    ),
    Assumption(
        "looks_go_along",
        msg("A copied row keeps its notes, links, formats and dropdowns."),
        msg("Filed rows lose them, while what the cells say is kept: put links and remarks that matter into cells."),
    ),
    Assumption(
        "colour_rules",
        msg("Copying a row to a tab that has the same colour rules adds no further rule."),
        msg(
            "Rules pile up in Filing and make it slow, `check` says when: delete the doubled ones in Format, Conditional formatting."
        ),
    ),
    Assumption(
        "new_rows",
        msg("Rows added at the end take the format and the dropdowns of the row above, once both are copied to them."),
        msg(
            "New lines are plain and have no dropdowns, while their numbers are right: copy a line above, and Edit, Paste special, Format only and Data validation only."
        ),
    ),
    # Single cells.
    Assumption(
        "text",
        msg("Text that begins with an equals sign stays text when it is written as text."),
        msg(
            "Such text becomes a formula; in a line of the Register the job then reports it as a problem beside the row, and a person has to type it anew."
        ),
    ),
    Assumption(
        "as_typed",
        msg("Asked for what was typed, Google gives days as numbers, formulas as their text, and text as it stands."),
        msg(
            "Days come in the spreadsheet's own spelling, and those that could be two days are reported beside their row; the program then needs a second call to read values."
        ),
    ),
    Assumption(
        "notes_stay",
        msg("Writing a value leaves the cell's note and format as they are."),
        msg("Notes on cells that a job fills are lost when it writes there: put notes on cells in which people type."),
    ),
    Assumption(
        "strict_lists",
        msg("A dropdown that rejects what is not on its list rejects what people type, not what the program writes."),
        msg(
            "A commit with a value that is not on a list is refused whole: set that column to “Show a warning” in Data, Data validation."
        ),
    ),
    Assumption(
        "names",
        msg("The name of cells that were deleted can be given to others."),
        msg(
            "`install` cannot mend the list of a dropdown: delete the name in Data, Named ranges, and run install again."
        ),
    ),
    Assumption(
        "semicolons",
        msg("Formulas with semicolons are understood in the spreadsheet's locale."),
        msg(
            "The marks on Start here and the colours show errors, while all else is right: choose another locale in File, Settings."
        ),
    ),
    # Worth knowing, though nothing relies on it.
    Assumption(
        "metadata_ids",
        msg("A second entry of developer metadata with the same id is refused."),
        msg("Nothing follows: the program does not rely on it, and never sends a batch again whose answer was lost."),
    ),
    Assumption(
        "metadata_found",
        msg("Developer metadata is found as soon as it is written."),
        msg("Nothing follows: the program looks for a lost batch in its journal instead."),
    ),
    # What only people can see.
    Assumption(
        "warnings",
        msg("Where a protection only warns, people can still sort, insert and delete rows."),
        msg(
            "Take the protection of those columns off in Data, Protect sheets and ranges: the job derives them anew at each run."
        ),
        msg(
            "As somebody of the office, sort the Register and delete an empty line: Google may ask, and must not refuse."
        ),
    ),
    Assumption(
        "locks",
        msg("A protection that names the program's account keeps all others but the owner out."),
        msg("Somebody may type into the job's own tabs: hide them, and let `verify` tell what was changed."),
        msg("As somebody who is not the owner, type into Index: Google must refuse."),
    ),
    Assumption(
        "between",
        msg("What people type comes before or after a batch, never between its parts."),
        msg(
            "What was typed at that instant may be overwritten unseen; File, Version history still has it, and jobs can be started outside office hours."
        ),
        msg(
            "Let two people type without pause into cells of one row that a job fills, while `run` is started twenty times: afterwards each cell must hold what was typed last."
        ),
    ),
    Assumption(
        "chips",
        msg("A smart chip reads as its text, and stays the same cell when its row is copied."),
        msg("Each run takes the row for changed, says so in it, and its mails go alone: use plain text in cases."),
        msg(
            "Type @ and choose a person in Contact of a test case, and start `run` twice: its row must name the cell, and other cases' mails must go."
        ),
    ),
    Assumption(
        "apostrophes",
        msg("An apostrophe in front of a cell's text is not part of it."),
        msg("Telephone numbers keep it: leave it out, as the column is text anyway."),
        msg("Type '0123 into Contact of a test case, and start `run --dry-run`: no apostrophe must show in it."),
    ),
    Assumption(
        "open_cells",
        msg("Text in a cell that is open for typing stays with its row when rows are moved."),
        msg(
            "The text may land on the row next to it: start the single jobs by day, and `run`, which files, when nobody types."
        ),
        msg(
            "Open a cell of the Register for typing, let `run` file a row above it, then press Enter: the text must stand in the same case."
        ),
    ),
)
ASSUMPTION = {one.key: one for one in ASSUMPTIONS}
