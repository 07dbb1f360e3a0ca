"""A timeline in the ledger's language: one line for each event, with day, doer, what, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import cast

from automation.cases.steps_owed import PERIODS
from automation.reports.case.events import By, Event, What
from automation.text.catalogue import Message, Sentences, clauses, in_a_row, listed, msg
from automation.text.characters import breadth
from automation.text.dates import amount_of
from sheet_schema import REGISTER, Language
from sheet_schema import vocabulary as words
from sheet_schema.word import Words

_TEXTS: Mapping[str, Message] = {
        "numbered": msg("Number issued"), "received": msg("Received{channel}{by}"), "repeats": msg("Repeats {case_no}"),
        "first_seen": msg("First seen by a run"), "assigned": msg("Given to {holder}"), "due_moved": msg("Due date moved, though nobody had touched the row"),
        "decided": msg("Decision: {decision}{procedure}"), "notified": msg("Acknowledged"), "extended": msg("Extended to {to}, approved by {person}"),
        "told_of_extension": msg("Told of the extension"),
        "concluded": msg("Inquiry concluded"), "replied": msg("Replied{outcome}"), "fed_back": msg("Reported back{ref}"), "review_asked": msg("Stage 2 asked for"),
        "review_done": msg("Stage 2 answered"), "second_review_asked": msg("Stage 3 asked for"),
        "panel": msg("The panel met"), "panel_meets": msg("The panel meets"), "second_review_done": msg("Stage 3 answered"), "named": msg("{case_no} came in and names this case as the earlier one"), "closed": msg("Closed"),
        "filed": msg("Filed{archive_no}{retention}{seal_no}"), "resealed": msg("Sealed anew"), "taken_over": msg("Taken over by {person}"),
        "appraisal": msg("Appraisal: the archive looks at it again"), "due": msg("{step} is due"), "period_ends": msg("{step} ends"),
        "changed": msg("{column}: {after}"), "changed_from": msg("{column}: {before} → {after}"), "filled": msg("{column} filled in"),
        "altered": msg("{column} changed"), "altered_from": msg("{column}: {before} → {after}"), "altered_to": msg("{column}: blank → {after}"),
        "emptied": msg("{column}: {before} → blank"), "taken_out": msg("Row taken out or emptied"),
        "in_ledger": msg("the department or handler in the ledger"), "someone": msg("somebody"),
        "mail": msg("Mail ({about}) to {to}: {state}"), "mail_to_come": msg("Mail ({about}) to {to}"),
        "passed": msg("Mail ({about}) to {to}: left out, a later one says it"), "passed_many": msg("Mail ({about}) to {to}: {count} left out, a later one says it"),
        "went_live": msg("Mail ({about}) to {to}: not sent, counted as told when sending became live"),
        "given_before": msg("Mail ({about}) to {to}: not sent, as it was given to them before"),
        "level": msg("level {level}"), "before": msg("{ahead} before"), "nobody": msg("nobody with a mail address"),
        "asks": msg("; asks for an explanation in writing"), "retry": msg("{state}, again at {when}"), "done": msg("{state} at {when}"),
        "error": msg("{state}: {error}"), "next_run": msg("At the next run: {said}"), "why": msg("{said} ({why})"), "of": msg(", by {who}"),
        "kept": msg(", kept {years}"), "sealed": msg(", seal {n}"), "as": msg(" as {name}"), "ref": msg(" ({name})"), "is": msg(": {name}"),
        "in": msg("{name} ({names})"), "job": msg("job"), "staff": msg("staff"),
    }  # fmt: skip


def line(event: Event, language: Language) -> str:
    """`2026-03-18  09:00  job    Given to East (Routing row 2 (order 10))`"""
    hour = event.hour.strftime("%H:%M") if event.hour else " " * 5
    return f"{event.day}  {hour}  {_by(event, language)}  {in_words(event, language)}"


def _by(event: Event, language: Language) -> str:
    """Who did it, as wide as the wider of the two who can have."""
    everybody = [_TEXTS[by.value].say(language) for by in By if by.value]
    name = _TEXTS[event.by.value].say(language) if event.by.value else ""
    return name + " " * (max(map(breadth, everybody)) - breadth(name))


def as_object(event: Event, language: Language) -> dict[str, object]:
    """The event for JSON: `facts` with choices by their keys, `text` as a person reads it."""
    hour = event.hour.isoformat("minutes") if event.hour else None
    facts = {key: _plain(fact) for key, fact in event.facts.items()}
    return {
        "day": event.day.isoformat(),
        "time": hour,
        "what": event.what.value,
        "by": event.by.value or None,
        "text": in_words(event, language),
        "facts": facts,
    }


def _plain(fact: object) -> object:
    if isinstance(fact, Mapping):
        return {key: _plain(part) for key, part in fact.items()}
    if isinstance(fact, tuple):
        return [_plain(part) for part in fact]
    return fact.isoformat() if isinstance(fact, date | datetime) else fact


def in_words(event: Event, language: Language) -> str:
    """What happened and why, in words on one line."""
    texts = Sentences(_TEXTS, language)
    text = _SAY.get(event.what, _plainly)(event, language)
    if why := event.facts.get("why"):
        text = texts.say("why", said=text, why=why)
    text = " ".join(text.split())
    return texts.say("next_run", said=text) if event.facts.get("next_run") else text


def _plainly(event: Event, language: Language) -> str:
    """A sentence with the facts in it; one that is missing leaves no gap."""
    texts, facts = Sentences(_TEXTS, language), event.facts
    places: dict[str, object] = {
        "channel": _given(facts, "channel", "ref", language, words.Channel),
        "by": _who(facts, language),
        "outcome": _given(facts, "outcome", "is", language, words.CaseOutcome),
        "ref": _given(facts, "ref", "ref", language),
        "decision": _label(words.Decision, facts.get("decision"), language),
        "procedure": _given(facts, "procedure", "ref", language, words.Procedure),
        "to": facts.get("to", ""),
        "person": facts.get("person") or texts["someone"],
        "case_no": facts.get("case_no", ""),
    }
    return texts.say(event.what.value, **places)


def _given(facts: Mapping[str, object], key: str, how: str, language: Language, choices: Words | None = None) -> str:
    value = facts.get(key)
    shown = _label(choices, value, language) if choices is not None else value
    return Sentences(_TEXTS, language).say(how, name=shown) if value else ""


def _label(choices: Words, key: object, language: Language) -> str:
    """The label of a choice; other text, as people may type into the job's tabs, stays as it is."""
    return {word.key: word.label(language) for word in choices}.get(str(key), str(key)) if key else ""


def _who(facts: Mapping[str, object], language: Language) -> str:
    return Sentences(_TEXTS, language).say("of", who=facts["person"]) if facts.get("person") else ""


def _assigned(event: Event, language: Language) -> str:
    texts = Sentences(_TEXTS, language)
    names = [str(event.facts[key]) for key in ("department", "handler") if event.facts.get(key)]
    return texts.say("assigned", holder=listed(names, language) or texts["in_ledger"])


def _changed(event: Event, language: Language) -> str:
    """A cell the job filled in; if the case was restricted then, History only has the column."""
    texts, facts = Sentences(_TEXTS, language), event.facts
    key = str(facts["column"])
    label = REGISTER[key].label(language) if key in REGISTER.keys else key
    how = "filled" if not facts["after"] else "changed_from" if facts["before"] else "changed"
    return texts.say(how, column=label, before=facts["before"], after=facts["after"])


def _altered(event: Event, language: Language) -> str:
    """A cell that a person changed; if the case is or was restricted, History only has the column."""
    texts, facts = Sentences(_TEXTS, language), event.facts
    key, before, after = str(facts["column"]), facts["before"], facts["after"]
    if key == "case_no":
        return texts["taken_out"]
    label = REGISTER[key].label(language) if key in REGISTER.keys else key
    how = {(True, True): "altered_from", (True, False): "emptied", (False, True): "altered_to"}
    said = how.get((bool(before), bool(after)), "altered")
    return texts.say(said, column=label, before=before, after=after)


def _filed(event: Event, language: Language) -> str:
    texts, facts = Sentences(_TEXTS, language), event.facts
    retention = _label(words.Retention, facts.get("retention"), language)
    return texts.say(
        "filed",
        archive_no=_given(facts, "archive_no", "as", language),
        retention=texts.say("kept", years=retention) if retention else "",
        seal_no=texts.say("sealed", n=facts["seal_no"]) if "seal_no" in facts else "",
    )


def _due(event: Event, language: Language) -> str:
    step = words.Step.of(str(event.facts["step"]))
    ends = step in PERIODS
    return Sentences(_TEXTS, language).say("period_ends" if ends else "due", step=step.label(language))


def _mail(event: Event, language: Language) -> str:
    texts, facts = Sentences(_TEXTS, language), event.facts
    about = _about(facts, language)
    if "readers" in facts:
        readers = cast(Mapping[str, tuple[str, ...]], facts["readers"])
        to = in_a_row((_role(slot, names or [texts["nobody"]], language) for slot, names in readers.items()), language)
        return texts.say("mail_to_come", about=about, to=to) + (texts["asks"] if facts.get("asks") else "")
    to = _role(str(facts.get("slot", "")), cast(tuple[str, ...], facts.get("to", ())), language)
    if "count" in facts:
        many = "passed_many" if facts["count"] != 1 else "passed"
        if facts.get("kind") == words.NoticeKind.ASSIGNMENT:
            many = "given_before" if facts.get("to") else "went_live"
        return texts.say(many, about=about, to=to, count=facts["count"])
    return texts.say("mail", about=about, to=to, state=_state(event, language))


def _about(facts: Mapping[str, object], language: Language) -> str:
    """What a mail is about: its kind, the step and its day, the level or how long before."""
    texts = Sentences(_TEXTS, language)
    parts = [_label(words.NoticeKind, facts.get("kind"), language), str(facts.get("holder", ""))]
    if facts.get("step"):
        parts.append(f"{_label(words.Step, facts['step'], language)} {facts.get('due_on', '')}".strip())
    if facts.get("kind") == words.NoticeKind.ESCALATION and facts.get("level"):
        parts.append(texts.say("level", level=facts["level"]))
    if "before" in facts:
        ahead = amount_of(words.Unit.of(str(facts["unit"])), int(str(facts["before"])))
        parts.append(texts.say("before", ahead=ahead))
    return clauses(filter(None, parts), language)


def _role(slot: str, names: Iterable[str], language: Language) -> str:
    """A role and who holds it; a slot that is not a role is a person's name."""
    if slot.isdecimal():  # which of the addresses of whoever brought the case (docs/design.md#p22.2)
        return in_a_row(names, language)
    role = _label(words.Role, slot, language)
    holders = in_a_row(names, language)
    return Sentences(_TEXTS, language).say("in", name=role, names=holders) if holders else role


def _state(event: Event, language: Language) -> str:
    """What became of a mail, when if not at once, and what the server said."""
    texts, facts = Sentences(_TEXTS, language), event.facts
    state = _label(words.NoticeState, facts.get("state"), language)
    for key in ("retry_at", "done_at"):
        moment = facts.get(key)
        if isinstance(moment, datetime) and (moment.date(), moment.strftime("%H:%M")) != _minute(event):
            state = texts.say(key.partition("_")[0], state=state, when=moment.isoformat(" ", "minutes"))
            break
    return texts.say("error", state=state, error=facts["error"]) if facts.get("error") else state


def _minute(event: Event) -> tuple[date, str]:
    return event.day, event.hour.strftime("%H:%M") if event.hour else ""


_SAY = {
    What.ASSIGNED: _assigned,
    What.CHANGED: _changed,
    What.ALTERED: _altered,
    What.FILED: _filed,
    What.DUE: _due,
    What.MAIL: _mail,
}
