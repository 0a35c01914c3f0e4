"""Every operation asked all that its description allows, and much that it does not: what comes back is as described."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as choices
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from baocao_web.api import sparing
from baocao_web.api.document import document
from baocao_web.figures import live
from baocao_web.people import recording
from tests.web.calls import made as token
from tests.web.offices import HERE, PROVINCE, Office

EXAMPLES = int(os.environ.get("BAOCAO_ASKED", "4"))  # of every operation; more in a run by hand
DESCRIPTION = "/openapi.json"
OPERATIONS = sorted(operation["operationId"] for path in document()["paths"].values() for operation in path.values())
KNOWN = [positive_data_acceptance]  # a unit's key must be known, not only be like a key
WHO = {"compiler": ("tuan", PROVINCE), "reporter": ("lan", HERE), "nobody": None}


def served() -> Callable[..., Iterable[bytes]]:
    """The application, with its description where nobody needs to sign in."""
    handler = WSGIHandler()

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == DESCRIPTION:
            start("200 OK", [("Content-Type", "application/json")])
            return [json.dumps(document()).encode()]
        return handler(environ, start)

    return application


@pytest.fixture
def quiet(made: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office that may be asked as often as one likes."""
    monkeypatch.setattr(settings, "API_CALLS", 10**9)
    live.forget()
    sparing.forget()
    yield made
    live.forget()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["meant", "not-meant"])
@pytest.mark.parametrize("who", WHO)
def test_what_comes_back_is_as_described(quiet: Office, who: str, mode: GenerationMode) -> None:
    owner = WHO[who]
    headers = {"Authorization": f"Bearer {token(*owner)[1]}"} if owner else {}
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, served())
    seen = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        seen.add(operation.definition.raw["operationId"])
        try:
            strategy = operation.as_strategy(generation_mode=mode)

            @choices(
                max_examples=EXAMPLES,
                derandomize=True,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=strategy)
            def ask(case: Any) -> None:
                own = mode is GenerationMode.NEGATIVE and "Authorization" in case.headers  # a token that is none
                answer = case.call_and_validate(headers={} if own else headers, excluded_checks=KNOWN)
                # what cannot be read at all is told so before anybody asks who calls
                assert (owner and not own) or answer.status_code in (400, 401, 404)

            ask()
        except Exception as problem:
            problem.add_note(f"{operation.method} {operation.path}")
            raise
    assert seen == set(OPERATIONS)
    assert list(recording.faults()) == []
