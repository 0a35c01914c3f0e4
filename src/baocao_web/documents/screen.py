"""A draft on the screen: the report as it will be printed, every number the way to its source, findings beside."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from html import escape
from itertools import count
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from baocao.formats import html_write
from baocao.formats.docx_write_figures import suggestion_mark
from baocao.formats.html_write import Around
from baocao.model.draft import Block, Draft, Narrative, Number, Paragraph, Reckoning

Told = Mapping[str, Any]


class Shown:
    """How one page shows a draft: where a number leads, and what stands beside a block."""

    def __init__(self, source: Callable[[int], str]) -> None:
        self._source = source
        self._numbers, self._blocks = count(), count()
        self.findings: Mapping[int, Sequence[Told]] = {}
        self.tasks: Callable[[str], str] | None = None  # where the tasks are that a number counts, by their state
        self.part: Callable[[str], str] | None = None  # where a written part is edited
        self.may_settle = False
        self.card: Callable[[Told], str] = lambda finding: ""

    def page(self, draft: Draft) -> Markup:
        """The whole report as HTML; everything in it is escaped."""
        return Markup(html_write.inside(draft, Around(self._number, self._block)))

    def _number(self, number: Number, shown: str) -> str:
        place, counted = next(self._numbers), counted_state(number)
        way = self._source(place) if self.tasks is None or counted is None else self.tasks(counted)
        return f'<a class="source" href="{escape(way)}">{shown}</a>'

    def _block(self, block: Block, shown: str) -> str:
        place = next(self._blocks)
        beside = "".join(self.card(one) for one in self.findings.get(place, ()))
        after = self._edit(block) if isinstance(block, Narrative) else self._settle(block)
        margin = f'<aside class="margin" aria-label="{escape(_("Phát hiện"))}">{beside}</aside>' if beside else ""
        if not after and not margin:
            return shown
        return f'<div class="beside-block" id="b{place}">{margin}{shown}{after}</div>'

    def _edit(self, block: Narrative) -> str:
        if self.part is None:
            return ""
        name = escape(_("Sửa phần này"))
        return f'<p class="doing" id="part-{escape(block.key)}"><a href="{escape(self.part(block.key))}">{name}</a></p>'

    def _settle(self, block: Block) -> str:
        if not (self.may_settle and isinstance(block, Paragraph) and block.is_suggested):
            return ""
        mark = escape(suggestion_mark(block.line))
        buttons = "".join(
            f'<button class="second" form="settle" name="{name}" value="{mark}">{escape(word)}</button>'
            for name, word in (("keep", _("Giữ câu này")), ("decline", _("Bỏ câu này")))
        )
        return f'<p class="doing"><span>{escape(_("Câu gợi ý"))}</span> {buttons}</p>'


def counted_state(number: Number) -> str | None:
    """The state of the tasks that a number counts, "" where it counts all of them; None where it counts none."""
    what, _sign, state = number.source.argument.partition(":")
    return state if number.source.reckoning is Reckoning.COUNT and what == "tasks" else None


_MOST_KEPT: Final = 12
_kept: OrderedDict[Hashable, Markup] = OrderedDict()


def kept(key: Hashable, make: Callable[[], Markup]) -> Markup:
    """A page made once for what it shows; ``key`` names all that it is made of, and nothing of who looks at it."""
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = make()
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return found


def numbered(room: str, *args: object) -> Callable[[int], str]:
    """Where each number of a page leads; the way there is looked up once."""
    stem = reverse(room, args=[*args, 0]).removesuffix("0")
    return lambda n: f"{stem}{n}"


def by_block(findings: Sequence[Told]) -> tuple[dict[int, list[Told]], list[Told]]:
    """Findings by the block that they stand beside, and those that stand beside none."""
    placed: dict[int, list[Told]] = defaultdict(list)
    loose = []
    for one in findings:
        if one["block"] is None:
            loose.append(one)
        else:
            placed[one["block"]].append(one)
    return placed, loose
