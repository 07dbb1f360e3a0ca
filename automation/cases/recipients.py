"""Who holds a role for a case today, and may be told of it.

A notice goes "to whoever holds the role now" (docs/design.md#p4.11). "Nobody in conflict gets any notice of the case at any level, as handler, copy, stand-in, head,
leader or reader of a digest" (docs/design.md#p5.2). What a role cannot be told goes up (docs/design.md#p4.27).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from automation.cases.confidentiality import Confidence
from automation.cases.joined_facts import answered
from automation.cases.mailboxes import Recipient, is_away
from automation.cases.petitioner_address import petitioner_told
from automation.cases.tasks import Task
from automation.cases.told import MUST_NOT, NOT_THERE, How, LeftOut, Told, Way, Why
from automation.ledger.addresses import addresses_in, in_domains, mail_domains, mailbox_of
from automation.ledger.normal_form import is_address, normal
from automation.ledger.notices import NO_CASE, Notice, hands_in
from automation.ledger.people import Department, Person
from automation.ledger.policy import Duty, Policy
from automation.ledger.table import Table
from sheet_schema.vocabulary import PERSONAL, TO_PETITIONERS, NoticeKind, Role, Who

ROLES = frozenset(role.key for role in Role)
OF_THE_DEPARTMENT = frozenset((Who.HANDLER.key, Who.HEAD.key))
"""The roles for which a department's mailbox, and then its head, can be told instead."""
ALERT_LADDER = (
    Role.LEADER.key, Role.PRINCIPAL.key, Role.GROUP.key, Role.DISCIPLINE.key, Role.OUTSIDE.key,
)  # fmt: skip
"""Whom an alert goes to, if nobody in the roles before may and can be told. Nothing is for the duty person alone."""
INSTEAD_OF_THE_OFFICE = (Role.DISCIPLINE, Role.OUTSIDE, Role.PRINCIPAL, Role.LEADER, Role.GROUP)
"""Whom to turn to, one after another, where nobody in the office may know of a case (docs/design.md#p5.18)."""

Found = Way | LeftOut


@dataclass(frozen=True, slots=True)
class _Question:
    """Who is told of a notice, given the department that it is about and the handler, as typed."""

    notice: Notice
    department: Department | None
    handler: str


@dataclass(frozen=True)
class Recipients:
    """Finds who holds which role on one day, in general or for one case."""

    policy: Policy
    register: Table
    confidence: Confidence
    day: date
    apart: frozenset[str] = frozenset()
    """The cases whose mails go alone (`Ledger.apart`)."""
    chats: frozenset[str] = frozenset()
    """The addresses of the chats that a message can be sent to."""
    _remembered: dict[tuple[object, ...], Told] = field(default_factory=dict, compare=False, repr=False)

    def told(self, notice: Notice) -> Told:
        """Everyone who gets the notice, each once, and who should have got it but may not or cannot."""
        if isinstance(notice.concern, Task):
            return self._told_of_task(notice, notice.concern)
        if notice.kind in TO_PETITIONERS:
            return petitioner_told(notice, self.register, self.policy)
        if notice.case_at == NO_CASE:
            key: tuple[object, ...] = (notice.kind in PERSONAL, notice.slot)
        else:
            # Cases in the same hands that everybody may know of are told alike: a large ledger has thousands.
            case = notice.case_at if notice.case_at in self.confidence.guarded else NO_CASE
            hands = self._hands(notice.case_at)
            key = (case, *hands, notice.kind, notice.slot, notice.step, notice.level, notice.holder)
        if key not in self._remembered:
            self._remembered[key] = self._told(notice)
        return self._remembered[key]

    def in_role(self, slot: str) -> tuple[Recipient, ...]:
        """Everyone who holds the role today, in conflict with a case or not. Ask `told` about a notice of a case."""
        return _readers(self._in_role(slot))

    def of_department(self, department: Department) -> tuple[Recipient, ...]:
        """Who gets a department's mail: its mailbox; without one its head, or the head's stand-in."""
        return _readers(self._mailbox(department)) or _readers(self._named([department.head], Who.HEAD.key))

    def _hands(self, at: int) -> tuple[str, str]:
        """The department and the handler that have the case, be it by the case with which it is answered."""
        register = answered(self.register)
        return str(register["department"][at]), str(register["handler"][at])

    def _told(self, notice: Notice) -> Told:
        if notice.case_at == NO_CASE:
            slot = notice.slot
            found = self._named([slot], slot) if notice.kind in PERSONAL else self._in_role(slot)
            return _gathered(self._judged(found, notice))
        own, handler = self._hands(notice.case_at)
        department = self.department(hands_in(notice.holder)[0] or own)
        elsewhere = department is not None and department != self.department(own)
        return self._told_of_case(_Question(notice, department, "" if elsewhere else handler))

    def _told_of_task(self, notice: Notice, task: Task) -> Told:
        """Whoever it is for and may know of it; else the office, else those to turn to instead of it (docs/design.md#p24.5)."""
        that_day = replace(self, day=max(self.day, task.held_on or self.day))
        first = that_day._in_role(notice.slot) if notice.slot in ROLES else that_day._named([notice.slot], notice.slot)
        found = list(self._judged(first, notice))
        for role in (Role.OFFICE, *INSTEAD_OF_THE_OFFICE):
            if _readers(found):
                break
            instead = self._judged(self._in_role(role.key), notice)
            found += [replace(one, how=How.PASSED_UP) if isinstance(one, Way) else one for one in instead]
        return _gathered(found)

    def _told_of_case(self, question: _Question) -> Told:
        """The holders of the slot; else, stage by stage, those to whom it goes instead. A copy is for nobody else, but for the
        head of a department without a mailbox."""
        notice = question.notice
        found = list(self._judged(self._holding(notice.slot, question), notice))
        if _is_a_copy(notice):
            copied_to = None if notice.slot in ROLES else self.department(notice.slot)
            if copied_to is not None and not _readers(found) and not _may_not(found):
                found += self._judged(self._head(copied_to), notice)
            found = [_copied(one, notice.slot) for one in found]
        elif not _readers(found):
            for how, stage in self._instead(question, found):
                later = list(self._judged(stage, notice))
                found += [replace(one, how=how) if isinstance(one, Way) else one for one in later]
                if _readers(later):
                    break
        if notice.kind == NoticeKind.HANDED_OVER and notice.holder:
            found = [one for one in found if not self._has_it_now(one, notice)]
        return _gathered(found)

    def _has_it_now(self, one: Found, lost: Notice) -> bool:
        """Whether the mailbox is one that the case is with since it changed hands, under whatever name."""
        now = self.told(replace(lost, kind=NoticeKind.ASSIGNMENT.key, slot=Who.HANDLER.key, step="", holder=""))
        return isinstance(one, Way) and mailbox_of(one.reader.address) in {mailbox_of(r.address) for r in now.readers}

    def _instead(self, question: _Question, found: Sequence[Found]) -> Iterator[tuple[How, Iterable[Found]]]:
        """Who is told instead of those in the slot, one stage after another. `found` grows with what each stage found.

        Unless the holder must not know, the department itself: its mailbox, then its head. Then up: an alert by its ladder, a late
        step by the levels that follow, outside, discipline and the governors, a reminder of the office's step to those who are
        asked instead of it, anything else of a department's whose people are away or have no address by leader in charge,
        principal, outside and governors.
        """
        notice, department = question.notice, question.department
        if notice.slot in OF_THE_DEPARTMENT and department is not None and _is_open_to(found):
            yield How.MAILBOX, self._mailbox(department)
            yield How.PASSED_UP, self._head(department)
        for slots in self._levels_above(notice, goes_up=self._is_given(question) and _is_open_to(found)):
            yield How.PASSED_UP, [one for slot in slots for one in self._holding(slot, question)]

    def _is_given(self, question: _Question) -> bool:
        """Whether a department that there is has the case or, where the handler is told, somebody in People. Else the office is
        to give it away."""
        handles = question.notice.slot == Who.HANDLER and self._person(question.handler) is not None
        return question.department is not None or handles

    def _levels_above(self, notice: Notice, *, goes_up: bool) -> Iterator[Sequence[str]]:
        if notice.kind == NoticeKind.ALERT:
            place = ALERT_LADDER.index(notice.slot) if notice.slot in ALERT_LADDER else len(ALERT_LADDER)
            yield from ((slot,) for slot in ALERT_LADDER[place + 1 :])
            if notice.slot == Role.OFFICE:  # the report to the superior is for somebody to make
                yield from ((role.key,) for role in INSTEAD_OF_THE_OFFICE)
        elif notice.kind == NoticeKind.ESCALATION:
            if not self._is_of_its_level(notice):
                return  # an explanation is asked of nobody else: the level is told to its own roles
            above = [rung for rung in self.policy.rungs(notice.step, notice.due_on) if rung.level > notice.level]
            for level in sorted({rung.level for rung in above}):
                yield [slot for rung in above if rung.level == level for slot in rung.to]
            yield from ((slot,) for slot in (Role.OUTSIDE.key, Role.DISCIPLINE.key, Role.GROUP.key))
        elif notice.kind == NoticeKind.REMINDER and notice.slot == Who.OFFICE:
            yield from ((role.key,) for role in INSTEAD_OF_THE_OFFICE)
        elif goes_up and notice.slot in OF_THE_DEPARTMENT and notice.kind != NoticeKind.HANDED_OVER:
            yield from ((role.key,) for role in (Role.LEADER, Role.PRINCIPAL, Role.OUTSIDE, Role.GROUP))

    def _is_of_its_level(self, notice: Notice) -> bool:
        """Whether the late step is told to this role because its level of the ladder says so, and not only to be explained."""
        rungs = [rung for rung in self.policy.rungs(notice.step, notice.due_on) if rung.level == notice.level]
        return not rungs or any(notice.slot in rung.to for rung in rungs)

    def _holding(self, slot: str, question: _Question) -> Iterable[Found]:
        """Everyone in the role for this case, may they know of it or not. `slot` is a role's key or a name."""
        department = question.department
        if slot == Who.HANDLER and question.handler:
            return self._named([question.handler], slot)
        if slot == Who.HANDLER:
            return self._mailbox(department) if department else [LeftOut(slot, "", Why.NO_DEPARTMENT)]
        if slot == Who.HEAD:
            return self._head(department) if department else [LeftOut(slot, "", Why.NO_DEPARTMENT)]
        if slot == Role.DUTY and (turns := self._turns()):
            unknown = not all(
                turn.sure and self._person(turn.person) for turn in turns
            )  # a slip must not silence an alert
            return [*self._named([turn.person for turn in turns], slot), *(self._in_role(slot) if unknown else ())]
        if slot == Role.LEADER and department is not None and self._person(department.leader):
            return self._named([department.leader], slot)
        return self._in_role(slot)

    def _in_role(self, slot: str) -> Iterable[Found]:
        """Everyone who has the role; if the slot is no role, whoever has that name."""
        if slot in ROLES:
            return self._named([person.name for person in self.policy.people if slot in person.roles], slot)
        department = self.department(slot)
        return self._mailbox(department) if department else self._named([slot], slot)

    def on_duty(self) -> list[Duty]:
        """Who is plainly on duty that day. Whoever is named there need not have the role."""
        return [turn for turn in self._turns() if turn.sure]

    def _turns(self) -> list[Duty]:
        return [turn for turn in self.policy.duty if turn.start <= self.day <= turn.until]

    def _mailbox(self, department: Department) -> Iterable[Found]:
        known = [Recipient(department.name, one, is_department=True) for one in addresses_in(department.email)]
        none = LeftOut(Who.HANDLER.key, department.name, Why.NO_ADDRESS)
        return [Way(reader, How.MAILBOX, Who.HANDLER.key) for reader in known] or [none]

    def _head(self, department: Department) -> Iterable[Found]:
        slot = Who.HEAD.key
        return self._named([department.head], slot) if department.head else [LeftOut(slot, "", Why.NO_HEAD)]

    def _named(self, names: Iterable[str], slot: str) -> Iterable[Found]:
        """These people, or whoever is there in their stead."""
        people = [(name, self._person(name)) for name in names if name]
        if not people:
            return [LeftOut(slot, "", Why.NOBODY)]
        return [
            one
            for name, person in people
            for one in (self._present(person, slot) if person else [LeftOut(slot, name, self._why_unknown(name))])
        ]

    def _why_unknown(self, name: str) -> Why:
        """Why a name has no row that counts: it is somebody's who is only named elsewhere, or whose row cannot be used; or
        it is nobody's, or several people's."""
        return Why.NO_ROW if self.policy.directory.person(name) else Why.UNCLEAR

    def _present(self, person: Person, slot: str) -> Iterable[Found]:
        """The person; while they are away their stand-in, or the stand-in's, whoever is there."""
        there, seen = person, {person.name}
        while is_away(there, self.day):
            stand_in = self._person(there.stand_in)
            if stand_in is None or stand_in.name in seen:
                return [LeftOut(slot, person.name, Why.AWAY if person.absent_until else Why.LEFT)]
            there = stand_in
            seen.add(there.name)
        how, of = (How.HOLDER, "") if there is person else (How.STAND_IN, person.name)
        return [Way(Recipient(there.name, address), how, slot, of) for address in addresses_in(there.email) or ("",)]

    def _judged(self, found: Iterable[Found], notice: Notice) -> Iterator[Found]:
        """The same, with those who may not or cannot be told as left out."""
        for one in found:
            why = self._why_not(one.reader, notice) if isinstance(one, Way) else None
            yield LeftOut(one.slot, one.reader.name, why, one.of) if isinstance(one, Way) and why else one

    def _why_not(self, reader: Recipient, notice: Notice) -> Why | None:
        at, confidence = notice.case_at, self.confidence
        if isinstance(notice.concern, Task) and not notice.concern.may_know(reader):
            return Why.KEPT
        may_know = confidence.may_be_alerted if notice.kind == NoticeKind.ALERT else confidence.may_know
        if at != NO_CASE and not may_know(at, reader):
            if confidence.bars(at, reader):
                return Why.CONFLICT
            return Why.SHARED if confidence.has_role_for(at, reader) else Why.KEPT
        if not is_address(reader.address):
            return Why.NO_ADDRESS
        return None if may_be_written_to(self.policy, reader) else Why.NOT_ALLOWED

    def department(self, name: str) -> Department | None:
        """The department with this name, or the one that it means; None if there is none."""
        return self._departments.get(normal(name)) or self._departments.get(
            normal(self.policy.directory.department(name))
        )

    @cached_property
    def _departments(self) -> dict[str, Department]:
        return {normal(entry.name): entry for entry in reversed(self.policy.departments)}

    def _person(self, name: str) -> Person | None:
        """Whoever this name means and nobody else, if they have a row in People that counts."""
        if name not in self._known_people:
            self._known_people[name] = self._people.get(normal(name)) or self._people.get(
                normal(self.policy.directory.person(name))
            )
        return self._known_people[name]

    @cached_property
    def _known_people(self) -> dict[str, Person | None]:
        return {"": None}

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {normal(person.name): person for person in reversed(self.policy.people)}


def _is_a_copy(notice: Notice) -> bool:
    """Whether the notice tells somebody of a new case for information only, as *Copy to* of its rule says."""
    return notice.kind == NoticeKind.ASSIGNMENT and notice.slot != Who.HANDLER  # of a part nobody gets a copy


def _copied(one: Found, slot: str) -> Found:
    """The same as a copy: to whoever or whatever the slot names, and in no other role, so that nothing is theirs to do."""
    return replace(one, how=How.COPIED, slot=slot) if isinstance(one, Way) else replace(one, slot=slot)


def _is_open_to(found: Sequence[Found]) -> bool:
    """Whether others may be told instead of these: none of them must not know of the case, or one is only away."""
    return _nobody_is_there(found) or not _may_not(found)


def _nobody_is_there(found: Iterable[Found]) -> bool:
    """Whether one of those in the role is away, with nobody in their stead who may know."""
    return any(isinstance(one, LeftOut) and (one.why in NOT_THERE or one.of != "") for one in found)


def _may_not(found: Iterable[Found]) -> bool:
    """Whether one of those in the role may not know of the case."""
    return any(isinstance(one, LeftOut) and one.why in MUST_NOT for one in found)


def _readers(found: Iterable[Found]) -> tuple[Recipient, ...]:
    return tuple(dict.fromkeys(one.reader for one in found if isinstance(one, Way)))


def _gathered(found: Iterable[Found]) -> Told:
    ways: dict[Recipient, Way] = {}
    left_out: dict[LeftOut, None] = {}
    for one in found:
        if isinstance(one, Way):
            ways.setdefault(one.reader, one)
        else:
            left_out.setdefault(one)
    return Told(tuple(ways.values()), tuple(left_out))


def may_be_written_to(policy: Policy, reader: Recipient) -> bool:
    """Whether the reader has an address, within `allowed_domains` if there is a domain in that setting."""
    domains, _ = mail_domains(policy.settings["allowed_domains"])
    return is_address(reader.address) and (not domains or in_domains(reader.address, domains))
