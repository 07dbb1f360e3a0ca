"""The poster with a QR code that leads to the online form: who reads it, what to do, and whom to call instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from automation.forms.printable import short
from automation.forms.qr import Code, code_of
from automation.forms.sheet import OFFICE, phone_of, school_of
from automation.ledger.model import Ledger
from automation.text.catalogue import Message, Sentences, msg
from sheet_schema import Language

_TEXTS: Mapping[str, Message] = {
    "title": msg("Something to tell us?"),
    "what": msg("Suggestions, complaints, requests, questions: each is registered, and each is answered."),
    "scan": msg("Point the camera of your telephone at the square, and write to us."),
    "or": msg("Or type this address:"),
    "call": msg("You can also call or come: {phone}"),
    "come": msg("You can also come to the office."),
}


@dataclass(frozen=True)
class Poster:
    """What stands on the poster, from the top."""

    language: Language
    school: str
    office: str
    title: str
    what: str
    code: Code
    scan: str
    typed: str
    address: str
    call: str


def poster(ledger: Ledger) -> Poster:
    """The poster of this ledger's office. It needs the address of the form in Settings."""
    texts, address = Sentences(_TEXTS, ledger.language), ledger.policy.settings["form_address"]
    phone = phone_of(ledger)
    return Poster(
        language=ledger.language,
        school=school_of(ledger),
        office=OFFICE.say(ledger.language),
        title=texts["title"],
        what=texts["what"],
        code=code_of(address),
        scan=texts["scan"],
        typed=texts["or"],
        address=short(address, 500),
        call=texts.say("call", phone=phone) if phone else texts["come"],
    )
