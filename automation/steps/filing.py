"""archive: move closed rows from the Register to Filing, numbered and sealed, in one commit.

A row goes "`archive_after_days` (30) after `closed_on`" (docs/design.md#p4.16). By 档案法实施条例 2024 art. 19 the archive
authority approves a school's retention table, and when a term ends the archive looks again, never destroys; so all
terms are in tabs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.cell_prints import without_prints
from automation.cases.joined_facts import answered
from automation.cases.owed import to_seal
from automation.cases.seals import digest_of_seals, row_values, seal
from automation.ledger import problems as messages
from automation.ledger.model import Ledger, Problem
from automation.ledger.office_time import today
from automation.ledger.policy import Policy
from automation.ledger.table import Table
from automation.ledger.year_books import closed_archive_numbers, last_closed_seal
from automation.steps.old_cases import not_to_be_filed_yet
from sheet_schema.sending_words import UNFINISHED
from sheet_schema.vocabulary import (
    ARCHIVE_CLASSES,
    RETENTION_CODES,
    RETENTION_YEARS,
    Channel,
    Decision,
    Kind,
    Retention,
    Role,
    Status,
    YesNo,
)

WAITING = tuple(state.key for state in UNFINISHED)
LONGER = (Channel.SUPERIOR.key, Channel.LEADER.key)
_ITEM = "{item}"


@dataclass(frozen=True)
class Filed:
    """The ledger with Filing and Index after archiving, and which rows move where.

    `positions` are those of the moved rows in the register, `rows` their new rows in Filing.
    """

    ledger: Ledger
    positions: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


def due_for_filing(cases: Cases, now: datetime) -> list[int]:
    """Positions of the cases closed long enough ago, without a problem, without a mail still on its way, and not kept
    from whoever reads what was filed."""
    kept, waiting = kept_from_filing(cases, now), not_to_be_filed_yet(cases)
    return [at for at in closed_long_ago(cases, now) if at not in kept and not waiting[at]]


def kept_from_filing(cases: Cases, now: datetime) -> frozenset[int]:
    """Positions of the cases closed long enough ago that somebody must not know of who reads what was filed.

    Filed cases run through: a gap in the seals on the archivist's list, or no list at all, would tell of the case.
    """
    readers = _readers_of_what_was_filed(cases.ledger.policy)
    old = closed_long_ago(cases, now) if cases.confidence.guarded else ()
    return frozenset(at for at in old if not all(cases.confidence.person_may_know(at, name) for name in readers))


def _readers_of_what_was_filed(policy: Policy) -> list[str]:
    """Who gets the hand-over list (the office if nobody is archivist), or may ask for it."""
    archivist = Role.ARCHIVIST if any(Role.ARCHIVIST in one.roles for one in policy.people) else Role.OFFICE
    return [one.name for one in policy.people if archivist in one.roles or Role.ADMINISTRATOR in one.roles]


def closed_long_ago(cases: Cases, now: datetime) -> list[int]:
    """Positions of the cases that were closed `archive_after_days` ago or more, without a problem or a mail on its way."""
    register = cases.register
    wait = np.timedelta64(cases.ledger.policy.settings.whole("archive_after_days"), "D")
    closed = cases.register_lines.cases & (register["status"] == Status.CLOSED.key)
    old = closed & (register["closed_on"] + wait <= today(now))
    with_problem = {
        problem.case_no for problem in cases.ledger.problems if problem.tab == "register" and not problem.warning
    }
    notices = cases.ledger.tables["notices"]
    with_mail = set(notices["case_no"][np.isin(notices["state"], WAITING)].tolist())
    numbers = register["case_no"]
    return [i for i in np.flatnonzero(old).tolist() if numbers[i] not in with_problem | with_mail]


def file_cases(cases: Cases, positions: Sequence[int], held: Mapping[int, str], now: datetime) -> Filed:
    """File these cases, but not those in `held`, which say by position what holds the row back (`Workbook.bound`, or `kept`)."""
    ledger, register, own = cases.ledger, cases.register, cases.ledger.register
    problems = tuple(_held_back(ledger, at, what) for at, what in held.items())
    going = [at for at in positions if at not in held]
    if not going:
        return Filed(ledger, problems=problems)
    filing = ledger.filing
    retention = [retention_of(ledger, register, at) for at in going]
    years = [register["closed_on"][at].item().year for at in going]
    numbers = _archive_numbers(ledger, going, retention, years)
    numbers = [former or number for former, number in zip(_former_numbers(cases, going), numbers, strict=True)]
    first_seal = last_seal(ledger) + 1
    rows = range(filing.last_row + 1, filing.last_row + 1 + len(going))
    archive: dict[str, list[object]] = {
        "archive_no": [*numbers],
        "filed_on": [today(now)] * len(going),
        "year": [float(year) for year in years],
        "retention": [one.key for one in retention],
        "owed": [*to_seal(register, going, ledger.index["owed"][cases.register_lines.index_at[going]].tolist())],
        "appraise_on": [_appraisal(one, year) for one, year in zip(retention, years, strict=True)],
        "seal_no": [float(first_seal + i) for i in range(len(going))],
    }
    seals = [
        seal({**values, **{key: _text(column[i]) for key, column in archive.items()}})
        for i, values in enumerate(row_values(own, going))
    ]
    case_numbers = [register["case_no"][at] for at in going]
    filing = filing.extended(rows, case_no=case_numbers, **archive, seal=seals)
    index = _indexed(ledger.index, cases, going, numbers, now)
    return Filed(ledger.having(filing=filing, index=index), tuple(going), tuple(rows), problems)


def retention_of(ledger: Ledger, register: Table, at: int) -> Retention:
    """How long a case is kept: the topic's retention, but 30 years for what was important.

    "重要的群众来信来访及处理材料 30年": what was ticked, came from superiors or leaders, or has a leader's note. Permanent only
    if somebody wrote that beside the topic.
    """
    topic = next((topic for topic in ledger.policy.topics if topic.name == register["topic"][at]), None)
    usual = Retention.of(topic.retention) if topic and topic.retention else Retention.YEARS_10
    weighty = bool(register["important"][at] or register["channel"][at] in LONGER or register["leader_note"][at] != "")
    return Retention.YEARS_30 if weighty and usual is Retention.YEARS_10 else usual


def last_seal(ledger: Ledger) -> int:
    """The highest seal number ever given, even if its row is gone from Filing; 0 if none was."""
    given = np.concatenate([ledger.filing["seal_no"], ledger.tables["runs"]["last_seal"]])
    given = given[~np.isnan(given)]
    return max(int(given.max()) if len(given) else 0, last_closed_seal(ledger))


def all_seals(filing: Table) -> str:
    """The digest of all seals in Filing, as kept in Runs and in the hand-over mail."""
    numbered = ~np.isnan(filing["seal_no"])
    return digest_of_seals(
        dict(
            zip(
                filing["seal_no"][numbered].astype(int).tolist(),
                filing["seal"][numbered].tolist(),
                strict=True,
            )
        )
    )


def _archive_numbers(
    ledger: Ledger, going: Sequence[int], retention: Sequence[Retention], years: Sequence[int]
) -> list[str]:
    """An archive number for each case, never one that was used before; `""` for a case that gets none."""
    taken = {
        *ledger.filing["archive_no"].tolist(),
        *ledger.index["archive_no"].tolist(),
        *closed_archive_numbers(ledger),
    }
    highest: dict[str, int] = {}
    numbers = []
    for at, kept, year in zip(going, retention, years, strict=True):
        if not _is_numbered(ledger, at):
            numbers.append("")
            continue
        series = _series(ledger, at, kept, year)
        if series not in highest:
            highest[series] = _highest(series, taken)
        highest[series] += 1
        numbers.append(series.replace(_ITEM, f"{highest[series]:04d}"))
    return numbers


def _former_numbers(cases: Cases, going: Sequence[int]) -> list[str]:
    """The archive numbers that cases had in the register from which they were taken over, unless another has it here."""
    index, at = cases.ledger.index, cases.register_lines.index_at[list(going)]
    given = Counter(index["archive_no"].tolist())
    here = {*cases.ledger.filing["archive_no"].tolist(), *closed_archive_numbers(cases.ledger)}
    return [number if number not in here and given[number] == 1 else "" for number in index["archive_no"][at].tolist()]


def _is_numbered(ledger: Ledger, at: int) -> bool:
    """Whether the case gets an archive number (docs/design.md#p4.18)."""
    register = answered(ledger.register)
    if ledger.policy.settings["archive_everything"] == YesNo.YES:
        return True
    decision = register["decision"][at]
    explained = register["kind"][at] == Kind.ENQUIRY and decision == Decision.EXPLAINED
    return not (explained or decision == Decision.VOID)


def _series(ledger: Ledger, at: int, retention: Retention, year: int) -> str:
    """The archive number with {item} still in it, which is added at the end of a pattern that has none."""
    settings = ledger.policy.settings
    kind = ledger.register["kind"][at]
    pattern = (
        settings["archive_pattern"]
        if _ITEM in settings["archive_pattern"]
        else settings["archive_pattern"] + f"-{_ITEM}"
    )
    words = {
        "fonds": settings["archive_fonds"],
        "category": settings["archive_category"],
        "year": str(year),
        "retention": RETENTION_CODES[retention],
        "class": ARCHIVE_CLASSES[Kind.of(kind)] if kind else "QT",
    }
    for key, word in words.items():
        pattern = pattern.replace(f"{{{key}}}", word)
    return pattern


def _highest(series: str, taken: set[str]) -> int:
    before, _, after = series.partition(_ITEM)
    pattern = re.compile(re.escape(before) + r"(\d+)" + re.escape(after))
    return max((int(found[1]) for number in taken if (found := pattern.fullmatch(number))), default=0)


def _appraisal(retention: Retention, year: int) -> np.datetime64:
    """When the archive has to look again: 保管期限 counts from the January after `year`. NaT for Permanent."""
    years = RETENTION_YEARS.get(retention)
    return np.datetime64(date(year + 1 + years, 1, 1) if years else "NaT", "D")


def _indexed(index: Table, cases: Cases, going: Sequence[int], numbers: Sequence[str], now: datetime) -> Table:
    at = cases.register_lines.index_at[list(going)]
    filed_on, archive_no, fingerprint = (index[key].copy() for key in ("filed_on", "archive_no", "fingerprint"))
    filed_on[at] = today(now)
    archive_no[at] = numbers
    fingerprint[at] = without_prints(fingerprint[at])
    return index.having(filed_on=filed_on, archive_no=archive_no, fingerprint=fingerprint)


def _held_back(ledger: Ledger, at: int, what: str) -> Problem:
    register = ledger.register
    return Problem(
        tab="register",
        row=int(register.rows[at]),
        column="case_no",
        code=f"held_{what}",
        said=messages.problem(f"held_{what}"),
        case_no=register["case_no"][at],
        warning=True,
    )


def _text(value: object) -> str:
    """The value as `row_values` will read it back from the sheet."""
    if isinstance(value, np.datetime64):
        return "" if np.isnat(value) else str(value)
    return str(int(value)) if isinstance(value, float) else str(value)
