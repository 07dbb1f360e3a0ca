"""The kinds of letters that a case is answered by, and the ways in which one reaches whom it is for."""

from __future__ import annotations

from sheet_schema.word import Word


class LetterKind(Word):
    """信访工作条例 (2022): art. 22 (report to whoever asked), 23 (taken up, not taken up, told where to go, passed on), 31 (a procedure
    in law), 32 (the answer), 34 (extension), 35 (review). What each says is in `letters/`, a file for each preset."""

    ACCEPTED = "accepted", "Acknowledgement"
    DECLINED = "declined", "Not taken up"
    ELSEWHERE = "elsewhere", "Where to take it"
    PROCEDURE = "procedure", "Legal procedure"
    REFERRAL = "referral", "Referral to another body"
    MORE_NEEDED = "more_needed", "Request for information"
    EXTENDED = "extended", "Extension"
    ANSWER = "answer", "Stage decision"
    FINAL = "final", "Final response"
    DELIVERY = "delivery", "Record of delivery"
    REPORT = "report", "Report to the authority"


class DeliveryWay(Word):
    """How a letter was handed over."""

    IN_PERSON = "in_person", "in person"
    POST = "post", "by post"
    EMAIL = "email", "by e-mail"
    LEFT = "left", "left there before witnesses"
