"""Signing in to Microsoft 365 and Google, against a real HTTPS server and a real mail server that takes tokens only."""

from __future__ import annotations

import base64
import json
import threading
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from automation.ledger.errors import LedgerError
from automation.mail.sign_in import google, microsoft
from automation.mail.sign_in.kept import keep, kept
from automation.mail.sign_in.settings import Provider, SignIn
from automation.mail.sign_in.tokens import access_token, xoauth2
from automation.mail.transport.server import ServerMailer
from tests.mail.transport.test_server import SENT, handed, mail
from tests.support.mail_server import USER, mail_server
from tests.support.sign_in_server import CLIENT, REFRESH, Accounts, sign_in_server


@pytest.fixture
def accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Accounts]:
    with sign_in_server(tmp_path, monkeypatch) as running:
        yield running


def at_microsoft(accounts: Accounts, folder: Path) -> SignIn:
    return SignIn(
        Provider.MICROSOFT, USER, "smtp.office365.com", CLIENT, folder / "kept.json", f"{accounts.address}/tenant"
    )


def signed_in(accounts: Accounts, folder: Path) -> SignIn:
    sign_in = at_microsoft(accounts, folder)
    microsoft.sign_in_by_code(sign_in, lambda page, code: None)
    return sign_in


def refusal(sign_in: SignIn) -> str:
    """What is said where there is no token; nothing secret stands in it or in its traceback."""
    with pytest.raises(LedgerError) as refused:
        access_token(sign_in, renew=True)
    shown = "".join(traceback.format_exception(refused.value))
    assert ("not-in-any-log" in refused.value.say("en"), "not-in-any-log" in shown) == (False, False)
    return refused.value.say("en")


def test_a_person_signs_in_once_by_a_code_and_runs_get_in_from_then_on(accounts: Accounts, tmp_path: Path) -> None:
    accounts.waits = 1
    told: list[tuple[str, str]] = []
    sign_in = at_microsoft(accounts, tmp_path)
    assert microsoft.sign_in_by_code(sign_in, lambda *asked: told.append(asked)) == USER
    assert told == [(f"{accounts.address}/device", "ABCD-EFGH")]
    assert (access_token(sign_in), accounts.given) == ("token-1-not-in-any-log", 1)
    assert accounts.asked[0]["scope"].split()[0] == "https://outlook.office.com/SMTP.Send"
    assert sign_in.kept_in.stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in tmp_path.iterdir()) == ["accounts.pem", "kept.json"]
    with mail_server(tmp_path) as (post, server):
        post.tokens = {accounts.token}
        got = handed(replace(server, password="", sign_in=sign_in), mail(), mail("b@s.example"))
    assert (got, post.to, post.logins) == ([SENT] * 2, ["fang@s.example", "b@s.example"], [USER])


@pytest.mark.parametrize("implicit", [False, True], ids=["STARTTLS", "implicit TLS"])
def test_a_token_that_the_server_refuses_is_renewed_once(accounts: Accounts, tmp_path: Path, *, implicit: bool) -> None:
    sign_in = signed_in(accounts, tmp_path)
    with mail_server(tmp_path, implicit=implicit) as (post, server):
        post.tokens = {"token-2-not-in-any-log"}
        assert handed(replace(server, password="", sign_in=sign_in), mail()) == [SENT]
        assert (accounts.given, len(post.logins)) == (2, 2)
        post.tokens = set()
        mailer = ServerMailer(replace(server, password="", sign_in=sign_in))
        with pytest.raises(LedgerError, match="also with a new token"):
            mailer.open()
        assert (accounts.given, len(post.logins)) == (3, 4)


def test_a_token_that_has_run_out_is_renewed_before_it_is_used(accounts: Accounts, tmp_path: Path) -> None:
    accounts.lasts = 1
    sign_in = signed_in(accounts, tmp_path)
    before = sign_in.kept_in.read_bytes()
    assert access_token(sign_in) == "token-2-not-in-any-log"
    assert (before != sign_in.kept_in.read_bytes(), sign_in.kept_in.stat().st_mode & 0o777) == (True, 0o600)


def test_a_sign_in_that_ends_in_the_middle_of_a_run_holds_the_mails(accounts: Accounts, tmp_path: Path) -> None:
    sign_in = signed_in(accounts, tmp_path)
    with mail_server(tmp_path) as (post, server):
        post.tokens, post.lets_go_after = {accounts.token}, 1
        mailer = ServerMailer(replace(server, password="", sign_in=sign_in))
        mailer.open()
        first = mailer.deliver(mail())
        sign_in.kept_in.unlink()
        second = mailer.deliver(mail("b@s.example"))
        mailer.close()
    assert (first, second.answered, "run `check --sign-in` once" in second.error) == (SENT, False, True)
    assert mailer.ended is not None


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (
            {"error": "invalid_grant", "error_description": f"AADSTS700082: expired {REFRESH}"},
            "(invalid_grant AADSTS700082)",
        ),
        ({"error": "invalid_grant", "error_description": "AADSTS50076: MFA"}, "(invalid_grant AADSTS50076)"),
        ({"error": "temporarily_unavailable"}, "(temporarily_unavailable)"),
    ],
)
def test_a_sign_in_that_no_longer_counts_is_one_sentence(
    accounts: Accounts, tmp_path: Path, answer: dict[str, str], reason: str
) -> None:
    sign_in = signed_in(accounts, tmp_path)
    accounts.refuses = answer
    assert reason in refusal(sign_in)


def test_what_is_missing_is_one_sentence(accounts: Accounts, tmp_path: Path) -> None:
    sign_in = at_microsoft(accounts, tmp_path)
    assert "Nobody has signed in to Microsoft 365 for office@s.example yet" in refusal(sign_in)
    keep(sign_in, "{}")
    assert "does not accept the sign-in" in refusal(sign_in)
    signed_in(accounts, tmp_path)
    for other in (replace(sign_in, user="other@s.example"), replace(sign_in, client="other")):
        assert "Nobody has signed in" in refusal(other)
    sign_in.kept_in.write_bytes(b"torn {")
    assert "Nobody has signed in" in refusal(sign_in)
    signed_in(accounts, tmp_path)
    assert "cannot be used" in refusal(replace(sign_in, authority="https://127.0.0.1:1/tenant"))


def test_a_copy_that_others_could_read_is_closed_and_what_cannot_be_kept_is_said(tmp_path: Path) -> None:
    sign_in = SignIn(Provider.MICROSOFT, USER, "h", CLIENT, tmp_path / "kept.json")
    keep(sign_in, "secret")
    sign_in.kept_in.chmod(0o644)
    assert (kept(sign_in), sign_in.kept_in.stat().st_mode & 0o777) == ("secret", 0o600)
    with pytest.raises(LedgerError, match="cannot be kept in"):
        keep(replace(sign_in, kept_in=tmp_path / "no" / "folder.json"), "secret")
    with pytest.raises(LedgerError, match="cannot be read \\(it is a folder\\)"):
        kept(replace(sign_in, kept_in=tmp_path))


def test_what_imap_and_smtp_are_told() -> None:
    assert xoauth2("a@s.example", "t") == "user=a@s.example\1auth=Bearer t\1\1"


def test_in_china_other_rights_are_asked_for(accounts: Accounts, tmp_path: Path) -> None:
    theirs = replace(at_microsoft(accounts, tmp_path), host="smtp.partner.outlook.cn", reads=True)
    microsoft.sign_in_by_code(theirs, lambda page, code: None)
    wanted = {"https://partner.outlook.cn/SMTP.Send", "https://partner.outlook.cn/IMAP.AccessAsUser.All"}
    assert wanted < set(accounts.asked[0]["scope"].split())


def at_google(accounts: Accounts, folder: Path, **client: object) -> SignIn:
    path = folder / "client.json"
    path.write_text(json.dumps(client))
    return SignIn(Provider.GOOGLE, USER, "smtp.gmail.com", str(path), folder / "kept.json")


def desktop(accounts: Accounts, folder: Path) -> SignIn:
    ends = {"auth_uri": f"{accounts.address}/auth", "token_uri": f"{accounts.address}/token"}
    return at_google(accounts, folder, installed={"client_id": "c", "client_secret": "s-not-in-any-log", **ends})


class Browser:
    """What opens a page: it goes to where Google would send it back to."""

    def __init__(self, **answer: str) -> None:
        self.answer, self.opened = answer, ""

    def open(self, page: str, **_: object) -> None:
        self.opened = page
        asked = {key: value[0] for key, value in parse_qs(urlsplit(page).query).items()}
        answer = "&".join(f"{key}={value}" for key, value in {"state": asked["state"], **self.answer}.items())
        threading.Thread(target=lambda: urlopen(f"{asked['redirect_uri']}?{answer}").read()).start()


def test_a_person_signs_in_to_google_with_the_browser_of_this_computer(
    accounts: Accounts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = Browser(code="c")
    monkeypatch.setattr("webbrowser.get", lambda _: browser)
    sign_in = desktop(accounts, tmp_path)
    assert google.needs_a_person(sign_in)
    assert "Nobody has signed in to Google" in refusal(sign_in)
    google.sign_in_by_browser(sign_in, "open {url}", "done")
    assert capsys.readouterr().out == f"open {browser.opened}\n"
    wanted = parse_qs(urlsplit(browser.opened).query)
    assert (wanted["scope"], wanted["access_type"], wanted["login_hint"]) == ([*google.SCOPES], ["offline"], [USER])
    assert (access_token(sign_in), sign_in.kept_in.stat().st_mode & 0o777) == (accounts.token, 0o600)
    assert (access_token(sign_in, renew=True), accounts.given) == ("token-2-not-in-any-log", 2)
    assert (accounts.asked[-1]["grant_type"], access_token(sign_in)) == ("refresh_token", "token-2-not-in-any-log")
    assert "s-not-in-any-log" not in sign_in.kept_in.read_text()
    accounts.refuses = {"error": "invalid_grant", "error_description": f"Token has been expired or revoked. {REFRESH}"}
    assert "Google does not accept the sign-in for office@s.example (invalid_grant)" in refusal(sign_in)
    (tmp_path / "accounts.pem").write_bytes(trustme.CA().cert_pem.bytes())
    assert "Google's sign-in cannot be reached" in refusal(sign_in)


def test_who_says_no_in_the_browser_is_not_signed_in(
    accounts: Accounts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.get", lambda _: Browser(error="access_denied"))
    sign_in = desktop(accounts, tmp_path)
    with pytest.raises(LedgerError, match=r"\(access_denied\)"):
        google.sign_in_by_browser(sign_in, "", "")
    assert not sign_in.kept_in.exists()


def test_a_service_account_acts_for_a_mailbox_and_keeps_nothing(accounts: Accounts, tmp_path: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    service = {"type": "service_account", "client_email": "robot@p.example", "private_key": pem, "private_key_id": "k"}
    sign_in = at_google(accounts, tmp_path, **service, token_uri=f"{accounts.address}/token")
    assert not google.needs_a_person(sign_in)
    with mail_server(tmp_path, implicit=True) as (post, server):
        post.tokens = {"token-1-not-in-any-log"}
        assert handed(replace(server, password="", sign_in=sign_in), mail()) == [SENT]
    claims = json.loads(_decoded(accounts.asked[0]["assertion"].split(".")[1]))
    assert (claims["sub"], claims["scope"]) == (USER, "https://mail.google.com/")
    assert not sign_in.kept_in.exists()
    accounts.refuses = {"error": "unauthorized_client", "error_description": "Client is unauthorized"}
    assert "(unauthorized_client)" in refusal(sign_in)


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "==")


@pytest.mark.parametrize("content", [None, "torn {", "[]", '{"web": {}}', '{"type": "service_account"}'])
def test_a_file_that_google_never_gave_out_is_named(accounts: Accounts, tmp_path: Path, content: str | None) -> None:
    sign_in = at_google(accounts, tmp_path)
    if content is None:
        Path(sign_in.client).unlink()
    else:
        Path(sign_in.client).write_text(content)
    with pytest.raises(LedgerError, match=r"client\.json, cannot be used"):
        google.sign_in_by_browser(sign_in, "", "")
    keep(sign_in, "{}")
    assert "client.json, cannot be used" in refusal(sign_in)


def test_another_authority_than_the_one_trusted_gets_no_refresh_token(accounts: Accounts, tmp_path: Path) -> None:
    """Google and Microsoft are spoken to over a checked certificate, too."""
    sign_in = signed_in(accounts, tmp_path)
    (tmp_path / "accounts.pem").write_bytes(trustme.CA().cert_pem.bytes())
    asked = len(accounts.asked)
    assert "cannot be used" in refusal(sign_in)
    assert len(accounts.asked) == asked
