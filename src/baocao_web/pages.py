"""How pages are made: the Jinja2 environment with what every page may use."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import timezone, translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from baocao.model.period import Period
from baocao.model.text import Text
from baocao_web.navigation import rooms
from baocao_web.people.names import person
from baocao_web.places import office


def environment(**options: Any) -> Environment:
    """The environment: a name that nothing was given for is an error, not a blank."""
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    made = Environment(extensions=["jinja2.ext.i18n"], **options)
    made.install_gettext_callables(_worded, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(static=static, url=_url, language=translation.get_language, unit_name=unit_name)
    made.globals.update(rooms=rooms, period_name=period_name, period=Period.parse)
    made.filters.update(number=number, day=day, moment=moment, said=said, told=told, json=as_json, person=person)
    return made


def _url(name: str, *args: object, **kwargs: object) -> str:
    if not args and not kwargs:
        return fixed_url(name, get_script_prefix())
    return reverse(name, args=args or None, kwargs=kwargs or None)


@cache
def fixed_url(name: str, prefix: str) -> str:
    """The address of a page that there is one of, below where the application stands: a page names a dozen."""
    del prefix  # what the answer depends on, and ``reverse`` finds by itself
    return reverse(name)


def _worded(message: str) -> str:
    return _worded_in(translation.get_language(), message)


@lru_cache(maxsize=8_192)
def _worded_in(language: str | None, message: str) -> str:
    """Words of a page in the reader's language: looked up once a process, for a page says dozens."""
    del language  # that of this thread, in which ``gettext`` answers
    return translation.gettext(message)


def number(value: Decimal | None, decimals: int | None = None) -> str:
    """A figure as officials write it: dots between thousands, a comma before decimals; nothing for none.

    >>> number(Decimal("1492.90"), 1), number(Decimal("-1234567")), number(None)
    ('1.492,9', '-1.234.567', '')
    """
    if value is None:
        return ""
    shown = f"{value:,f}" if decimals is None else f"{value:,.{decimals}f}"
    if decimals is None and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.translate(str.maketrans(",.", ".,"))


def day(value: date | None) -> str:
    """A day as officials write it: 05/6/2026."""
    if value is None:
        return ""
    month = f"{value.month:02}" if value.month < 3 else str(value.month)  # a nought where another hand could add one
    return f"{value.day:02}/{month}/{value.year}"


def moment(value: datetime | None) -> str:
    """A moment by the office's clock: 14:05 ngày 05/6/2026."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{local:%H:%M} {day(local.date())}"


def said(text: Text) -> str:
    """Words of the core in the reader's language."""
    return text.en if translation.get_language() == "en" else text.vi


def told(text: Text) -> str:
    """Words with figures that stand beside figures of the page: these are written one way, in English too.

    >>> with translation.override("en"):
    ...     told(Text("từ 88.900 đến 1.234,5", "from 88,900 to 1,234.5 (12/NQ-HĐND)"))
    'from 88.900 to 1.234,5 (12/NQ-HĐND)'
    """
    if translation.get_language() != "en":
        return text.vi
    return _FIGURES.sub(lambda found: found[0].translate(_SIGNS), text.en)


_SIGNS = str.maketrans(",.", ".,")
_FIGURES = re.compile(r"(?<![\w.,/-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w/]|[.,]\d)")


def as_json(value: object) -> Markup:
    """Something as JSON that stands within a page: no sign in it can end the element that holds it."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}))


def period_name(period: Period) -> str:
    """A period as it is called: "tháng 10/2026", "6 tháng đầu năm 2026"; by its days where it has no name."""
    year, _, part = period.code.partition("-")
    kind, number = part[:1], part[1:]
    names = {
        "A": translation.gettext("năm {year}"),
        "S": translation.gettext("6 tháng đầu năm {year}" if number == "1" else "6 tháng cuối năm {year}"),
        "Q": translation.gettext("quý {number}/{year}"),
        "M": translation.gettext("tháng {number}/{year}"),
    }
    if kind in names and number.isdigit():
        return names[kind].format(number=int(number), year=year)
    return translation.gettext("từ {start} đến {end}").format(start=day(period.start), end=day(period.end))


def unit_name(key: str) -> str:
    """A unit's name; its key where the map does not know it."""
    return office.unit(key).name if office.is_known(key) else key
