"""erase: take what somebody decided to erase out of every place that the program knows, and leave a certificate.

Without --yes it says what would be done. One that died goes on with the same call, or with --resume (docs/design.md#p23.6).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from automation.commands.erase_everywhere import everywhere, sought_in_row
from automation.commands.erase_said import FOLDER, TEXTS, advice, counts, paper, told
from automation.commands.erasure_state import Pending, begin, end, pending
from automation.commands.language import spoken_of
from automation.commands.listing_files import write_listing
from automation.commands.options import Session, moment
from automation.commands.tabs_turned_on import turn_on
from automation.ledger.case_numbers import number_meant
from automation.ledger.certificates import certificates
from automation.ledger.errors import Busy, LedgerError, Misused
from automation.ledger.model import Ledger
from automation.ledger.names.folding import name_form
from automation.ledger.names.passages import Sought
from automation.ledger.office_time import local_time
from automation.ledger.parsing import parse
from automation.ledger.workbook import Changed
from automation.run.erasing import Erasing
from automation.run.erasure import (
    ATTEMPTS,
    Decided,
    Looked,
    certify,
    finish,
    look,
    next_number,
    planned,
)
from automation.run.erasure_refusals import Wanted, refuse
from automation.run.may_run import FAR_FROM_THE_CLOCK
from automation.text.catalogue import Sentences, msg
from automation.workbooks.address import folder_beside
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.opening import workbook_at
from automation.workbooks.plain_files import reason_of
from sheet_schema import ERASURES
from sheet_schema.erasures import Erased as What
from sheet_schema.erasures import ErasureState


@dataclass(frozen=True)
class EraseOptions:
    """The options of `erase`, as typed."""

    workbook: str
    case: str = ""
    what: str = ""
    reason: str = ""
    by: str = ""
    now: str | None = None
    name: str = ""
    contact: tuple[str, ...] = ()
    early: bool = False
    open_too: bool = False
    resume: bool = False
    really: bool = False


def erase_case(asked: EraseOptions, session: Session) -> int:
    """Erase what somebody decided to erase, or say what would be done. Raises LedgerError for what must not be erased."""
    waiting = pending(asked.workbook)
    _refuse_misused(asked, waiting)
    session.tell("reading")
    workbook = workbook_at(asked.workbook, session.real_time)
    if not asked.really:
        return _say_what_would_be(workbook, asked, session)
    _refuse_another_day(asked, session)
    looked, _, _ = _meant(workbook, asked, session)  # which refuses before anything is written
    if not looked.ledger.tables[ERASURES.key].at:
        turn_on(asked.workbook, (ERASURES,), session.real_time)
    session.tell("writing")
    with workbook.lock():
        for _ in range(ATTEMPTS):
            try:
                return _erase(workbook, asked, session)
            except Changed:
                continue
    raise Busy(msg("{workbook} was saved again and again: try again in a minute.").of(workbook=workbook.name))


def _refuse_misused(asked: EraseOptions, waiting: Pending | None) -> None:
    if asked.resume:
        if waiting is None:
            raise Misused(msg("No erasure was left unfinished here."))
        return
    if not asked.case.strip():
        raise Misused(msg("Say which case, as in `erase LV-00012 --what petitioner`."))
    if not (asked.what and asked.reason.strip() and asked.by.strip()):
        raise Misused(msg("Say what to erase (--what case or petitioner), why (--reason) and who decided it (--by)."))
    _refuse_name_alone(asked)


def _refuse_name_alone(asked: EraseOptions) -> None:
    if asked.name and asked.what != What.PETITIONER.key:
        raise Misused(msg("--name and --contact are for one of several petitioners: write --what petitioner."))
    if asked.contact and not asked.name:
        raise Misused(msg("--contact says which is theirs: write --name, too."))


def _refuse_another_day(asked: EraseOptions, session: Session) -> None:
    """Raises Misused if a retention period is to be over because somebody says that it is another day."""
    day, today = moment(asked.now, session.real_time).date(), session.real_time.date()
    if abs(day - today) > FAR_FROM_THE_CLOCK:
        raise Misused(msg("--now is more than a day from the clock: with it erase only shows what it would do."))


def _number(asked: EraseOptions, waiting: Pending | None, ledger: Ledger) -> str:
    """The case that is meant. Raises LedgerError while the erasure of another one is not finished."""
    number = waiting.number if asked.resume and waiting else number_meant(asked.case, ledger)
    if waiting is not None and waiting.number != number:
        raise LedgerError(
            msg("The erasure of {number} has begun and is not finished: say `erase --resume --yes` first.").of(
                number=waiting.number
            ),
            ledger.language,
        )
    return number


def _say_what_would_be(workbook: LaidOut, asked: EraseOptions, session: Session) -> int:
    looked, erasing, _ = _meant(workbook, asked, session)
    texts = Sentences(TEXTS, spoken_of(looked.ledger.language))
    session.say(texts.say("would", number=erasing.number, what=_what(erasing)))
    plans = planned(looked, erasing)
    for where, count in counts(plans, texts):
        session.say(told(where, count, texts))
    session.say(f"  {texts['would_files']}")
    if left := [place for one in plans.values() for place in one.left]:
        session.say(texts.say("left", places=left[:20]))
    for line in advice(workbook, texts):
        session.say(line)
    session.say(texts["how"])
    return 0


def _what(erasing: Erasing) -> What:
    return What.CASE if erasing.whole else What.PETITIONER


def _meant(workbook: LaidOut, asked: EraseOptions, session: Session) -> tuple[Looked, Erasing, Decided]:
    """The case, what is to be erased of it, and who decided it; as it was begun, if it was. Raises LedgerError."""
    waiting = pending(asked.workbook)
    looked = look(workbook, lambda ledger: _number(asked, waiting, ledger))
    ledger, number = looked.ledger, str(looked.table["case_no"][looked.at])
    now = local_time(moment(asked.now, session.real_time), ledger.policy.settings.zone)
    begun = next(
        (one for one in certificates(ledger) if one.case_no == number and one.state != ErasureState.DONE), None
    )
    if waiting is None and begun is None:
        whole = asked.what == What.CASE.key
        refuse(looked, Wanted(whole, asked.by.strip(), early=asked.early, open_too=asked.open_too), now.date())
        sought = sought_in_row(looked.table, looked.at, whole=whole)
        if asked.name:
            sought = _of_one(sought, asked, language=ledger.language)
        if sought.is_in(asked.reason) or sought.is_in(asked.by):
            raise LedgerError(
                msg("The reason or the name of who decided would keep what is to be erased: write it without that."),
                ledger.language,
            )
        decided = Decided(" ".join(asked.by.split()), " ".join(asked.reason.split()), now)
        erasing = _erasing(ledger, number, next_number(ledger), whole=whole, sought=sought)
        _refuse_erased_before(looked, erasing)
        return looked, replace(erasing, one_of_several=bool(asked.name)), decided
    if begun is not None and waiting is None:
        waiting = Pending(
            number=number,
            certificate=begun.number,
            whole=begun.what == What.CASE,
            by=begun.by,
            reason=begun.reason,
            at=begun.at,
            names=(),
            contacts=(),
            one_of_several=False,
        )
    assert waiting is not None
    kept = Sought(waiting.names, waiting.contacts)
    again = Sought() if waiting.one_of_several else sought_in_row(looked.table, looked.at, whole=waiting.whole)
    sought = Sought((*kept.names, *again.names), (*kept.contacts, *again.contacts))
    decided = Decided(waiting.by, waiting.reason, datetime.fromisoformat(waiting.at) if waiting.at else now)
    erasing = _erasing(ledger, number, waiting.certificate, whole=waiting.whole, sought=sought)
    return looked, replace(erasing, one_of_several=waiting.one_of_several), decided


def _refuse_erased_before(looked: Looked, erasing: Erasing) -> None:
    """Raises LedgerError if a certificate says that the whole case is erased, and nothing of it came back."""
    whole = [one for one in certificates(looked.ledger) if one.case_no == erasing.number and one.what == What.CASE]
    if whole:
        before = _erasing(looked.ledger, erasing.number, whole[-1].number, whole=True, sought=Sought())
        if not any(one.cells for one in planned(looked, before).values()):
            raise LedgerError(
                msg("{number} was erased before, by certificate {certificate}: nothing is left of it.").of(
                    number=erasing.number, certificate=whole[-1].number
                ),
                looked.ledger.language,
            )


def _of_one(sought: Sought, asked: EraseOptions, *, language: str) -> Sought:
    """What one of several petitioners is known by. Raises LedgerError for a name that is none of theirs."""
    names = tuple(one for one in sought.names if name_form(one) == name_form(asked.name))
    if not names:
        raise LedgerError(msg("{name} is no petitioner of this case.").of(name=asked.name), language)
    return Sought(names, asked.contact)


def _erasing(ledger: Ledger, number: str, certificate: int, *, whole: bool, sought: Sought) -> Erasing:
    texts = Sentences(TEXTS, ledger.language)
    marker = texts.say("marker", number=certificate)
    known = Sought(tuple(one for one in sought.names if one != marker), sought.contacts)
    return Erasing(number, certificate, whole, sought=known, mask=texts["mask"], marker=marker, nobody=texts["nobody"])


def _erase(workbook: LaidOut, asked: EraseOptions, session: Session) -> int:
    looked, erasing, decided = _meant(workbook, asked, session)
    texts, language = Sentences(TEXTS, spoken_of(looked.ledger.language)), looked.ledger.language
    rights = workbook.own_file.rights_beside() if workbook.own_file else None
    again = pending(asked.workbook) is not None
    if again:
        session.say(texts.say("resume", number=erasing.number))
    workbook.refuse_unwritable()
    try:
        begin(asked.workbook, _as_pending(looked, erasing, decided, pending(asked.workbook)), rights)
        if not any(one.number == erasing.certificate for one in certificates(looked.ledger)):
            certify(workbook, looked, erasing, decided)
        done, parts = everywhere(workbook, asked.workbook, erasing, decided.now, again=again)
        state = ErasureState.PARTLY if done.failed else ErasureState.DONE
        places = "; ".join(f"{where}: {count}" for where, count in done.places)
        finish(workbook, erasing.certificate, _cut("\n".join((places, *done.left, *parts))), state)
        ledger = parse(workbook.read())
        folder = folder_beside(asked.workbook, FOLDER)
        name = TEXTS["file"].say(language, number=erasing.certificate)
        write_listing(paper(ledger, erasing, done), folder, name, rights)
        if not done.failed:
            end(asked.workbook)
    except OSError as error:
        raise LedgerError(
            msg("The erasure is not finished ({path}: {reason}): put that right, then say `erase --resume --yes`.").of(
                path=error.filename or "-", reason=reason_of(error)
            ),
            language,
        ) from error
    head = "partly" if done.failed else "did"
    session.say(texts.say(head, number=erasing.number, what=_what(erasing), certificate=erasing.certificate))
    for where, count in done.places:
        session.say(told(where, count, texts))
    for line in (*done.left, *advice(workbook, texts)):
        session.say(line)
    session.say(str(folder / f"{name}.pdf"))
    return 1 if done.failed else 0


def _cut(text: str) -> str:
    return text[:30_000]


def _as_pending(looked: Looked, erasing: Erasing, decided: Decided, before: Pending | None) -> Pending:
    texts = Sentences(TEXTS, looked.ledger.language)
    places = before.places if before else dict(counts(planned(looked, erasing), texts))
    return Pending(
        number=erasing.number,
        certificate=erasing.certificate,
        whole=erasing.whole,
        by=decided.by,
        reason=decided.reason,
        at=decided.now.isoformat(timespec="seconds"),
        names=erasing.sought.names,
        contacts=erasing.sought.contacts,
        one_of_several=erasing.one_of_several,
        places=places,
    )
