"""The interface as a whole: its operations, what every one of them may answer, and its description (OpenAPI 3.1)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from baocao import __version__
from baocao.ledger.following import NotPrepared
from baocao.model.text import Problem
from baocao_web.api import (
    allocation_calls,
    deciding_calls,
    entry_calls,
    faults,
    figure_calls,
    office_calls,
    plan_calls,
    plan_draft_calls,
    proof_calls,
    report_calls,
    report_work_calls,
    round_calls,
    sdmx_data,
    sdmx_structures,
    task_calls,
    task_setting_calls,
)
from baocao_web.api.calling import ByToken
from baocao_web.api.exact_json import Answers
from baocao_web.api.freshness import Known, not_modified
from baocao_web.api.problems import MEDIA, Kind, Refused, answer
from baocao_web.api.reading import Bodies

ROOT: Final = "/api/v1"
_AGAIN: Final = 20  # seconds after which figures that are being prepared are asked for again
_ABOUT: Final = (
    "Mọi việc làm được trên màn hình, cho phần mềm: cùng quyền, cùng nhật ký. Số liệu là chuỗi thập phân chính xác. · "
    "What the screens do, for programs: the same rights, the same record. Figures are exact decimals in strings."
)

api = NinjaAPI(
    title="baocao",
    version="1",
    description=_ABOUT,
    auth=[ByToken()],
    parser=Bodies(),
    renderer=Answers(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
for _router in dict.fromkeys(  # calls at one address stand in one router, whichever module tells them
    one.router
    for one in (
        *(office_calls, round_calls, entry_calls, deciding_calls, plan_calls, allocation_calls, plan_draft_calls),
        *(figure_calls, report_calls, report_work_calls, proof_calls, task_calls, task_setting_calls),
    )
):
    api.add_router("", _router)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, problem: Refused) -> HttpResponse:
    seconds = problem.more.get("retry_after")
    return answer(problem, {"Retry-After": str(seconds)} if seconds else None)


@api.exception_handler(Known)
def _known(request: HttpRequest, known: Known) -> HttpResponse:
    return not_modified(known.tag)


@api.exception_handler(NotPrepared)
def _not_prepared(request: HttpRequest, problem: NotPrepared) -> HttpResponse:
    return answer(Refused(Kind.NOT_PREPARED, problem.text), {"Retry-After": str(_AGAIN)})


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return answer(Refused(Kind.CONFLICT, problem.text))


@api.exception_handler(PermissionDenied)
def _forbidden(request: HttpRequest, problem: PermissionDenied) -> HttpResponse:
    return answer(Refused(Kind.FORBIDDEN))


@api.exception_handler(Http404)
def _nowhere(request: HttpRequest, problem: Http404) -> HttpResponse:
    return answer(Refused(Kind.NOT_FOUND))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    return answer(Refused(Kind.NO_TOKEN), {"WWW-Authenticate": 'Bearer realm="baocao"'})


@api.exception_handler(HttpError)
def _malformed(request: HttpRequest, problem: HttpError) -> HttpResponse:
    cause = problem.__cause__  # the library tells of any body that it cannot be parsed, whatever our reader found
    return answer(cause if isinstance(cause, Refused) else Refused(Kind.MALFORMED))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    return answer(Refused(Kind.INVALID, None, faults.of_validation(problem.errors)))


_WORDS: Final = {"type": "string"}
_VALUE: Final = {"type": ["string", "null"]}
_CONFLICT: Final = {
    "type": "object",
    "description": "A cell with what was sent and what stands there now.",
    "required": ["cell", "yours", "theirs", "why"],
    "properties": {
        "cell": _WORDS,
        "yours": {"type": "object", "properties": {"value": _VALUE, "mark": _VALUE}},
        "theirs": {"$ref": "#/components/schemas/KeptOut"},
        "why": {"$ref": "#/components/schemas/Words"},
    },
}
_PROBLEM: Final = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457; “errors” tells every field that is wrong.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "enum": sorted(kind.urn for kind in Kind)},
        "title": _WORDS,
        "status": {"type": "integer"},
        "detail": _WORDS,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "at", "detail"],
                "properties": {
                    "in": {"type": "string", "enum": ["body", "query", "path", "header"]},
                    "at": {"type": "string", "description": "A JSON pointer into the body, or a parameter's name"},
                    "detail": _WORDS,
                },
            },
        },
        "conflicts": {"type": "array", "items": _CONFLICT},
        "retry_after": {"type": "integer"},
    },
}
_ALWAYS: Final = (Kind.MALFORMED, Kind.NO_TOKEN, Kind.FORBIDDEN, Kind.INVALID, Kind.TOO_MANY)
_OF_WRITES: Final = (Kind.CONFLICT, Kind.LENGTH, Kind.TOO_LARGE, Kind.MEDIA)
_OF_FIGURES: Final = frozenset({"figures", "structures", "structure"})
_FILES: Final = {
    "structures": (sdmx_structures.STRUCTURES,),
    "structure": (sdmx_structures.STRUCTURES,),
    "figures": ("text/csv", sdmx_data.CSV, sdmx_data.JSON),
    "edition_file": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/json",
        "text/csv",
    ),
}
_OBJECT: Final = (sdmx_data.JSON, sdmx_structures.STRUCTURES)


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The description of every operation with all that it may answer."""
    told = dict(api.get_openapi_schema(path_prefix=f"{ROOT}/"))
    told["info"] = {**told["info"], "version": f"1 ({__version__})"}
    told["components"]["schemas"]["Problem"] = _PROBLEM
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            _complete(operation, method, has_place="{" in path)
    return told


def _complete(operation: dict[str, Any], method: str, *, has_place: bool) -> None:
    """Tell what any operation of this kind may answer besides what it is for."""
    kinds = list(_ALWAYS)
    kinds += [Kind.NOT_FOUND] if has_place else []
    kinds += [Kind.NOT_PREPARED] if operation["operationId"] in _OF_FIGURES else []
    kinds += _OF_WRITES if method != "get" or operation["operationId"] == "edition_file" else ()
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    responses = {str(status): told for status, told in operation["responses"].items()}
    for kind in kinds:
        responses[str(int(kind.status))] = {"description": f"{kind.title.vi} · {kind.title.en}", "content": content}
    if method == "get":
        responses["304"] = {"description": "Không đổi · Not modified"}
    for media in _FILES.get(operation["operationId"], ()):
        schema = {"type": "object"} if media in _OBJECT else {} if media == "application/json" else {"type": "string"}
        responses["200"].setdefault("content", {}).setdefault(media, {"schema": schema})
    operation["responses"] = dict(sorted(responses.items()))


def parameters(path: str, method: str) -> frozenset[str]:
    """The names of the query parameters that an operation knows."""
    operation = document()["paths"].get(path, {}).get(method.lower().replace("head", "get"), {})
    return frozenset(one["name"] for one in operation.get("parameters", ()) if one["in"] == "query")
