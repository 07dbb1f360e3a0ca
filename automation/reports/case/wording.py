"""A timeline in the ledger's language: one line for each event, with day, doer, what, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import cast

from automation.reports.case.events import Event, What
from automation.text.catalogue import clauses, listed, plural
from sheet_schema import REGISTER, Language
from sheet_schema import vocabulary as words

_TEXTS: dict[Language, dict[str, str]] = {
    "en": {
        "numbered": "Number issued", "received": "Received{channel}{by}", "repeats": "Repeats {case_no}",
        "first_seen": "First seen by a run", "assigned": "Given to {holder}", "due_moved": "Due date moved, though nobody had touched the row",
        "decided": "Decision: {decision}", "notified": "Petitioner notified", "extended": "Extended to {to}, approved by {person}",
        "replied": "Replied{outcome}", "fed_back": "Reported back{ref}", "review_asked": "Review asked for",
        "review_done": "Review done", "named": "{case_no} came in and names this case as the earlier one", "closed": "Closed",
        "filed": "Filed{archive_no}{retention}{seal_no}", "resealed": "Sealed anew", "taken_over": "Taken over by {person}",
        "appraisal": "Appraisal: the archive looks at it again", "due": "{step} is due", "period_ends": "{step} ends",
        "changed": "{column}: {after}", "changed_from": "{column}: {before} → {after}", "filled": "{column} filled in",
        "in_ledger": "the department or handler in the ledger", "someone": "somebody",
        "mail": "Mail ({about}) to {to}: {state}", "mail_to_come": "Mail ({about}) to {to}",
        "passed": "Mail ({about}) to {to}: left out, a later one says it", "passed_many": "Mail ({about}) to {to}: {count} left out, a later one says it",
        "went_live": "Mail ({about}) to {to}: not sent, counted as told when sending became live",
        "level": "level {level}", "before": "{n} {unit} before", "nobody": "nobody with a mail address",
        "asks": "; asks for an explanation in writing", "retry": "{state}, again at {when}", "done": "{state} at {when}",
        "error": "{state}: {error}", "next_run": "At the next run: {said}", "why": "{said} ({why})", "of": ", by {who}",
        "kept": ", kept {years}", "sealed": ", seal {n}", "as": " as {name}", "ref": " ({name})", "is": ": {name}",
        "in": "{name} ({names})", "job": "job", "staff": "staff", "": "",
    },
    "zh": {
        "numbered": "编号发出", "received": "收到{channel}{by}", "repeats": "与 {case_no} 重复",
        "first_seen": "系统首次见到", "assigned": "交 {holder} 承办", "due_moved": "该行未改动而期限变动",
        "decided": "处理意见：{decision}", "notified": "已告知信访人", "extended": "延期至 {to}，批准人 {person}",
        "replied": "已答复{outcome}", "fed_back": "已反馈上级{ref}", "review_asked": "申请复查",
        "review_done": "复查办结", "named": "{case_no} 登记，并以本件为原件", "closed": "办结",
        "filed": "归档{archive_no}{retention}{seal_no}", "resealed": "重新封存", "taken_over": "{person} 接收",
        "appraisal": "到期鉴定：由档案部门审视", "due": "{step}到期", "period_ends": "{step}届满",
        "changed": "{column}：{after}", "changed_from": "{column}：{before} → {after}", "filled": "填写了{column}",
        "in_ledger": "账本所载部门或经办人", "someone": "（未填）",
        "mail": "邮件（{about}）发给{to}：{state}", "mail_to_come": "邮件（{about}）发给{to}",
        "passed": "邮件（{about}）发给{to}：略去，由后一封代替", "passed_many": "邮件（{about}）发给{to}：略去 {count} 封，由后一封代替",
        "went_live": "邮件（{about}）发给{to}：正式启用时视为已告知，未发",
        "level": "第 {level} 级", "before": "提前 {n} {unit}", "nobody": "无可用邮箱",
        "asks": "；要求书面说明", "retry": "{state}（{when}）", "done": "{state}（{when}）",
        "error": "{state}：{error}", "next_run": "下次运行：{said}", "why": "{said}（{why}）", "of": "，接待人 {who}",
        "kept": "，保管期限 {years}", "sealed": "，封存序号 {n}", "as": "，档号 {name}", "ref": "（{name}）", "is": "：{name}",
        "in": "{name}（{names}）", "job": "系统", "staff": "人工", "": "    ",
    },
}  # fmt: skip
_WIDTH = {"en": 5, "zh": 0}
"""Width of the column that says who did it; Chinese words are two characters, each two columns wide."""


def line(event: Event, language: Language) -> str:
    """`2026-03-18  09:00  job    Given to East (Routing row 2 (order 10))`"""
    hour = event.hour.strftime("%H:%M") if event.hour else " " * 5
    return f"{event.day}  {hour}  {_TEXTS[language][event.by.value]:{_WIDTH[language]}}  {in_words(event, language)}"


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
    texts = _TEXTS[language]
    text = _SAY.get(event.what, _plainly)(event, language)
    if why := event.facts.get("why"):
        text = texts["why"].format(said=text, why=why)
    text = " ".join(text.split())
    return texts["next_run"].format(said=text) if event.facts.get("next_run") else text


def _plainly(event: Event, language: Language) -> str:
    """A sentence with the facts in it; one that is missing leaves no gap."""
    texts, facts = _TEXTS[language], event.facts
    places: dict[str, object] = {
        "channel": _given(facts, "channel", "ref", language, words.Channel),
        "by": _who(facts, language),
        "outcome": _given(facts, "outcome", "is", language, words.CaseOutcome),
        "ref": _given(facts, "ref", "ref", language),
        "decision": _label(words.Decision, facts.get("decision"), language),
        "to": facts.get("to", ""),
        "person": facts.get("person") or texts["someone"],
        "case_no": facts.get("case_no", ""),
    }
    return texts[event.what.value].format(**places)


def _given(
    facts: Mapping[str, object], key: str, how: str, language: Language, choices: words.Words | None = None
) -> str:
    value = facts.get(key)
    shown = _label(choices, value, language) if choices is not None else value
    return _TEXTS[language][how].format(name=shown) if value else ""


def _label(choices: words.Words, key: object, language: Language) -> str:
    """The label of a choice; other text, as people may type into the job's tabs, stays as it is."""
    return {word.key: word.label(language) for word in choices}.get(str(key), str(key)) if key else ""


def _who(facts: Mapping[str, object], language: Language) -> str:
    return _TEXTS[language]["of"].format(who=facts["person"]) if facts.get("person") else ""


def _assigned(event: Event, language: Language) -> str:
    texts = _TEXTS[language]
    names = [str(event.facts[key]) for key in ("department", "handler") if event.facts.get(key)]
    return texts["assigned"].format(holder=listed(names, language) or texts["in_ledger"])


def _changed(event: Event, language: Language) -> str:
    """A cell the job filled in; if the case was restricted then, History only has the column."""
    texts, facts = _TEXTS[language], event.facts
    key = str(facts["column"])
    label = REGISTER[key].label(language) if key in REGISTER.keys else key
    how = "filled" if not facts["after"] else "changed_from" if facts["before"] else "changed"
    return texts[how].format(column=label, before=facts["before"], after=facts["after"])


def _filed(event: Event, language: Language) -> str:
    texts, facts = _TEXTS[language], event.facts
    retention = _label(words.Retention, facts.get("retention"), language)
    return texts["filed"].format(
        archive_no=_given(facts, "archive_no", "as", language),
        retention=texts["kept"].format(years=retention) if retention else "",
        seal_no=texts["sealed"].format(n=facts["seal_no"]) if "seal_no" in facts else "",
    )


def _due(event: Event, language: Language) -> str:
    step = words.Step.of(str(event.facts["step"]))
    ends = step is words.Step.OBJECTION_PERIOD
    return _TEXTS[language]["period_ends" if ends else "due"].format(step=step.label(language))


def _mail(event: Event, language: Language) -> str:
    texts, facts = _TEXTS[language], event.facts
    about = _about(facts, language)
    if "readers" in facts:
        readers = cast(Mapping[str, tuple[str, ...]], facts["readers"])
        to = listed((_role(slot, names or [texts["nobody"]], language) for slot, names in readers.items()), language)
        return texts["mail_to_come"].format(about=about, to=to) + (texts["asks"] if facts.get("asks") else "")
    to = _role(str(facts.get("slot", "")), cast(tuple[str, ...], facts.get("to", ())), language)
    if "count" in facts:
        many = "passed_many" if facts["count"] != 1 else "passed"
        if facts.get("kind") == words.NoticeKind.ASSIGNMENT:
            many = "went_live"
        return texts[many].format(about=about, to=to, count=facts["count"])
    return texts["mail"].format(about=about, to=to, state=_state(event, language))


def _about(facts: Mapping[str, object], language: Language) -> str:
    """What a mail is about: its kind, the step and its day, the level or how long before."""
    texts = _TEXTS[language]
    parts = [_label(words.NoticeKind, facts.get("kind"), language), str(facts.get("holder", ""))]
    if facts.get("step"):
        parts.append(f"{_label(words.Step, facts['step'], language)} {facts.get('due_on', '')}".strip())
    if facts.get("kind") == words.NoticeKind.ESCALATION and facts.get("level"):
        parts.append(texts["level"].format(level=facts["level"]))
    if "before" in facts:
        unit = plural(_label(words.Unit, facts["unit"], language), facts["before"], language)
        parts.append(texts["before"].format(n=facts["before"], unit=unit))
    return clauses(filter(None, parts), language)


def _role(slot: str, names: Iterable[str], language: Language) -> str:
    """A role and who holds it; a slot that is not a role is a person's name."""
    role = _label(words.Role, slot, language)
    holders = listed(names, language)
    return _TEXTS[language]["in"].format(name=role, names=holders) if holders else role


def _state(event: Event, language: Language) -> str:
    """What became of a mail, when if not at once, and what the server said."""
    texts, facts = _TEXTS[language], event.facts
    state = _label(words.NoticeState, facts.get("state"), language)
    for key in ("retry_at", "done_at"):
        moment = facts.get(key)
        if isinstance(moment, datetime) and (moment.date(), moment.strftime("%H:%M")) != _minute(event):
            state = texts[key.partition("_")[0]].format(state=state, when=moment.isoformat(" ", "minutes"))
            break
    return texts["error"].format(state=state, error=facts["error"]) if facts.get("error") else state


def _minute(event: Event) -> tuple[date, str]:
    return event.day, event.hour.strftime("%H:%M") if event.hour else ""


_SAY = {
    What.ASSIGNED: _assigned,
    What.CHANGED: _changed,
    What.FILED: _filed,
    What.DUE: _due,
    What.MAIL: _mail,
}
