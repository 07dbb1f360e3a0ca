"""validate: number the lines, fill in what is certain, check every row, derive status, deadlines, light and flags.

`prepare` numbers and fills in, `derive` works out the columns that each run writes anew, and the Index. Assigning comes
between the two, since the status depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np

from automation.cases.cases import Cases, cases_of
from automation.cases.cell_prints import unchanged, with_prints, without_prints
from automation.cases.clocks import earliest
from automation.cases.completeness import missing_cells, says_procedure
from automation.cases.involved import last_answer, parts_are_in
from automation.cases.joining import with_joined_facts
from automation.cases.kept_from import cells_kept_from
from automation.cases.lights import lights
from automation.cases.nobody_to_notify import not_told_again, waived_notice
from automation.cases.register_lines import fingerprints
from automation.cases.steps_owed import ASKED_FOR, DONE_ON, closed_before, wants_feedback
from automation.cases.stopped_clocks import moved_by_waiting
from automation.cases.urgency import is_collective, is_joint
from automation.ledger.case_numbers import issued_numbers, repeats, tidy_number
from automation.ledger.mere_notes import signed
from automation.ledger.model import Ledger, Outcome, Problem
from automation.ledger.office_time import NO_DAY, today
from automation.ledger.problems import missing_together
from automation.ledger.table import Array, Table, blank
from automation.ledger.wording.reading import with_ours
from automation.steps import numbering
from automation.steps.admin_requests import held_requests
from automation.steps.checks import find_problems
from automation.steps.extension_memory import remember_extensions
from automation.steps.final_reviews import settled_before
from automation.steps.intake import fill_in
from automation.steps.joined_checks import said_of_joins
from automation.steps.letters import letter_problems, with_settled_choices
from automation.steps.numbering import EMPTIED, MISSING
from automation.steps.owed_memory import remember_owed
from automation.steps.petitioner_notices import petitioners_not_mailed
from automation.steps.reception_checks import reception_problems
from automation.steps.reception_rows import prepare_receptions
from automation.steps.refused_addresses import refused_addresses
from automation.steps.relative_days import settle_days
from automation.steps.repeats import suggestions
from automation.steps.rule_edits import dated_rules
from automation.steps.school_breaks import breaks_missing
from automation.steps.take_over import with_answer_problems
from automation.steps.waits_memory import remember_again, remember_waits
from automation.text.catalogue import sentences
from sheet_schema import TABS
from sheet_schema.model import Place
from sheet_schema.vocabulary import TURNED_AWAY, Decision, Flag, Light, Status, Step


def prepare(ledger: Ledger, now: datetime, *, accepted: bool = False) -> Outcome:
    """Date the rules, number the lines and fill in what is certain. If a problem `stops`, nothing is done and no step may follow."""
    numbered = numbering.number(dated_rules(ledger, now), now, accepted=accepted)
    if any(problem.stops for problem in numbered.problems):
        return numbered
    settled = settle_days(numbered.ledger.noting(numbered.problems), now)
    filled = fill_in(with_joined_facts(settled, now), now)
    waited = remember_waits(with_joined_facts(filled.ledger, now), now)
    linked = prepare_receptions(waited.ledger, now)
    every = (*numbered.filled, *filled.filled, *waited.filled, *linked.filled)
    return Outcome(linked.ledger, every, numbered.problems)


def derive(ledger: Ledger, now: datetime) -> Outcome:
    """Work out every derived column of the Register, what stands beside the rows of other tabs, and the Index."""
    ledger = with_joined_facts(ledger, now)
    cases = cases_of(ledger, now)
    problems = find_problems(cases)
    register = with_settled_choices(_derived(cases))
    elsewhere = [
        *refused_addresses(ledger),
        *held_requests(cases),
        *breaks_missing(ledger, now),
        *letter_problems(cases),
        *reception_problems(cases),
    ]
    beside = [*said_of_joins(cases), *petitioners_not_mailed(cases)]
    ledger = ledger.having(register=register).noting([*problems, *elsewhere]).with_notes(beside)
    ledger = with_answer_problems(with_ours(with_problem_columns(ledger)))
    return Outcome(_indexed(ledger, cases, now), problems=tuple(problems))


def _derived(cases: Cases) -> Table:
    register, real = cases.register, cases.register_lines.cases
    status, closed_on = _status(cases)
    closed = status == Status.CLOSED.key
    step, due = earliest(cases.clocks, today(cases.now))
    step, due = np.where(closed, "", step), np.where(closed, NO_DAY, due)
    light = np.where(closed, "", lights(cases.clocks, today(cases.now)))
    derived = {
        "status": status,
        "step": step,
        "due_on": due,
        "light": light,
        "closed_on": closed_on,
        "flags": _flags(cases, light),
        "kept_from": cells_kept_from(register, cases.ledger.policy, cases.confidence.in_conflict),
    }
    # A row in doubt (with a copied number, for example) keeps what it has. An empty line is blank.
    doubtful = cases.register_lines.content & ~real
    return cases.ledger.register.having(
        **{
            key: np.where(doubtful, register[key], np.where(real, array, _blanks(array)))
            for key, array in derived.items()
        }
    )


def _blanks(array: Array) -> Array:
    return np.full(len(array), blank(array.dtype), dtype=array.dtype)


def _status(cases: Cases) -> tuple[Array, Array]:
    """Status and closed_on of each case. "Status is derived, never typed. First match" (docs/design.md#p2.10)."""
    register = cases.register
    lacking = np.logical_or.reduce(list(missing_cells(register, cases.register_lines).values()))
    lacking = lacking & ~closed_before(register)
    decision = register["decision"]
    replied = (register["outcome"] != "") & ~np.isnat(register["replied_on"])
    objection = np.where(replied, cases.clocks[Step.OBJECTION_PERIOD].due, NO_DAY)
    second = cases.clocks[Step.SECOND_PERIOD].due
    closed = _closed(cases, replied & parts_are_in(cases.ledger), (objection, second))
    reviewing, again = (
        ~np.isnat(register[column]) & np.isnat(register[DONE_ON[step]]) for step, column in ASKED_FOR.items()
    )
    status = np.select(
        [
            lacking & (decision == ""),
            reviewing,
            again,
            closed,
            replied,
            (register["department"] != "") | (register["handler"] != ""),
        ],
        [
            word.key
            for word in (
                Status.INCOMPLETE,
                Status.IN_REVIEW,
                Status.IN_SECOND_REVIEW,
                Status.CLOSED,
                Status.REPLIED,
                Status.IN_HAND,
            )
        ],
        default=Status.REGISTERED.key,
    ).astype(object)
    return status, np.where(status == Status.CLOSED.key, _closing_day(cases, objection, second), NO_DAY)


def _closed(cases: Cases, replied: Array, ends: tuple[Array, Array]) -> Array:
    """Mask the closed cases: those where nothing more is owed (docs/design.md#p2.11). `ends` are the last days for asking for a
    review, and for a second one."""
    register, day = cases.register, today(cases.now)
    fed_back = ~wants_feedback(register) | ~np.isnat(register["fed_back_on"])
    over, second_over = (np.isnat(end) | (end < day) for end in ends)
    owes_nothing = fed_back & (_turned_away(cases) | (replied & over)) & second_over
    closed: Array = _void(register) | owes_nothing | closed_before(register)
    return closed


def _void(register: Table) -> Array:
    """Mask the cases of which somebody said, with the reason, that they are none."""
    void: Array = (register["decision"] == Decision.VOID.key) & (register["reason"] != "")
    return void


def _turned_away(cases: Cases) -> Array:
    """Mask the cases that closed with the notice that they are not handled here, whatever was answered besides."""
    register = cases.register
    decided = np.isin(register["decision"], [word.key for word in TURNED_AWAY])
    decided &= (register["reason"] != "") | says_procedure(register)
    again = not_told_again(register, cases.ledger.policy, cases.clocks[Step.NOTIFY].rule)
    told: Array = decided & (~np.isnat(register["notified_on"]) | waived_notice(register) | again)
    return told


def _closing_day(cases: Cases, objection: Array, second: Array) -> Array:
    """The day on which the last thing owed was done; if nothing was, the day of the decision, else the first day.

    What is void or was turned away has no period for objections, whose end may lie ahead.
    """
    register = cases.register
    reviewed = [DONE_ON[step] for step in ASKED_FOR]
    days = np.stack(
        [
            *(register[key] for key in ("replied_on", "fed_back_on", "notified_on", *reviewed)),
            np.where(_turned_away(cases) | _void(register), NO_DAY, last_answer(cases.ledger)),
            np.where(_void(register) | _turned_away(cases), NO_DAY, objection),
            second,
        ]
    )
    latest: Array = np.fmax.reduce(days)
    since = np.fmax.reduce([register[key] for key in ("former_closed_on", *reviewed)])
    latest = np.where(closed_before(register), since, latest)
    for fallback in (register["decided_on"], register["received_on"], cases.first_seen):
        latest = np.where(np.isnat(latest), fallback, latest)
    return latest


def _flags(cases: Cases, light: Array) -> Array:
    """What is special about each case, in the ledger's language."""
    register, language = cases.register, cases.ledger.language
    is_repeat = repeats(register["repeat_of"], issued_numbers(cases.ledger))
    extended = cases.clocks[Step.REPLY].extended | cases.clocks[Step.LEGAL_LIMIT].extended
    masks = {
        Flag.OVERDUE: light == Light.LATE.key,
        Flag.EXTENDED: extended,
        Flag.COLLECTIVE: is_collective(register, cases.ledger.policy),
        Flag.JOINT: is_joint(register, cases.ledger.policy),
        Flag.REPEAT: is_repeat,
        Flag.SETTLED: _mask(settled_before(cases.ledger), len(register)),
        Flag.RESTRICTED: cases.confidence.restricted,
        Flag.CONFLICT: _mask(cases.confidence.in_conflict, len(register)),
    }
    flags = np.full(len(register), "", dtype=object)
    for flag, mask in masks.items():
        _add(flags, np.flatnonzero(mask), flag.label(language))
    for i, number in suggestions(cases.ledger, cases.register_lines).items():
        _add(flags, [i], Flag.PERHAPS_REPEAT.label(language).replace("{}", number))
    for i, unsure in cases.confidence.unsure.items():
        _add(
            flags,
            [i],
            Flag.PERHAPS_MEANT.label(language).replace("{}", "; ".join(name for name, _ in unsure)),
        )
    return flags


def _mask(positions: Iterable[int], count: int) -> Array:
    mask = np.zeros(count, dtype=bool)
    mask[list(positions)] = True
    return mask


def _add(flags: Array, positions: Sequence[int] | Array, text: str) -> None:
    for i in positions:
        flags[i] = f"{flags[i]}; {text}" if flags[i] else text


def with_problem_columns(ledger: Ledger) -> Ledger:
    """Write each row's problems into its `problems` cell, in the Register and the administrators' tabs."""
    of_rows: dict[tuple[str, int], list[Problem]] = {}
    for problem in (*ledger.problems, *ledger.notes):
        if problem.row is not None:
            of_rows.setdefault((problem.tab, problem.row), []).append(problem)
    tables = {}
    for key in {"register", "receptions"} | {tab.key for tab in TABS if tab.place is Place.ADMINISTRATOR}:
        table = ledger.tables[key]
        column = np.full(len(table), "", dtype=object)
        for i, row in enumerate(table.rows.tolist()):
            if (key, row) in of_rows:
                said = (one.say(ledger.language) for one in missing_together(of_rows[key, row]))
                text = sentences(dict.fromkeys(said), ledger.language)
                column[i] = text if key == "register" else signed(text, of_rows[key, row])
        tables[key] = table.having(problems=column)
    return ledger.having(**tables)


def _indexed(ledger: Ledger, cases: Cases, now: datetime) -> Ledger:
    """Bring the Index up to date: first seen, fingerprints, problem codes and since when, extensions, closing days."""
    index, register_lines, register = ledger.index, cases.register_lines, ledger.register
    lines = np.flatnonzero(register_lines.cases)
    at = register_lines.index_at[lines]
    columns = {key: index[key].copy() for key in index.values}
    # A row in doubt counts as seen, too: once its number is put right, its clock has run all along.
    seen = register_lines.index_at[register_lines.content & (register_lines.index_at >= 0)]
    gone = np.ones(len(index), dtype=bool)
    gone[seen] = False
    columns["first_seen"][seen[np.isnat(columns["first_seen"][seen])]] = today(now)
    rows, before = fingerprints(register, register_lines.cases)[lines], columns["fingerprint"][at]
    moved = _moved(cases.register, register, lines) & unchanged(before, rows) & ~moved_by_waiting(cases.waits, lines)
    columns["due_moved_on"][at[moved]] = today(now)
    columns["fingerprint"][gone] = without_prints(columns["fingerprint"][gone])
    columns["fingerprint"][at] = with_prints(rows, register, lines, before)
    opened_again = ~np.isnat(columns["closed_on"][at]) & np.isnat(register["closed_on"][lines])
    grace_until = ledger.policy.calendar.due(columns["reopened_on"][at], 1, "workday")
    opened_again &= ~(grace_until >= today(now))  # not once more because it was closed and opened again meanwhile
    columns["reopened_on"][at[opened_again]] = today(now)
    columns["closed_on"][at] = register["closed_on"][lines]
    remember_extensions(cases, columns)
    remember_again(cases, columns)
    remember_owed(cases, columns)
    codes = _codes_by_case(ledger.problems)
    new = np.full(len(lines), "", dtype=object)
    new[:] = [codes.get(number, "") for number in register["case_no"][lines].tolist()]
    old = columns["problem_codes"][at]
    columns["problem_codes"][at] = new
    columns["problems_since"][at[(old != "") & (new == "")]] = NO_DAY
    columns["problems_since"][at[(old == "") & (new != "")]] = np.datetime64(now.replace(tzinfo=None), "s")
    return ledger.having(index=index.having(**columns))


def _moved(before: Table, after: Table, lines: Array) -> Array:
    """Mask the lines whose due date has moved while the step is the same."""
    old, new = before["due_on"][lines], after["due_on"][lines]
    same_step = before["step"][lines] == after["step"][lines]
    moved: Array = same_step & (old != new) & ~np.isnat(old) & ~np.isnat(new)
    return moved


def _codes_by_case(problems: Sequence[Problem]) -> Mapping[str, str]:
    codes: dict[str, set[str]] = {}
    for problem in problems:
        if problem.tab == "register" and problem.case_no and problem.code not in (MISSING, EMPTIED):
            codes.setdefault(tidy_number(problem.case_no), set()).add(problem.code)
    return {number: " ".join(sorted(found)) for number, found in codes.items()}
