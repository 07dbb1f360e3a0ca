"""The result of a run in words for the terminal and as JSON; of restricted cases only what may leave the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from automation.cases.confidentiality import ASK_THE_OFFICE
from automation.cases.row_problems import by_row, withheld_in
from automation.commands.language import spoken_of
from automation.commands.progress import Say
from automation.ledger.addresses import addresses_in
from automation.ledger.cells import json_value
from automation.ledger.changes import ColumnChange
from automation.ledger.model import Change, Filled, Ledger, Problem
from automation.ledger.notices import Notice
from automation.ledger.table import Array, Table
from automation.ledger.titles_and_headers import title_of
from automation.mail.mail import OutgoingMail
from automation.run.job import Result
from automation.text.catalogue import Message, Sentences, counted, msg, with_note
from sheet_schema import DASHBOARD, REGISTER, ROUTING, TAB, Column, Language
from sheet_schema.vocabulary import NoticeKind, NoticeState, Role

NAMED = msg("{name}: {text}")
_ROW = msg("{tab} row {row}")
SHOWN_AT_MOST = 40
"""Lines of problems on the terminal; the rest are only counted. All of them are shown beside their rows."""


def redacted(problems: Iterable[Problem], ledger: Ledger) -> list[Problem]:
    """The problems as they may leave the ledger: for a restricted case only its place, and where to ask."""
    withheld = withheld_in(ledger)
    return [replace(p, column="", code="", said=(ASK_THE_OFFICE,)) if withheld.covers(p) else p for p in problems]


def as_json(
    result: Result, closing: Sequence[str] = (), replies: Mapping[str, object] | None = None, *, dry_run: bool
) -> dict[str, object]:
    """The run as one JSON object, with dates in ISO form and choices as keys; `closing` says what came of a year that was
    due, `replies` what came of reading the mailbox, where one is set."""
    changes = spelled_out(result.changes, result.filled, result.after, json_value)
    return {
        "run": result.run,
        "now": result.now.isoformat(),
        "time_zone": result.after.policy.settings["time_zone"],
        "dry_run": dry_run,
        "changes": [asdict(change) for change in changes if change.key not in result.undone],
        "notices": [_notice_json(notice, outgoing_mail, result) for notice, outgoing_mail in result.notices],
        "problems": [
            _problem_json(problem, result.after.language) for problem in redacted(result.problems, result.after)
        ],
        "held": [notice.key for outgoing_mail in result.held for notice in outgoing_mail.notices],
        "closing": [*closing],
        "calls": result.calls,
        **({"replies": replies} if replies is not None else {}),
    }


def _notice_json(notice: Notice, outgoing_mail: OutgoingMail, result: Result) -> dict[str, object]:
    became = result.became.get(outgoing_mail.id)
    subject = next(mail.rendered.subject for mail in result.mails if mail.id == outgoing_mail.id)
    return {
        "key": notice.key,
        "kind": notice.kind,
        "to": outgoing_mail.to,
        "cases": [notice.case_no],
        "step": notice.step,
        "due_on": json_value(notice.due_on),
        "level": notice.level,
        "subject": subject,
        "state": became.state.key if became is not None else NoticeState.CLAIMED.key,
    }


def _problem_json(problem: Problem, language: Language) -> dict[str, object]:
    return {"tab": problem.tab, "row": problem.row, "column": problem.column, "message": problem.say(language)}


_TEXTS: Mapping[str, Message] = {
    "wrote": counted("1 cell written to {tabs}.", "{n} cells written to {tabs}."),
    "would": counted("1 cell would be written to {tabs}.", "{n} cells would be written to {tabs}."),
    "board": msg("The {tab} was brought up to date."),
    "would_board": msg("The {tab} would be brought up to date."),
    "nothing": msg("Nothing to do."),
    "problems": counted("1 problem:", "{n} problems:"),
    "none": msg("No problems."),
    "more": msg("… and {n} more, beside their rows."),
    "stopped": msg("Stopped: nothing was written or sent."),
    "mails": counted("1 mail written to {folder}.", "{n} mails written to {folder}."),
    "would_mail": counted("1 mail would go out:", "{n} mails would go out:"),
    "sent": counted("1 mail sent.", "{n} mails sent."),
    "held": counted("1 mail is held.", "{n} mails are held."),
    "filed": counted("1 closed case moved to Filing.", "{n} closed cases moved to Filing."),
    "would_file": counted("1 closed case would move to Filing.", "{n} closed cases would move to Filing."),
    "broken": msg("The job {job} broke ({where}): the others went on."),
    "undone": msg("Left to the next run, because somebody was typing in their rows: {cases}."),
    "nobody": msg(
        "Nobody was told by mail as {role} of {cases}: the office's next digest says why, to whoever may know of it."
    ),
    "no_copy": msg(
        "{role} got no copy by mail of {cases}: the office's next digest says why, to whoever may know of it."
    ),
    "no_reader": msg("{role} did not get this mail: {kind}. They are away or have no address, see People."),
    "nobody_at_all": msg(
        "Nobody was told by mail as {role} of {cases}, nor would a digest say why: nobody with the role office has an address in People."
    ),
}


def as_spoken(ledger: Ledger) -> Ledger:
    """The ledger as this call speaks of it: for what is printed, never for what is written."""
    return replace(ledger, language=spoken_of(ledger.language))


def show(result: Result, say: Say, outbox: Path, *, dry_run: bool, verbose: bool) -> None:
    """Print the result in words. `outbox` is the folder for mails."""
    result = replace(result, after=as_spoken(result.after))
    language = result.after.language
    texts = Sentences(_TEXTS, language)
    if verbose or dry_run:
        for change in spelled_out(result.changes, result.filled, result.after, json_value):
            say(_change_line(change, language))
    board = title_of(DASHBOARD, [edit.title for edit in result.edits], language)
    if result.stopped:
        say(texts["stopped"])
    elif result.changes:
        tabs = {change.table.tab.key: change.table.tab.label(language) for change in result.changes}
        count = sum(len(change.positions) for change in result.changes)
        say(texts.say("would" if dry_run else "wrote", n=count, tabs=[*tabs.values()]))
    elif not board:
        say(texts["nothing"])
    if board and (dry_run or not result.changes):
        say(texts.say("would_board" if dry_run else "board", tab=board))
    if filed := sum(len(move.rows) for move in result.moves):
        say(texts.say("would_file" if dry_run else "filed", n=filed))
    if result.undone:
        say(texts.say("undone", cases=sorted(result.undone)))
    _show_mails(result, say, outbox, dry_run=dry_run, verbose=verbose)
    _show_problems(result, say)


_ROLES: Mapping[str, Role] = {role.key: role for role in Role}


def _show_mails(result: Result, say: Say, outbox: Path, *, dry_run: bool, verbose: bool) -> None:
    texts = Sentences(_TEXTS, result.after.language)
    if dry_run and result.mails:
        say(texts.say("would_mail", n=len(result.mails)))
    for state, key in ((NoticeState.WRITTEN, "mails"), (NoticeState.SENT, "sent")):
        count = sum(handed.state is state for handed in result.became.values())
        if count:
            say(texts.say(key, n=count, folder=outbox))
    for mail in result.mails:
        handed = result.became.get(mail.id)
        failed = handed is not None and (handed.error or handed.state not in (NoticeState.SENT, NoticeState.WRITTEN))
        if dry_run or verbose or failed:
            said = f"  [{_line(handed.state, handed.error, result.after.language)}]" if handed and failed else ""
            say(f"  {_line(mail.to, mail.rendered.subject, result.after.language)}{said}")
    if result.ended:
        say(result.ended.say(result.after.language))
    if result.held:
        say(texts.say("held", n=len(result.held)))
    for broken in result.broken:
        say(texts.say("broken", job=broken.job, where=broken.where))
    has_digest = any(Role.OFFICE in one.roles and addresses_in(one.email) for one in result.after.policy.people)
    language = result.after.language
    for slot in dict.fromkeys(notice.slot for notice in result.unreachable):
        cases = dict.fromkeys(notice.case_no for notice in result.unreachable if notice.slot == slot and notice.case_no)
        told = ("nobody" if slot in _ROLES else "no_copy") if has_digest else "nobody_at_all"
        whom = _ROLES[slot].label(language) if slot in _ROLES else slot
        kinds = {
            NoticeKind.of(notice.kind): None
            for notice in result.unreachable
            if notice.slot == slot and not notice.case_no
        }
        if cases:
            say(texts.say(told, role=whom, cases=[*cases]))
        for kind in kinds:
            say(texts.say("no_reader", role=whom, kind=kind.label(language)))


def _show_problems(result: Result, say: Say) -> None:
    """Each row once; in the heading, and of what does not fit, every problem counts."""
    texts, rows = Sentences(_TEXTS, result.after.language), by_row(result.problems, result.after)
    say(texts.say("problems", n=len(result.problems)) if rows else texts["none"])
    for problem, _ in rows[:SHOWN_AT_MOST]:
        say("  " + problem_line(problem, result.after.language))
    if more := sum(count for _, count in rows[SHOWN_AT_MOST:]):
        say(texts.say("more", n=more))


def problem_line(problem: Problem, language: Language) -> str:
    """Where the problem is, and what it is."""
    tab = TAB[problem.tab]
    place = tab.label(language) if problem.row is None else _ROW.say(language, tab=tab, row=problem.row)
    return _line(f"{place} {problem.case_no}".strip(), problem.said, language)


def _line(name: object, text: object, language: Language) -> str:
    return NAMED.say(language, name=name, text=text)


def _change_line(change: Change, language: Language) -> str:
    tab = TAB[change.tab]
    column, first = tab[change.column], tab.columns[0]
    before = "" if change.before is None else f"{_in_words(column, change.before, language)} → "
    after = "" if change.after is None else _in_words(column, change.after, language)
    change_made = f"{before}{after}"
    key = _in_words(first, change.key, language)
    place = f"{_ROW.say(language, tab=tab, row=change.row)} {key} {column.label(language)}"
    return _line(place, with_note(change_made, change.why, language) if change.why else change_made, language)


def _in_words(column: Column, value: object, language: Language) -> object:
    """A value as it stands in its cell: a choice by its label."""
    labels = {word.key: word.label(language) for word in column.choices or ()}
    return labels.get(value, value) if isinstance(value, str) else value


SAYABLE = frozenset({"case_no", "step", "due_on"})
"""What is said of a restricted case: "number, step, date and 'ask the office', nothing else" (docs/design.md#p5.7)."""


def spelled_out(
    changes: Sequence[ColumnChange],
    filled: Iterable[Filled],
    after: Ledger,
    shown: Callable[[object], object],
) -> Iterator[Change]:
    """Every changed cell for people or `--json`; for a restricted case only which cell changed, not its content.

    `shown` turns a value into what the output can hold.
    """
    secret = withheld_in(after).numbers
    hidden = ASK_THE_OFFICE.say(after.language)
    reasons = {(fill.column, i): why for fill in filled for i, why in zip(fill.positions, fill.why, strict=True)}
    for change in changes:
        keys = row_keys(change.table)
        for i, before, value in zip(change.positions.tolist(), change.before, change.after, strict=True):
            key = "" if (known := json_value(keys[i])) is None else str(known)
            why = reasons.get((change.column.key, i), "") if change.table.tab is REGISTER else ""
            hides = secret and change.table.tab is ROUTING  # how many cases a rule caught, and when, says too much
            if hides or (key in secret and change.column.key not in SAYABLE):
                yield Change(
                    tab=change.table.tab.key,
                    row=int(change.table.rows[i]),
                    key=key,
                    column=change.column.key,
                    before=hidden,
                    after=hidden,
                    why="",
                )
            else:
                yield Change(
                    tab=change.table.tab.key,
                    row=int(change.table.rows[i]),
                    key=key,
                    column=change.column.key,
                    before=shown(before),
                    after=shown(value),
                    why=why,
                )


def row_keys(table: Table) -> Array:
    """What identifies each row for a person: its case number if the tab has one, else the first column."""
    return table["case_no"] if "case_no" in table.values else table[table.tab.columns[0].key]
