"""Every page of the platform as everybody sees it: it fits a telephone and a desk, in one language, and is heard."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client

from baocao_web.figures import live
from baocao_web.places import office
from tests.web.browsing import Watched, needs_browser, serving
from tests.web.offices import Office
from tests.web.visits import EVERYBODY, MORE, NO_PAGE, OWN, PAGES, named
from tests.web.working import Worked, proven, with_villages, worked

PICTURES = os.environ.get("BAOCAO_PICTURES", "")
ENGLISH: Final = re.compile(
    r"\b(the|and|not|with|please|error|warning|save|cancel|submit|delete|edit|page|loading|required|invalid|none|true|"
    r"false|null|undefined|yes|month|year|unit|total|missing|draft|round|form|approved|plan|task|search|upload)\b",
    re.IGNORECASE,
)
ONE_LINE: Final = 60  # points, of the bar above a page on a desk
_MARKS = re.compile(r"<(/?\w+)[^>]*?(?: class=\"([^\"]*)\")?[^>]*>")


def test_every_address_is_walked_or_is_told_why_not() -> None:
    assert named() - set(PAGES) - set(NO_PAGE) == set(), "add each to tests/web/visits.py"
    assert (set(PAGES) | set(NO_PAGE)) - named() == set(), "these are gone"
    assert set(PAGES) & set(NO_PAGE) == set()


@pytest.fixture
def busy(made: Office, tmp_path: Path) -> Iterator[Worked]:
    kept = settings.OFFICE_UNITS
    live.forget()
    with_villages(tmp_path)
    yield worked(made, tmp_path)
    settings.OFFICE_UNITS = kept
    office.forget()
    live.forget()


@needs_browser
@pytest.mark.parametrize(("width", "language"), [(1440, "vi"), (360, "vi"), (360, "en")])
def test_every_page_can_be_used_by_everybody_who_may_open_it(
    busy: Worked, tmp_path: Path, browser: Any, width: int, language: str
) -> None:
    visits = list(_visits(busy))
    assert set(PAGES) - {name for _, name, _ in visits} == set(), "each page is open to somebody"
    sessions = {name: proven(name).cookies["sessionid"].value for name in dict.fromkeys((*EVERYBODY, *OWN)) if name}
    connection.close()
    faults: list[str] = []
    with serving(tmp_path) as address:
        seeing: dict[str | None, Watched] = {}
        for who, name, path in visits:
            if who not in seeing:
                seeing[who] = _watched(browser, address, sessions.get(who or ""), width, language)
            faults += [f"{name} ({who}): {fault}" for fault in _faults(seeing[who], name, path, width, language)]
    assert faults == []


def _visits(busy: Worked) -> Iterator[tuple[str | None, str, str]]:
    """Each page once for each way in which it is seen: people before whom the same stands see it alike."""
    busy.numbers["key"] = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    clients = {
        who: proven(who) if who else Client(headers={"host": "localhost"}) for who in dict.fromkeys((*EVERYBODY, *OWN))
    }
    for name, shape in (*PAGES.items(), *MORE.items()):
        path, ways = busy.path(shape), set()
        people = OWN if path.startswith("/account/") else EVERYBODY
        for who in people:
            answer = clients[who].get(path)
            if answer.status_code == 302 or (name in PAGES and answer.status_code not in (200, 401)):
                continue
            way = (answer.status_code, _drawn(answer.content.decode()))
            if way not in ways:
                ways.add(way)
                yield who, name, path


def _drawn(page: str) -> str:
    """What a page is made of, without its words: how it is drawn."""
    _, _, inside = page.partition("<main")
    return " ".join(dict.fromkeys(f"{tag}.{of}" for tag, of in _MARKS.findall(inside)))


def _watched(browser: Any, address: str, session: str | None, width: int, language: str) -> Watched:
    watched = Watched(browser, address, None, width)
    cookies = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": address}]
    if session is not None:
        cookies.append({"name": "sessionid", "value": session, "url": address})
    watched.context.add_cookies(cookies)
    return watched


def _faults(watched: Watched, name: str, path: str, width: int, language: str) -> Iterator[str]:
    """What is wrong with a page for the one who looks at it."""
    watched.outside.clear()
    watched.complaints.clear()
    answer = watched.page.goto(watched.address + path)
    if PICTURES:
        file = re.sub(r"\W+", "-", f"{name}-{width}-{language}")
        watched.page.screenshot(path=f"{PICTURES}/{file}.png", full_page=True)
    if answer.status >= 500:
        yield f"answers {answer.status}"
    if watched.outside:
        yield f"asks for {watched.outside}"
    loud = [words for words in watched.complaints if answer.status == 200 or "status of" not in words]
    if loud:
        yield f"complains: {loud}"
    yield from _misfits(watched.page, width)
    if language == "vi":  # in English it is the same page in other words
        yield from _hard_to_use(watched.page)


def _misfits(page: Any, width: int) -> Iterator[str]:
    """What does not fit the screen."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        yield f"is {over} points wider than the screen"
    bar = page.evaluate("document.querySelector('header.top')?.offsetHeight ?? 0")
    if width > 1000 and bar > ONE_LINE:
        yield f"has a bar of {bar} points"


def _hard_to_use(page: Any) -> Iterator[str]:
    """What a reader of screens, or somebody who reads Vietnamese alone, stumbles over."""
    from axe_playwright_python.sync_playwright import Axe

    for one in Axe().run(page).response["violations"]:
        if one["impact"] in ("serious", "critical"):
            yield f"{one['id']}: {[node['html'][:200] for node in one['nodes'][:3]]}"
    if strange := ENGLISH.search(page.evaluate(_SAID)):
        yield f"says “{strange[0]}”"


# what is said on a page, and what it says of its fields; not code, and not what says that it is of another language
_SAID = """() => {
  const page = document.body.cloneNode(true);
  page.querySelectorAll("script, style, code, pre, [lang=en]").forEach(one => one.remove());
  const told = [...page.querySelectorAll("[aria-label], [title], [placeholder]")]
    .map(one => ["aria-label", "title", "placeholder"].map(name => one.getAttribute(name) || "").join(" "));
  return [document.title, page.textContent, ...told].join(" ");
}"""
