"""The pages of figures: the leader's overview, one indicator, the table that one turns oneself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, wraps
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET
from markupsafe import Markup

from baocao.figures import compare_words
from baocao.figures.compare import Row
from baocao.figures.said import MORE_UNITS, some, with_figures
from baocao.ledger.following import Following, NotPrepared
from baocao.ledger.rolled import Place, View
from baocao.model.indicator import Indicator, Over
from baocao.model.period import Period
from baocao.model.target import Rating
from baocao.model.text import Language, Problem, Text
from baocao.reference import indicators as reference
from baocao.showing.grid_files import csv_bytes, xlsx_bytes
from baocao_web.collecting.models import Round
from baocao_web.collecting.rounds import punctuality
from baocao_web.collecting.rounds.punctuality import Punctuality
from baocao_web.figures import drawing, live, pivoting, series
from baocao_web.figures.asked import above, asked, below, last_month
from baocao_web.figures.behind import Behind, behind, oldest
from baocao_web.figures.overview import Headline, overview, sectors
from baocao_web.figures.unapproved import Unapproved, unapproved
from baocao_web.pages import number, period_name, said, told
from baocao_web.people.policies import may, units_for
from baocao_web.people.roles import Action
from baocao_web.places import office

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROUNDS = 6  # of the last ones, that a compiler sees first
_MOST_MONTHS = 36
_AGAIN = 20  # seconds after which a page that waits for figures loads itself again
_SOON = 5  # seconds after which one that others stood in the way of does
_DECIMALS = 2  # of a figure on a page
_SHOWN = 60  # lines about what figures of a table lack
_LINE = Text("{name}: {count} kỳ, kỳ cuối {last}", "{name}: {count} periods, the last one {last}")
_SHORT = Text("thiếu {count}/{all} đơn vị: {names}", "{count} of {all} units are missing: {names}")
_SHORT_PARTS = Text(
    "số liệu dùng để tính còn thiếu {count}/{all} đơn vị", "{count} of {all} units are missing from what it is made of"
)

Page = Callable[..., HttpResponse]


def _of_figures(page: Page) -> Page:
    """A page over the figures as they stand now, or one that says in words why it cannot show what was asked for."""

    @wraps(page)
    def shown(request: HttpRequest, **named: str) -> HttpResponse:
        _demand_anything(request)
        try:
            with live.reading(is_approved_only=_is_approved_only(request)) as known:
                return page(request, known, **named)
        except live.Busy as busy:
            return _busy(request, busy)
        except NotPrepared:
            return _preparing(request)
        except Problem as refused:
            return render(request, "refused.html", {"words": said(refused.text)}, status=409)

    return shown


def _is_approved_only(request: HttpRequest) -> bool:
    """Whether the page is to be without what nobody has approved, as the consolidated form is asked to be."""
    return request.GET.get("approved") == "1"


def _asked_on(request: HttpRequest) -> dict[str, object]:
    """What the addresses on a page hand on to the next one, and the address of this one with or without them."""
    switched = request.GET.copy()
    is_on = switched.pop("approved", None) == ["1"]
    if not is_on:
        switched["approved"] = "1"
    return {
        "shown": _shown,
        "is_approved_only": is_on,
        "kept": "&approved=1" if is_on else "",
        "switched": f"?{switched.urlencode()}",
    }


def _waiting(request: HttpRequest) -> Unapproved:
    """What nobody has approved yet, as far as it is among the figures of the page."""
    found = unapproved()
    return Unapproved(found.states, {}) if _is_approved_only(request) else found


def _preparing(request: HttpRequest) -> HttpResponse:
    """That the figures will be there soon, and since when they are prepared; the page loads itself again."""
    given = {"begun": live.under_way()}
    answer = render(request, "figures/preparing.html", given, status=503)
    answer["Retry-After"] = answer["Refresh"] = str(_AGAIN)
    return answer


def _busy(request: HttpRequest, busy: live.Busy) -> HttpResponse:
    """That others are at the figures; the page loads itself again in a few seconds."""
    answer = render(request, "refused.html", {"words": said(busy.text)}, status=503)
    answer["Retry-After"] = answer["Refresh"] = str(_SOON)
    return answer


@require_GET
@_of_figures
def dashboard(request: HttpRequest, known: Following) -> HttpResponse:
    """Where the plan stands: what is behind and by how much, then every headline."""
    about = asked(request, known)
    sector = request.GET.get("sector", "")
    if sector and sector not in reference.sectors():
        raise Http404
    waiting = _waiting(request)
    found = overview(known, about, sector, waiting.holds if _is_approved_only(request) else lambda _: False)

    def of(row: Row) -> Place:
        return Place(about.unit.key, row.indicator.code)

    given = _asked_on(request) | {
        "about": about,
        "found": found,
        "oldest": lambda row: oldest(found.rolled, of(row), about.to_date),
        "unapproved": lambda row: _unapproved(behind(found.rolled, of(row), about.to_date, waiting)),
        "sector": sector,
        "sectors": [(code, reference.sectors()[code]) for code in sectors(known) if code],
        "above": above(request.user, about.unit, office.today()),
        "below": below(about.unit, office.today()),
        "ratings": Rating,
        "line": _line,
        "plan": _plan,
        "percent": _percent,
        "page_of": _page_of,
        "rating_name": compare_words.rating,
        "lacking": _lacking,
        "measure": known.book.measure_of,
        "rounds": _owed(request),
        "kinds": Punctuality,
    }
    return render(request, "figures/dashboard.html", given)


@require_GET
@_of_figures
def indicator(request: HttpRequest, known: Following, code: str) -> HttpResponse:
    """One indicator over time and over units, with where its figures came from."""
    found = known.book.indicators.get(code)
    if found is None:
        raise Http404
    about = asked(request, known)
    waiting = _waiting(request)
    ranked = series.ranked(known, about, code, below(about.unit, about.month.end), waiting)
    by_name = sorted(ranked, key=lambda one: office.order(one.unit.key))
    then = f"&period={about.month.code}{'&approved=1' if _is_approved_only(request) else ''}"
    tiles = [
        drawing.Tile(one.unit.name, _shown(one.value) or "–", one.value, f"?unit={one.unit.key}{then}")
        for one in by_name
    ]
    told = series.over_time(known, about, code, waiting)
    last = next((one.period for one in reversed(told) if one.is_any), about.month)
    last = next((one.period for one in told if one.period.code == request.GET.get("source", "")), last)
    sources, left = series.sources(known, about, code, last, waiting)
    if _is_approved_only(request):
        sources = [one for one in sources if one.state is None]
    given = _asked_on(request) | {
        "about": about,
        "indicator": found,
        "measure": known.book.measure_of(code),
        "so_far": series.so_far(known, about, code, waiting),
        "is_stock": all(known.book.catalogue[one].over_time is Over.LAST for one in _leaves(known, code)),
        "told": told,
        "is_monthly": told[-1].period.code == about.month.code,
        "last": last,
        "drawn": _drawn(found, [None if one.short else one.today for one in told]),
        "ranked": ranked,
        "most": max((abs(one.value) for one in ranked if one.value is not None), default=0),
        "bar": drawing.bar,
        "tiles": drawing.tiles(tiles, said(found.name)),
        "sources": sources,
        "left": left,
        "above": above(request.user, about.unit, office.today()),
    }
    return render(request, "figures/indicator.html", given)


@require_GET
@_of_figures
def pivot(request: HttpRequest, known: Following) -> HttpResponse:
    """Indicators by units by months, as a page, CSV or a workbook."""
    about = asked(request, known)
    units = (about.unit, *below(about.unit, about.month.end))
    wanted_units = set(request.GET.getlist("of"))
    codes = [code for code in request.GET.getlist("indicator") if code in known.book.indicators]
    across = request.GET.get("across", "period")
    if across not in pivoting.AXES:
        raise Http404
    chosen = pivoting.Chosen(
        tuple(unit for unit in units if unit.key in wanted_units) or (about.unit,),
        tuple(dict.fromkeys(codes)),
        _months(request, about.month),
        across,
    )
    names = {period: period_name(period) for period in chosen.periods}
    turned = pivoting.table(known, chosen, names, _waiting(request)) if codes else None
    kind = request.GET.get("format", "")
    if turned is not None and kind in ("csv", "xlsx"):
        grid = turned.grid()
        language: Language = "en" if translation.get_language() == "en" else "vi"
        made = csv_bytes(grid, language, is_for_people=True) if kind == "csv" else xlsx_bytes(grid, language)
        answer = HttpResponse(made, content_type=_XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="so-lieu.{kind}"'
        return answer
    given = _asked_on(request) | {
        "about": about,
        "chosen": chosen,
        "turned": turned,
        "marked": list(islice(turned.marked, _SHOWN + 1)) if turned else [],
        "most": _SHOWN,
        "units": units,
        "sectors": _by_sector(known),
        "indicators": known.book.indicators,
        "address": request.GET.urlencode(),
    }
    return render(request, "figures/pivot.html", given)


def _by_sector(known: Following) -> list[tuple[Text, list[str]]]:
    """The indicators that there are figures of, by the names of their sectors."""
    found: dict[str, list[str]] = {}
    for code in known.indicators:
        found.setdefault(known.book.indicators[code].sector, []).append(code)
    names = reference.sectors()
    return [(names.get(sector, Text(sector, sector)), codes) for sector, codes in found.items()]


def _months(request: HttpRequest, last: Period) -> tuple[Period, ...]:
    """The months up to one, as many as were asked for."""
    seen = request.GET.get("months", "12")
    count = min(int(seen), _MOST_MONTHS) if seen.isascii() and seen.isdigit() and len(seen) < 4 else 12
    found = [last]
    while len(found) < count:
        found.append(last_month(found[-1].previous))
    return tuple(reversed(found))


def _shown(value: Decimal | None) -> str:
    """A figure with as many decimals as it has, two at most, as reports print it; its sources and files have all."""
    exponent = value.as_tuple().exponent if value is not None else 0
    if value is not None and isinstance(exponent, int) and exponent < -_DECIMALS:
        value = value.quantize(Decimal(1).scaleb(-_DECIMALS), ROUND_HALF_UP)
    return number(value)


def _leaves(known: Following, code: str) -> tuple[str, ...]:
    return known.of(View(), (), (code,)).leaves(code)


def _unapproved(found: Behind | None) -> tuple[str, ...]:
    """The names of the units whose figures in a total nobody has approved."""
    return found.unapproved if found is not None else ()


def _plan(row: Row, authority: str) -> str:
    """What an authority asks for, in words."""
    found = row.against(authority)
    return told(compare_words.asked(found.target)) if found else ""


def _percent(row: Row, authority: str) -> str:
    """How much of what an authority asks for is reached."""
    found = row.against(authority)
    return number(found.rated.percent, 1) if found else ""


def _lacking(row: Row) -> str:
    """How many units are missing from a total, and which."""
    told = row.completeness
    if told is None:
        return ""
    count = told.expected - told.reported
    if not told.missing:
        return said(_SHORT_PARTS.fill(count=count, all=told.expected))
    return said(with_figures(_SHORT, count=count, all=told.expected, names=some(told.missing, MORE_UNITS)))


@cache
def _page_of(code: str) -> str:
    return reverse("indicator", args=[code])


def _line(headline: Headline) -> Markup:
    return _drawn(headline.row.indicator, headline.months)


def _drawn(indicator: Indicator, values: Sequence[Decimal | None]) -> Markup:
    """A line of periods with what it shows in words."""
    told = [value for value in values if value is not None]
    last = _shown(told[-1]) if told else "–"
    return drawing.sparkline(values, said(with_figures(_LINE, name=indicator.name, count=len(told), last=last)))


def _owed(request: HttpRequest) -> list[tuple[Round, Counter[Punctuality]]]:
    """The last rounds of those who collect, with how many units stand how."""
    owners = Round.objects.order_by().values_list("owner", flat=True).distinct()
    mine = [owner for owner in owners if may(request.user, Action.CHASE, owner)]
    rounds = list(Round.objects.filter(owner__in=mine).order_by("-due_on", "form__code")[:_ROUNDS]) if mine else []
    counts = punctuality.counts_of_all([one.pk for one in rounds])
    return [(one, counts[one.pk]) for one in rounds]


def _demand_anything(request: HttpRequest) -> None:
    """Nothing is computed for somebody who may see no unit. Raises ``PermissionDenied``."""
    if not any(units_for(request.user, Action.SEE)):
        raise PermissionDenied
