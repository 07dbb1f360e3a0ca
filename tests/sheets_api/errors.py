"""The refusals of Google's services, each with the body that Google sends."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]
PROJECT_NUMBER = "123456789012"

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


WORDS = {
    "zh": {400: "请求无效。", 401: "身份验证凭据无效。", 403: "调用者没有权限。", 404: "找不到所请求的实体。"},
    "de": {
        400: "Ungültige Anfrage.",
        401: "Ungültige Anmeldedaten.",
        403: "Keine Berechtigung.",
        404: "Nicht gefunden.",
    },
}
"""What Google says in other languages: with no id, title or number of the English text to go by."""


class ApiError(Exception):
    """A refusal in the form that the newer Google services share."""

    def __init__(self, code: int, message: str, details: list[Json] | None = None, status: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.status = status or STATUS[code]
        self.message = message
        self.details = details

    def in_words_of(self, language: str) -> ApiError:
        """The same refusal with Google's text in this language; in English if it is not known here."""
        self.message = WORDS.get(language, {}).get(self.code, self.message)
        return self

    def body(self) -> bytes:
        error: Json = {"code": self.code, "message": self.message, "status": self.status}
        if self.details:
            error["details"] = self.details
        return json.dumps({"error": error}, indent=2).encode()


class DriveError(ApiError):
    """A refusal in Drive's older form: a list of reasons, and no status word."""

    def __init__(self, code: int, reason: str, message: str, parameter: str = "") -> None:
        super().__init__(code, message)
        self.reason = reason
        self.parameter = parameter

    def body(self) -> bytes:
        entry = {"message": self.message, "domain": "global", "reason": self.reason}
        if self.parameter:
            entry |= {"location": self.parameter, "locationType": "parameter"}
        return json.dumps({"error": {"code": self.code, "message": self.message, "errors": [entry]}}, indent=2).encode()


class Refused(Exception):  # noqa: N818 - it is what Google does with a request, not a fault of ours
    """One request of a batch cannot be carried out; the batch names its place in the message."""


def bad_request(violations: list[Json]) -> ApiError:
    """The body does not fit the schema: all its faults at once, as Google lists them."""
    message = "\n".join(violation["description"] for violation in violations)
    return ApiError(
        400, message, [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations}]
    )


def unauthenticated() -> ApiError:
    return ApiError(
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other "
        "valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project.",
    )


def no_permission() -> ApiError:
    return ApiError(403, "The caller does not have permission")


def too_few_scopes() -> ApiError:
    """What a sign-in gets that was made for other services."""
    return ApiError(
        403,
        "Request had insufficient authentication scopes.",
        [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                "domain": "googleapis.com",
                "metadata": {
                    "service": "sheets.googleapis.com",
                    "method": "google.apps.sheets.v4.SpreadsheetsService.GetSpreadsheet",
                },
            }
        ],
    )


def not_found() -> ApiError:
    return ApiError(404, "Requested entity was not found.")


def office_file() -> ApiError:
    """What an Excel file that lies in Drive gets, though it opens as a sheet in the browser (gspread, issue 732)."""
    return ApiError(400, "This operation is not supported for this document", status="FAILED_PRECONDITION")


def api_disabled(
    service: str = "sheets.googleapis.com", name: str = "Google Sheets API", project: str = PROJECT_NUMBER
) -> ApiError:
    """What a project gets in which nobody has switched the service on."""
    where = f"https://console.developers.google.com/apis/api/{service}/overview?project={project}"
    return ApiError(
        403,
        f"{name} has not been used in project {project} before or it is disabled. Enable it by visiting "
        f"{where} then retry. If you enabled this API recently, wait a few minutes for the action to propagate "
        "to our systems and retry.",
        [
            {
                "@type": "type.googleapis.com/google.rpc.Help",
                "links": [{"description": "Google developers console API activation", "url": where}],
            },
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "SERVICE_DISABLED",
                "domain": "googleapis.com",
                "metadata": {"consumer": f"projects/{project}", "service": service},
            },
        ],
    )


def quota_exceeded(kind: str = "Read") -> ApiError:
    """The per-minute limit of one user; Google sends it as 429."""
    return ApiError(
        429,
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute per user' of "
        f"service 'sheets.googleapis.com' for consumer 'project_number:{PROJECT_NUMBER}'.",
        [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com",
                "metadata": {
                    "quota_limit": f"{kind}RequestsPerMinutePerUser",
                    "quota_limit_value": "60",
                    "quota_location": "global",
                    "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests",
                    "consumer": f"projects/{PROJECT_NUMBER}",
                    "service": "sheets.googleapis.com",
                },
            },
            {
                "@type": "type.googleapis.com/google.rpc.Help",
                "links": [
                    {
                        "description": "Request a higher quota limit.",
                        "url": "https://cloud.google.com/docs/quotas/help/request_increase",
                    }
                ],
            },
        ],
    )
