"""verify: whether each line of History is as the run that wrote it left it (docs/design.md#p4.32)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import takewhile

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.certificates import erased_lines, left_of
from automation.ledger.history_chain import digest, digest_of_run, lines_of, link
from automation.ledger.model import Ledger, Problem
from automation.ledger.year_books import Cut, cut_of


def last_lines_of_history(ledger: Ledger) -> list[Problem]:
    """Whether the last run that wrote to History still has all its lines there: quick, for every run."""
    runs, history = ledger.tables["runs"], ledger.tables["history"]
    last = next((at for at in range(len(runs) - 1, -1, -1) if runs["history"][at]), None)
    if last is None or _year(runs["at"][last]) <= cut_of(ledger).year:
        return []
    run, text = runs["run"][last], runs["history"][last]
    at_the_end = takewhile(lambda at: history["run"][at] == run, range(len(history) - 1, -1, -1))
    if digest(history["chain"][at] for at in at_the_end) == text or digest_of_run(history, run) == text:
        return []
    return [_torn(run)]


def broken_lines_of_history(
    ledger: Ledger, cut: Cut | None = None, erased: Mapping[str, Collection[str]] | None = None
) -> list[Problem]:
    """Everything in History that is not as the runs wrote it: runs whose lines are others, and the lines that are.

    `cut` is where its History begins, if not where the ledger itself says (a year book's begins where the one before ends), and
    `erased` what is left of erased lines, if not as the ledger's own certificates say.
    """
    cut = cut_of(ledger) if cut is None else cut
    history = ledger.tables["history"]
    chains, of = history["chain"].tolist(), history["run"].tolist()
    chained = [at for at, chain in enumerate(chains) if chain]
    by_run: dict[str, list[int]] = {}
    for at in chained:
        by_run.setdefault(of[at], []).append(at)
    kept = _kept(ledger, cut.year)
    torn = [run for run, texts in kept.items() if digest(chains[at] for at in by_run.get(run, ())) != texts[-1]]
    erased = erased_lines(ledger) if erased is None else erased
    lines = _lines(ledger, _without(ledger, by_run, erased), kept, cut.digest)
    return [*map(_torn, torn), *lines, *_put_in(ledger, chained)]


def _without(
    ledger: Ledger, by_run: Mapping[str, list[int]], erased: Mapping[str, Collection[str]]
) -> dict[str, tuple[list[int], list[int]]]:
    """The positions of each run's lines, and of those that no certificate explains: an erased line keeps its chain, by which the
    lines after it are bound, and what is left of it is as the certificate has it."""
    history = ledger.tables["history"]

    def explained(at: int) -> bool:
        chain = history["chain"][at]
        return chain in erased and left_of(chain, next(lines_of(history, [at]))) in erased[chain]

    return {run: (places, [at for at in places if not explained(at)]) for run, places in by_run.items()}


def _year(moment: np.datetime64) -> int:
    return int(moment.astype("datetime64[Y]").astype(np.int64)) + 1970


def _kept(ledger: Ledger, closed: int) -> dict[str, list[str]]:
    """The digests that Runs has, by the run, of years after the one up to which all were closed."""
    runs = ledger.tables["runs"]
    kept: dict[str, list[str]] = {}
    for run, at, text in zip(runs["run"].tolist(), runs["at"], runs["history"].tolist(), strict=True):
        if text and _year(at) > closed:
            kept.setdefault(run, []).append(text)
    return kept


def _lines(
    ledger: Ledger, by_run: Mapping[str, tuple[list[int], list[int]]], kept: Mapping[str, list[str]], base: str
) -> Iterator[Problem]:
    """The lines whose cells do not fit their chain, whichever run they are bound to; the first of all is bound to `base`. `by_run` has the
    positions of all lines, and of those that are to fit."""
    history = ledger.tables["history"]
    chains = history["chain"].tolist()
    digests = [digest(chains[at] for at in places) for places, _ in by_run.values()]
    known = dict.fromkeys(("", base, *digests, *(text for texts in kept.values() for text in texts)))
    for run, (places, whole) in by_run.items():
        wrong = []
        for at, line in zip(whole, lines_of(history, whole), strict=True):
            if link(base, line) != chains[at]:
                found = next((one for one in known if link(one, line) == chains[at]), None)
                base = base if found is None else found
                wrong += [at] if found is None else []
        if len(wrong) == len(whole) > 1:
            yield _problem(None, "history_before", run)
        else:
            yield from (_problem(int(history.rows[at]), "history_changed", run) for at in wrong)
        base = kept[run][-1] if run in kept else digest(chains[at] for at in places)


def _put_in(ledger: Ledger, chained: Sequence[int]) -> Iterator[Problem]:
    """Lines that no run wrote. Those of versions that did not chain them are older than all others."""
    history = ledger.tables["history"]
    if not chained:
        return
    bare = history["chain"] == ""
    first = np.fmin.reduce(history["at"][list(chained)])
    late = bare & ~(history["at"] < first)
    for at in np.flatnonzero(late).tolist():
        yield _problem(int(history.rows[at]), "history_put_in", history["run"][at])


def _torn(run: str) -> Problem:
    return _problem(None, "history_torn", run)


def _problem(row: int | None, code: str, value: str) -> Problem:
    return Problem("history", row, "chain", code, messages.problem(code, value=value))
