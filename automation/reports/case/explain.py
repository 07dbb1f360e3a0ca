"""`explain CASE`: by which rule it went where, its deadlines as sums, its life day by day, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from automation.cases.clocks import Clock
from automation.cases.confidentiality import ASK_THE_OFFICE, judge, judge_table
from automation.cases.due_date_sum import due_sum
from automation.cases.joined_facts import follows_another
from automation.cases.register_lines import register_lines_of
from automation.cases.rule_matching import Matcher
from automation.cases.steps_owed import DONE_ON
from automation.ledger.case_numbers import number_meant, tidy_number
from automation.ledger.cells import json_value
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.typed.cell import as_text
from automation.ledger.year_books import book_with
from automation.reports.case.events import What
from automation.reports.case.explain_wording import SENTENCES
from automation.reports.case.involved import part_lines, part_objects
from automation.reports.case.joined import said_of_joins, shown_of_joins
from automation.reports.case.one_case import OneCase, RunOutcome, one_case
from automation.reports.case.past import fillings, past
from automation.reports.case.receptions import reception_lines, reception_objects
from automation.reports.case.to_come import ToCome, to_come
from automation.reports.case.wording import as_object, line
from automation.steps.final_reviews import is_settled
from automation.steps.repeats import suggestions
from automation.steps.routing import Assignment, choose
from automation.text.catalogue import Sentences, msg
from sheet_schema import REGISTER, Language, word_form
from sheet_schema.vocabulary import Flag, Light, RuleState, Sending, Status, Step
from sheet_schema.word import Word


def explain(result: RunOutcome, case_no: str) -> list[str]:
    """The case's story as lines of text, also for a filed case. Of a restricted case it has number, step, date, and
    where to ask. Raises LedgerError if there is no such case."""
    case = found(result, case_no)
    if not case.quotable:
        return _withheld(case)
    return [*_reasons(case, result.after), *_so_far(case, result.after), *_next(case)]


def explained(result: RunOutcome, case_no: str) -> dict[str, object]:
    """The same as one JSON object: days in ISO form, choices by their keys. Raises LedgerError as `explain` does."""
    case = found(result, case_no)
    register = case.register
    number: dict[str, object] = {"case_no": case.number, "now": case.now.isoformat()}
    day = {"filed_on": json_value(case.filing["filed_on"][0])} if case.filed else {}
    step = {key: json_value(register[key][0]) for key in ("step", "due_on")}
    if not case.quotable:
        return {**number, **(day or step), "ask": ASK_THE_OFFICE.say(case.ledger.language)}
    chosen, coming = chosen_for(case), to_come(case)
    by_rule = chosen.rule is not None and chosen.department == register["department"][0] and not case.filed
    keys = ("status", "light", "department", "handler", "closed_on", "problems")
    return {
        **number,
        **step,
        **{key: json_value(register[key][0]) for key in keys},
        **day,
        "flags": json_value(flags_of(case, result.after)),
        **shown_of_joins(case, result.after),
        "rule": chosen.rule.row if chosen.rule is not None and by_rule else None,
        "passed_over": [] if case.filed else [rule.row for rule in chosen.passed_over],
        "deadlines": [
            _deadline(case, step, clock)
            for step, clock in case.cases.clocks.items()
            if clock.due[0].item() and step is not Step.PART
        ],
        **({"parts": parts} if (parts := part_objects(case)) else {}),
        **({"receptions": came} if (came := reception_objects(result.after, case.number, case.now)) else {}),
        "so_far": [as_object(event, case.ledger.language) for event in past(case, result.after)],
        "next": [as_object(event, case.ledger.language) for event in coming.events],
        "waits_for": [*coming.waits_for],
        "notes": [note.strip() for note in notes(case, coming)],
    }


def _deadline(case: OneCase, step: Step, clock: Clock) -> dict[str, object]:
    rule = case.ledger.policy.deadlines[clock.rule[0]] if clock.rule[0] >= 0 else None
    due, done = clock.due[0].item(), done_on(case, step)
    until = done or (case.now.date() if clock.open[0] else due)
    owed = case.owed.get(step.key)
    return {
        "step": step.key,
        "due_on": due.isoformat(),
        "done_on": json_value(done),
        "open": bool(clock.open[0]),
        "days_late": max(0, (until - due).days),
        "sum": due_sum(case.ledger, clock, 0),
        "basis": json_value(rule.basis) if rule else None,
        "row": rule.row if rule else None,
        "owed": {"due_on": json_value(owed.due_on), "fixed_on": owed.fixed_on} if owed else None,
    }


def reasons(result: RunOutcome, case_no: str) -> list[str]:
    """The part that says why: rule, deadlines, problems. Raises LedgerError if there is no such case."""
    case = found(result, case_no)
    return [*_reasons(case, result.after)] if case.quotable else _withheld(case)


def found(result: RunOutcome, case_no: str) -> OneCase:
    """The case with this number, however it is typed. Raises LedgerError if there is none, or if it could be several."""
    number = number_meant(case_no, result.after)
    case = one_case(result, number)
    if case is None:
        raise LedgerError(msg("There is no case {number} in the Register.").of(number=number), result.after.language)
    return case


def _withheld(case: OneCase) -> list[str]:
    """Of a restricted case only "number, step, date and 'ask the office', nothing else" (docs/design.md#p5.7). Its
    other steps and its mails would tell its kind and channel."""
    if case.filed:
        return [_filed(case)]
    return [_headline(case), Sentences(SENTENCES, case.ledger.language)["review"]]


def _reasons(case: OneCase, whole: Ledger) -> Iterator[str]:
    yield _filed(case) if case.filed else _headline(case)
    yield from _department(case)
    yield from (f"  {line}" for line in said_of_joins(case, whole))
    yield from _words_taken(case)
    for step, clock in case.cases.clocks.items():
        yield from _clock(case, step, clock)
    yield from _closing(case, whole)


def _headline(case: OneCase) -> str:
    register, language = case.register, case.ledger.language
    step = _label(Step, register["step"][0], language)
    due = register["due_on"][0]
    when = "" if np.isnat(due) else f" {due}"
    parts = [case.number, f"{step}{when}", ASK_THE_OFFICE.say(language)]
    if case.quotable:
        status, light = (
            _label(Status, register["status"][0], language),
            _label(Light, register["light"][0], language),
        )
        parts = [case.number, status, f"{step}{when}", light]
    return "  ".join(part for part in parts if part.strip())


def _label(words: type[Word], key: str, language: Language) -> str:
    return words.of(key).label(language) if key else ""


def _filed(case: OneCase) -> str:
    """Where a filed case is; of a restricted one without the archive number, which contains its kind."""
    texts, filing = Sentences(SENTENCES, case.ledger.language), case.filing
    number = filing["archive_no"][0] if case.quotable else ""
    archive_no = texts.say("as", archive_no=number) if number else ""
    book = book_with(case.ledger, case.number)
    if book:
        return texts.say("in_book", number=case.number, day=filing["filed_on"][0], archive_no=archive_no, book=book)
    return texts.say("filed", number=case.number, day=filing["filed_on"][0], archive_no=archive_no, row=filing.rows[0])


def _department(case: OneCase) -> Iterator[str]:
    """Whose case it is and by which rule; no rule for a filed case, since the rules may have changed."""
    texts, department = Sentences(SENTENCES, case.ledger.language), case.register["department"][0]
    chosen = chosen_for(case)
    if not department:
        yield texts["none"]
    elif case.filed or follows_another(case.register)[0]:
        yield texts.say("department", department=department)
    elif chosen.rule is not None and chosen.department == department:
        yield texts.say("rule", department=department, row=chosen.rule.row, order=f"{chosen.rule.order:g}")
        if chosen.rule.note:
            yield texts.say("note", note=chosen.rule.note)
    else:
        then = any(
            cell.column == "department" and cell.after == department and not cell.by_person for cell in fillings(case)
        )
        yield texts.say("then" if then else "typed", department=department, other=chosen.department or texts["nobody"])
    for rule in () if case.filed else chosen.passed_over:
        yield texts.say("passed", row=rule.row)


def _words_taken(case: OneCase) -> Iterator[str]:
    """What the words of a list were taken for that were typed in words of the office's own."""
    texts, language = Sentences(SENTENCES, case.ledger.language), case.ledger.language
    for column in REGISTER:
        typed, key = as_text(case.register.read[column.key][0]).strip(), case.register[column.key][0]
        if column.choices is None or not column.staff or not (typed and key):
            continue
        word = column.choices.of(key)
        if word_form(typed) not in map(word_form, (word.key, *word.labels())):
            yield texts.say("taken", column=column.label(language), typed=typed, meant=word.label(language))


def chosen_for(case: OneCase) -> Assignment:
    """What today's rules make of the case."""
    matcher = Matcher(case.register, case.ledger.policy)
    active = (rule for rule in case.ledger.policy.rules if rule.state == RuleState.YES)
    matching = [rule for rule in active if matcher.matches(rule)[0]]
    return choose(case.ledger.policy, matching, case.cases.confidence, 0)


def _clock(case: OneCase, step: Step, clock: Clock) -> Iterator[str]:
    """One deadline as a sum: "Reply: due 2026-03-17 = Received 2026-03-02 + 15 days"; how late, and the rule quoted."""
    due: date | None = clock.due[0].item()
    if step is Step.PART:
        yield from part_lines(case)
    elif due is None:
        yield from _owed(case, step, due)
    if due is None or step is Step.PART:
        return
    texts, ledger = Sentences(SENTENCES, case.ledger.language), case.ledger
    rule = ledger.policy.deadlines[clock.rule[0]] if clock.rule[0] >= 0 else None
    day, today = done_on(case, step), case.now.date()
    details = {"step": step.label(ledger.language), "due": due, "sum": due_sum(ledger, clock, 0), "day": day}
    if step not in DONE_ON:
        yield texts.say("ends" if due >= today else "ended", **details)
    elif day is not None and step is Step.PANEL and day > today:
        yield texts.say("set_for", **details)
    elif day is not None:
        yield texts.say("done", **details, late=_late(texts, "done_late", due, day))
    elif clock.open[0]:
        yield texts.say("due", **details) + _late(texts, "late", due, today)
    else:
        yield texts.say("undated", **details)
    if clock.extended[0]:
        yield texts["extension"]
    if rule is not None:
        yield texts.say("basis", basis=rule.basis) if rule.basis else texts.say("row", row=rule.row)
    yield from _owed(case, step, due)


def _owed(case: OneCase, step: Step, by_now: date | None) -> Iterator[str]:
    """What the step owed, which was "fixed when a run first sees it done" (docs/design.md#p3.16): of a filed case, and where the
    rules would give it another day `by_now`."""
    owed, texts, done = case.owed.get(step.key), Sentences(SENTENCES, case.ledger.language), done_on(case, step)
    if owed is None:
        return
    due = owed.due_on
    if due == by_now and (due is None or not case.filed):
        return
    if due is None:
        yield texts.say("owed_nothing", day=owed.fixed_on)
    else:
        how = "owed_undated" if done is None else "owed_in_time" if done <= due else "owed_late"
        yield texts.say("owed", due=due, day=owed.fixed_on, how=texts[how])


def done_on(case: OneCase, step: Step) -> date | None:
    """The day the step was done, if it was and the day was typed."""
    day: date | None = case.register[DONE_ON[step]][0].item() if step in DONE_ON else None
    return day


def _late(texts: Sentences, how: str, due: date, day: date) -> str:
    late = (day - due).days
    return texts.say(how, n=late) if late > 0 else ""


def _closing(case: OneCase, whole: Ledger) -> Iterator[str]:
    register, texts = case.register, Sentences(SENTENCES, case.ledger.language)
    if not np.isnat(register["closed_on"][0]):
        yield texts.say("closed", day=register["closed_on"][0])
    if register["problems"][0]:
        yield texts.say("problems", text=register["problems"][0])
    if flags := flags_of(case, whole):
        yield texts.say("flags", text=flags)
    yield from reception_lines(whole, case.number, case.now)


def flags_of(case: OneCase, whole: Ledger) -> str:
    """The flags as if no restricted case were there, and none that somebody must not know of: that this one seems to
    repeat it would tell who came there too, and this is printed for whoever asks."""
    tables = (
        (whole.register, judge(whole, case.now)),
        (whole.filing, judge_table(whole.filing, whole.policy, case.now.date())),
    )
    secret = [
        number for table, confidence in tables for number in table["case_no"][~confidence.nameable].tolist() if number
    ]
    if tidy_number(case.register["repeat_of"][0]) in secret:
        secret.append(Flag.REPEAT.label(case.ledger.language))
    if case.filed or not is_settled(whole, case.number, frozenset(secret)):
        secret.append(Flag.SETTLED.label(case.ledger.language))
    flags = str(case.register["flags"][0]).split("; ")
    kept = [flag for flag in flags if not any(word in flag for word in secret)]
    if len(kept) < len(flags) and not case.filed:
        at = whole.register["case_no"].tolist().index(case.number)
        hidden = frozenset(secret) - {case.number}
        other = suggestions(whole, register_lines_of(whole), hidden).get(at)
        asks = Flag.PERHAPS_MEANT.label(case.ledger.language).partition("{}")[0]
        place = next((i for i, flag in enumerate(kept) if flag.startswith(asks)), len(kept))
        kept[place:place] = [Flag.PERHAPS_REPEAT.label(case.ledger.language).replace("{}", other)] if other else []
    return "; ".join(kept)


def _so_far(case: OneCase, whole: Ledger) -> list[str]:
    events, language = past(case, whole), case.ledger.language
    lines = [f"    {line(event, language)}" for event in events]
    return [Sentences(SENTENCES, language)["so_far"], *lines] if lines else []


def _next(case: OneCase) -> list[str]:
    coming, language = to_come(case), case.ledger.language
    lines = [f"    {line(event, language)}" for event in coming.events]
    return [Sentences(SENTENCES, language)["next"], *lines, *notes(case, coming)]


def notes(case: OneCase, coming: ToCome) -> Iterator[str]:
    """What holds mails back, whom the case waits for, and whether anything is still to come."""
    texts, sending = Sentences(SENTENCES, case.ledger.language), case.ledger.policy.settings["sending"]
    if any(event.what is What.MAIL for event in coming.events):
        if sending in (Sending.TRIAL, Sending.PAUSED):
            yield texts[sending]
        if coming.held:
            yield texts["held"]
    if case.filed:
        yield texts["over"]
    elif case.stopped:
        yield texts["stopped"]
    elif case.in_doubt:
        yield texts["in_doubt"]
    elif not case.cases.register_lines.cases[0] and not len(case.filing):
        yield texts["blank"]
    elif coming.stays:
        yield texts["stays"]
    elif coming.waits_for:
        columns = [REGISTER[key] for key in coming.waits_for]
        yield texts.say("waits" if coming.events else "nothing_waits", columns=columns)
    elif not coming.events:
        yield texts["mend" if case.register["problems"][0] else "nothing"]
