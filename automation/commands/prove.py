"""prove: show for one case that whoever may not know of it cannot tell that it exists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from automation.commands.books_reached import with_book_of
from automation.commands.console import one_object
from automation.commands.language import spoken_of
from automation.commands.options import EXIT_PROBLEMS, RunOptions, Session
from automation.commands.request import request_of
from automation.commands.run import ACTIONS
from automation.run.kept_out import Reason
from automation.run.proof import Compared, Difference, Proof, Question, proved
from automation.run.reached import ANSWER, DIGEST, FIGURES, MAIL, Item
from automation.text.catalogue import Row, counted, listed, msg
from automation.workbooks.opening import workbook_at
from sheet_schema import REGISTER, Language
from sheet_schema.vocabulary import NoticeKind
from sheet_schema.word import lookup

MOST_LINES = 5
"""How many differing lines of one mail are shown."""
MOST_DIFFERENCES = 10
"""How many differences of one reader are shown."""
_TEXTS = {
    "nobody": msg("{number}: as its {column} is read, nobody in People or Departments is kept from it, so there is nothing to compare. If somebody here is meant, write their full name there."),
    "span": msg("{number}: every run from {first} to {last} was worked out with the case and without it. Nothing was sent or written."),
    "reader": msg("{name} ({why}): compared {what}: {verdict}"),
    "alerted": msg("    Alerts are not compared: one of this case reaches them by rule."),
    "nothing": msg("nothing, as nothing reaches them"),
    "equal": msg("equal"),
    "differ": msg("{n} differ"),
    "before": msg("    Was mailed before, which cannot be taken back: {mails}. {said}"),
    "said_number": msg("Each said its number; its text, too, unless the case was restricted then."),
    "said_text": msg("Each said its number; all but some alerts its text, too."),
    "mail": msg("{kind} on {day}"),
    "until": msg("    They may know of it from {moment}; compared until then."),
    "only_with": msg("only with the case"),
    "only_without": msg("only without the case"),
    "at": msg("    {moment} {title}: {how}"),
    "lines": msg("lines {lines} differ"),
    "with": msg("        with:    {line}"),
    "without": msg("        without: {line}"),
    "more": msg("    … and {n} more"),
    "others": msg("`explain` would tell of it, as it does not say the same of {cases}."),
    "proved": msg("Nobody who may not know of {number} can learn of it from what is sent from now on. What was sent before is not compared."),
    "leaks": msg("{number} can be told from what differs above. Please send these lines to whoever looks after the program."),
}  # fmt: skip
_WHY = {
    Reason.ABOUT: msg("it is or may be about them"),
    Reason.CLOSE: msg("they stand in for somebody it may be about, or open their mail"),
    Reason.TYPED: msg("its row is still being typed"),
    Reason.FEW: msg("it stays with a few until it is clear whom it is about"),
}  # fmt: skip
_SORTS = {
    MAIL: counted("1 mail", "{n} mails"),
    DIGEST: counted("1 digest", "{n} digests"),
    FIGURES: counted("1 report", "{n} reports"),
    ANSWER: counted("1 answer", "{n} answers"),
}


@dataclass(frozen=True)
class ProveOptions(RunOptions):
    """The options of `prove`, as typed."""

    case: str = ""


def prove_case(asked: ProveOptions, session: Session) -> int:
    """Compare the two worlds, and say for everybody who may not know what was compared. Exit code 3 if anything differs."""
    workbook = workbook_at(asked.workbook, session.real_time)
    snapshot = with_book_of(workbook, workbook.read(), asked.case)
    request = request_of("run", asked, session.real_time, ACTIONS)
    proof = proved(Question(asked.case, workbook, snapshot, request, session.tell))
    if asked.as_json:
        session.say(one_object(_as_json(proof)))
    else:
        for line in shown(replace(proof, language=spoken_of(proof.language))):
            session.say(line)
    return 0 if proof.equal else EXIT_PROBLEMS


def shown(proof: Proof) -> Iterator[str]:
    """The proof in lines, for the terminal."""
    if not proof.compared:
        yield _said("nobody", proof, number=proof.number, column=REGISTER["about"].label(proof.language))
        return
    days = {"first": f"{proof.first:%Y-%m-%d %H:%M}", "last": f"{proof.last:%Y-%m-%d}"}
    yield _said("span", proof, number=proof.number, **days)
    for one in proof.compared:
        yield from _of_reader(one, proof)
    if proof.others:
        yield _said("others", proof, cases=[*proof.others])
    yield _said("proved" if proof.equal else "leaks", proof, number=proof.number)


def _said(key: str, proof: Proof, **details: object) -> str:
    return _TEXTS[key].say(proof.language, **details)


def _of_reader(one: Compared, proof: Proof) -> Iterator[str]:
    verdict = _said("differ", proof, n=len(one.differences)) if one.differences else _said("equal", proof)
    what = listed(_counted(one, proof.language), proof.language) or _said("nothing", proof)
    why = _WHY[one.reader.why].say(proof.language)
    yield _said("reader", proof, name=one.reader.name, why=why, what=what, verdict=verdict)
    if one.reader.alerted:
        yield _said("alerted", proof)
    if one.before:
        kinds = [(NoticeKind.of(mail.kind).label(proof.language), mail.day) for mail in one.before]
        mails = [_said("mail", proof, kind=kind, day=day) for kind, day in kinds]
        said = _said("said_text" if proof.quotable else "said_number", proof)
        yield _said("before", proof, mails=mails, said=said)
    if one.until is not None:
        yield _said("until", proof, moment=_moment(one.until))
    for difference in one.differences[:MOST_DIFFERENCES]:
        yield from _difference(difference, proof)
    if len(one.differences) > MOST_DIFFERENCES:
        yield _said("more", proof, n=len(one.differences) - MOST_DIFFERENCES)


def _counted(one: Compared, language: Language) -> Iterator[str]:
    for sort, many in _SORTS.items():
        if n := one.counts[sort]:
            yield many.say(language, n=n)


def _difference(difference: Difference, proof: Proof) -> Iterator[str]:
    """Where it differs; what stands there only if the case may be quoted."""
    with_case, without = difference.with_case, difference.without_case
    item = with_case or without
    assert item is not None  # one of them is there
    place = {"moment": _moment(item.at), "title": _title(item, proof)}
    if with_case is None or without is None:
        yield _said("at", proof, **place, how=_said("only_without" if with_case is None else "only_with", proof))
        return
    differing = list(_differing(with_case, without))[:MOST_LINES]
    numbers = Row(line for line, _, _ in differing)
    yield _said("at", proof, **place, how=_said("lines", proof, lines=numbers))
    for _, ours, theirs in differing if proof.quotable else ():
        yield _said("with", proof, line=ours)
        yield _said("without", proof, line=theirs)


def _differing(ours: Item, theirs: Item) -> Iterator[tuple[int, str, str]]:
    pairs = zip_longest(ours.lines, theirs.lines, fillvalue="")
    yield from ((line, a, b) for line, (a, b) in enumerate(pairs, start=1) if a != b)


def _title(item: Item, proof: Proof) -> str:
    kinds = lookup(NoticeKind)
    kind = NoticeKind.of(item.kind).label(proof.language) if item.kind in kinds else item.kind
    return f"{kind} “{item.title}”" if proof.quotable and item.kind in kinds else kind


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _as_json(proof: Proof) -> dict[str, object]:
    return {
        "case_no": proof.number,
        "from": proof.first.isoformat(),
        "until": proof.last.isoformat(),
        "equal": proof.equal,
        "readers": [_reader_json(one) for one in proof.compared],
        "explain": [*proof.others],
    }


def _reader_json(one: Compared) -> dict[str, object]:
    return {
        "name": one.reader.name,
        "why": one.reader.why.value,
        "alerted": one.reader.alerted,
        "compared": {sort: one.counts[sort] for sort in _SORTS},
        "until": one.until.isoformat() if one.until is not None else None,
        "before": [{"kind": mail.kind, "on": mail.day.isoformat()} for mail in one.before],
        "equal": not one.differences,
        "differences": [_difference_json(difference) for difference in one.differences],
    }


def _difference_json(difference: Difference) -> dict[str, object]:
    with_case, without = difference.with_case, difference.without_case
    item = with_case or without
    assert item is not None  # one of them is there
    lines = [line for line, _, _ in _differing(with_case, without)][:MOST_LINES] if with_case and without else []
    return {
        "at": item.at.isoformat(),
        "kind": item.kind,
        "with": bool(with_case),
        "without": bool(without),
        "lines": lines,
    }
