"""verify: check that everything that was ever issued and filed is still there, unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from automation.commands.books_reached import read_book
from automation.commands.options import EXIT_PROBLEMS, RunOptions, Session
from automation.commands.output import as_spoken, problem_line, redacted
from automation.commands.request import request_of
from automation.ledger.certificates import certificates
from automation.ledger.errors import LedgerError
from automation.ledger.history_chain import digest_of_history
from automation.ledger.model import Ledger, Problem
from automation.ledger.parsing import parse
from automation.ledger.recognition import as_a_ledger
from automation.ledger.year_books import names_of_books
from automation.run.plan import plan
from automation.steps.book_verification import unreadable, verify_book
from automation.steps.filing import all_seals, last_seal
from automation.steps.history_check import broken_lines_of_history
from automation.steps.numbering import EMPTIED, MISSING
from automation.text.catalogue import msg
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.opening import workbook_at
from sheet_schema.erasures import Erased

VERIFIED = frozenset({"filing", "history", "books", "erasures"})


NUMBERS = frozenset(
    {MISSING, EMPTIED, "copied_number", "filed_number", "filed_back", "foreign_number", "overwritten_number"}
)
"""The problems of the Register that concern `verify`: gaps, copied numbers, filed numbers back in the Register."""
_ERASED = msg("{number}: {what} was erased on {day}, by certificate {certificate}.")


def verify_ledger(asked: RunOptions, session: Session) -> int:
    """Check that everything ever issued and filed is still there, unchanged. Returns exit code 3 if not."""
    workbook = workbook_at(asked.workbook, session.real_time)
    snapshot = workbook.read()
    request = replace(request_of("run", asked, session.real_time), outbox=None, dry_run=True)
    result = plan(snapshot, request)
    found = [one for one in result.problems if one.tab in VERIFIED or one.code in NUMBERS or one.stops]
    found += [one for one in broken_lines_of_history(result.before) if one not in found]
    found += _in_books(workbook, result.before)
    ledger = as_spoken(result.before)
    said = msg("Last seal {last}; digest of all seals {digest}.")
    session.say(said.say(ledger.language, last=last_seal(ledger), digest=all_seals(ledger.filing)))
    if digest := digest_of_history(ledger):
        session.say(msg("Digest of History {digest}.").say(ledger.language, digest=digest))
    for one in certificates(result.before):
        if one.is_done:
            session.say(
                _ERASED.say(
                    ledger.language,
                    number=one.case_no,
                    what=Erased.of(one.what),
                    certificate=one.number,
                    day=one.at[:10],
                )
            )
    sound = msg("Everything is there, as it was.")
    for problem in redacted(found, result.after):
        session.say(problem_line(problem, ledger.language))
    if not found:
        session.say(sound.say(ledger.language))
    return EXIT_PROBLEMS if found else 0


def _in_books(workbook: LaidOut, ledger: Ledger) -> Iterator[Problem]:
    """What is wrong with the ledger's year books."""
    for name in names_of_books(ledger):
        try:
            book = parse(as_a_ledger(read_book(workbook, name)))
        except LedgerError as error:
            yield unreadable(name, error.message)
        else:
            yield from verify_book(ledger, name, book)
