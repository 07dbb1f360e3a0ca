"""What `erase` says, and the certificate to print and sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from automation.forms.listing import Listing, Part
from automation.forms.sheet import school_of
from automation.ledger.certificates import certificates
from automation.ledger.model import Ledger
from automation.run.erasing import Erased, Erasing
from automation.text.catalogue import Message, Sentences, msg
from automation.workbooks.laid_out import LaidOut
from sheet_schema import ERASURES
from sheet_schema.erasures import Erased as What
from sheet_schema.erasures import ErasureState

FOLDER = "certificates"
TEXTS: Mapping[str, Message] = {
    "mask": msg("[erased]"),
    "marker": msg("Erased (certificate {number})"),
    "nobody": msg("Anonymous", "petitioner"),
    "would": msg("{number}: of {what} would be erased:"),
    "did": msg("{number}: {what} is erased, certificate {certificate}:"),
    "partly": msg("{number}: {what} is erased but for what is named here, certificate {certificate}:"),
    "in_book": msg("year book {book}, {title}"),
    "how_many": msg("{where}: {count}"),
    "would_files": msg("and what is found of it in the outbox, papers, attachments, journals and every backup"),
    "how": msg("Nothing was written. Say it again with --yes to do it: it cannot be undone."),
    "left": msg("The same name, contact or text stands elsewhere, and was left: {places}."),
    "failed": msg("Could not be read, so nothing was taken out of it: {paths}. Delete it, or put it right and say erase --resume --yes."),
    "own": msg("Reports, exports and what was printed are the office's own: delete what speaks of it, wherever it lies."),
    "google": msg("Google keeps the version history of the spreadsheet, and notes on its cells: no program can erase those. Copy the ledger to a new spreadsheet (copy --move) and delete this one, if that must go, too."),
    "outside": msg("Backups elsewhere, mails that were sent, the mailbox, and a form's own service keep theirs: see to each."),
    "resume": msg("The erasure of {number} that had begun goes on."),
    "certificate": msg("Certificate of erasure {number}"),
    "file": msg("certificate {number}", "file"),
    "what_erased": msg("What was erased"),
    "where": msg("Where"),
    "how_much": msg("How much"),
    "digest": msg("Digest of this certificate {digest}; it stands in History as well."),
}  # fmt: skip
PLACES: Mapping[str, Message] = {
    "outbox": msg("outbox"),
    "papers": msg("forms, letters and status pages"),
    "answers": msg("what was attached to replies"),
    "journal": msg("journal"),
    "memory": msg("what was kept of the last reading"),
}
_SIGNED: Sequence[Message] = (msg("Decided by, day"), msg("Done by, day"), msg("Supervised by, day"))


@dataclass(frozen=True)
class Done:
    """What was erased where, in sentences, and what is left."""

    places: Sequence[tuple[str, str]]
    left: Sequence[str]
    failed: Sequence[Path] = ()


def counts(plans: Mapping[str, Erased], texts: Sentences) -> Iterator[tuple[str, int]]:
    """Each tab in which something is erased, of the ledger and its year books, and how many of its cells."""
    for book, found in plans.items():
        for title, count in found.counts.items():
            yield texts.say("in_book", book=book, title=title) if book else title, count


def told(where: str, count: object, texts: Sentences) -> str:
    return "  " + texts.say("how_many", where=where, count=count)


def advice(workbook: LaidOut, texts: Sentences) -> Iterator[str]:
    yield texts["own"]
    yield texts["outside"]
    if workbook.own_file is None:
        yield texts["google"]


def paper(ledger: Ledger, erasing: Erasing, done: Done) -> Listing:
    """The certificate to print and sign."""
    texts, language = Sentences(TEXTS, ledger.language), ledger.language
    one = next(one for one in certificates(ledger) if one.number == erasing.certificate)
    rows = [
        (ERASURES["case_no"].label(language), one.case_no),
        (ERASURES["what"].label(language), What.of(one.what).label(language)),
        (ERASURES["at"].label(language), one.at.replace("T", " ")),
        (ERASURES["by"].label(language), one.by),
        (ERASURES["reason"].label(language), one.reason),
        (ERASURES["state"].label(language), ErasureState.of(one.state).label(language)),
    ]
    places = Part("", (texts["where"], texts["how_much"]), [*done.places], (9, 3))
    return Listing(
        language,
        school_of(ledger),
        texts.say("certificate", number=one.number),
        (texts.say("digest", digest=one.digest),),
        parts=(Part("", (texts["what_erased"], ""), rows, (3, 9)), places),
        signed=[*(said.say(language) for said in _SIGNED)],
    )
