"""Bases that the words of a sentence tell, where neither its place nor its plan shows the base of a percentage.

"17 xã kiểu mẫu, chiếm 46,9% số xã đạt chuẩn" names its whole; "Hòa giải 98 vụ (thành 83 vụ), tỷ lệ hòa giải
thành 84,7%" names its part; "đạt 91,5% với 7.412 hộ/8.104 hộ" has both behind it. Every way asks for one figure
only that fits the words; where two do, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from baocao.grammar.bases import REACH
from baocao.grammar.lexing import Quantum
from baocao.grammar.naming import (
    HOLLOW,
    WIDTH,
    WORD,
    before,
    is_count,
    is_larger,
    lead,
    names,
    number_start,
    same,
    sentence_head,
    trail,
)
from baocao.grammar.paper import plan_role
from baocao.grammar.percents import PLAN, WHOLE, Percent
from baocao.grammar.pointed_bases import has_percent, is_fund
from baocao.grammar.ratio_claims import GOOD, make
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import any_of
from baocao.model import Agreement, Comparator, Ratio, Strength

_STRANGE = 4  # words beside the name that a named figure may have


def told(stretch: Stretch, percent: Percent, claims: list[Ratio]) -> Ratio | None:
    """The claim that the words tell, or None; ``claims`` are those of the percentages before it."""
    stated = stretch.quantum(percent.place)
    if stated.comparator is not Comparator.EXACTLY or stated.upper is not None or not stated.value:
        return None
    pair = pair_behind(stretch, percent)
    if pair is not None:
        return pair
    for way in _WAYS:
        found = way(stretch, percent)
        if found is not None:
            part, whole = found
            return make(stretch, percent._replace(numerator=part), whole, Strength.LIKELY, "told in words")
    return _of_sibling(stretch, percent, claims)


def pair_behind(stretch: Stretch, percent: Percent) -> Ratio | None:
    """ "đạt 91,46% với 7.412 hộ kê khai/8.104 hộ kinh doanh", "(tương ứng 1.116 trên 1.482 mẫu)"."""
    first = stretch.next_figure(percent.place)
    if first < 0 or percent.against not in (PLAN, WHOLE):
        return None
    joint = stretch.text[stretch.tokens[percent.place].end : stretch.tokens[first].start].lower()
    match = _BEHIND.fullmatch(joint)
    whole = _second(stretch, first) if match is not None else None
    if match is None or whole is None or whole.dimension in _TIMES:
        return None
    figure = stretch.figure(whole)
    figure = replace(
        figure, quantity=replace(figure.quantity, comparator=Comparator.EXACTLY)
    )  # "trên" is "out of" here
    claim = make(stretch, percent._replace(numerator=first), figure, Strength.LIKELY, "pair behind it")
    return claim if claim.agreement in GOOD or not match["comma"] else None


_BEHIND = re.compile(r"(?P<comma>,?)\s*(?:với|\(?\s*(?:tương ứng|tương đương)(?: với)?)\s*")
_TIMES = frozenset(("tháng", "năm", "ngày", "quý"))
_SLASH = re.compile(r"[^,;.()\d]{0,40}/\s*|[^,;.()\d]{0,20}\btrên\s*")


def _second(stretch: Stretch, first: int) -> Quantum | None:
    """The second figure of a pair whose first one is given."""
    quantum = stretch.quantum(first)
    if quantum.of is not None:
        return quantum.of
    second = stretch.next_figure(first)
    if second < 0 or stretch.quantum(second).amount < quantum.amount:
        return None
    between = stretch.lowered[quantum.number_end : number_start(stretch, second)]
    return stretch.quantum(second) if _SLASH.fullmatch(between) else None


Found = tuple[int, Quantum] | None


def _base_behind(stretch: Stretch, percent: Percent) -> Found:
    """ "2.418 hộ; tỷ lệ 85,1% (tổng số 2.840 hộ)", "46.212 thẻ, tỷ lệ bao phủ đạt 95,8% dân số (48.230 người)"."""
    if percent.base < 0 or percent.against != WHOLE:
        return None
    whole = stretch.quantum(percent.base)
    part = next(before(stretch, percent.place), -1)
    if part < 0 or whole.is_percent or stretch.quantum(part).is_percent or not is_count(whole):
        return None
    between = stretch.lowered[stretch.tokens[part].end : stretch.tokens[percent.place].start]
    if same(stretch.quantum(part), whole):
        return (part, whole) if _RATE.fullmatch(between) else None
    alone = len([i for i in before(stretch, percent.place) if stretch.parent[i] < 0]) == 1
    covers = _COVERS.fullmatch(between) and stretch.words_after(percent.place)
    return (part, whole) if alone and covers and is_count(stretch.quantum(part)) else None


_RATE = re.compile(r"\s*[;,]\s*(?:chiếm |đạt )?t[ỷỉ] lệ(?: là)?\s*")
_COVERS = re.compile(r"\s*,\s*t[ỷỉ] lệ (?:bao phủ|tham gia)[^,;.()\d]{0,30}")


def _named_whole(stretch: Stretch, percent: Percent) -> Found:
    """ "... chiếm 46,9% số xã đạt chuẩn": the one figure before that is told by these very words."""
    name = names(stretch.words_after(percent.place, WIDTH).lower())
    if percent.numerator < 0 or percent.against != WHOLE or len(name) < 2:
        return None
    part = stretch.quantum(percent.numerator)
    found = {
        stretch.quantum(i).amount: stretch.quantum(i)
        for i in stretch.around(percent.place, REACH)
        if i < percent.numerator and is_larger(stretch, i, part) and _is_called(stretch, i, name)
    }
    return (percent.numerator, next(iter(found.values()))) if len(found) == 1 else None


def _is_called(stretch: Stretch, index: int, name: frozenset[str]) -> bool:
    """Whether the words on both sides of a figure hold a whole name and little else."""
    words = names(lead(stretch, index) + " " + trail(stretch, index))
    return name <= words and len(words - name) <= _STRANGE


def _named_part(stretch: Stretch, percent: Percent) -> Found:
    """ "Tiếp nhận 5.214 hồ sơ (trực tuyến 4.102 hồ sơ), tỷ lệ hồ sơ trực tuyến đạt 78,7%": the part by its name."""
    match = _RATE_OF.search(lead(stretch, percent.place))
    if match is None or percent.against != WHOLE:
        return None
    name = frozenset(WORD.findall(match[1])) - HOLLOW
    found = [
        (part, whole)
        for part in before(stretch, percent.place)
        if _is_part_called(stretch, part, name) and (whole := _whole_around(stretch, part)) is not None
    ]
    if len(found) != 1:
        return None
    part, whole = found[0]
    rest = name - names(_own_lead(stretch, part))
    return found[0] if rest <= names(lead(stretch, whole.index) + " " + trail(stretch, whole.index)) else None


def _whole_around(stretch: Stretch, part: int) -> Quantum | None:
    """The larger figure in front of the bracket or the "trong đó" that a part stands in."""
    quantum = stretch.quantum(part)
    whole = next((i for i in before(stretch, part) if is_larger(stretch, i, quantum)), -1)
    if whole < 0 or quantum.is_percent or quantum.of is not None or not _is_inside(stretch, whole, part):
        return None
    return stretch.quantum(whole)


_RATE_OF = re.compile(r"t[ỷỉ] lệ (\w+(?: \w+){0,5}?)(?: (?:đạt|là|chiếm|ước|ước đạt))?\s*$")
_OF_WHICH = re.compile(r"trong đó|gồm|\bcó\b")


def _is_part_called(stretch: Stretch, index: int, name: frozenset[str]) -> bool:
    words = names(_own_lead(stretch, index))
    return bool(words) and words <= name


def _own_lead(stretch: Stretch, index: int) -> str:
    """The words before a figure since the last "trong đó"."""
    return _OF_WHICH.split(lead(stretch, index))[-1]


def _is_inside(stretch: Stretch, whole: int, part: int) -> bool:
    """Whether a part is told as one of a whole: in the bracket behind it or behind "trong đó"."""
    if stretch.parent[part] > whole and stretch.parent[whole] < whole:
        return True
    between = stretch.lowered[stretch.tokens[whole].end : stretch.tokens[part].start]
    return len(between) < WIDTH and "trong đó" in between


def _of_which(stretch: Stretch, percent: Percent) -> Found:
    """ "Toàn tỉnh có 284 tổ, trong đó 163 tổ đạt danh hiệu, đạt 57,4%": the whole right before "trong đó"."""
    part = percent.numerator
    if part < 0 or percent.against != WHOLE or percent.own or stretch.words_after(percent.place):
        return None
    whole = next(before(stretch, part), -1)
    if (
        whole < 0
        or not is_larger(stretch, whole, stretch.quantum(part))
        or has_percent(stretch, stretch.quantum(whole))
    ):
        return None
    between = stretch.lowered[stretch.tokens[whole].end : stretch.tokens[part].start]
    if _IN_TOTAL.search(lead(stretch, whole)) and re.search(r"\bcó\s*$", between):
        return part, stretch.quantum(whole)
    if "trong đó" not in between or len(between) > WIDTH:
        return None
    counted = _ALL.search(lead(stretch, whole)) and _REACHED.search(trail(stretch, part))
    return (part, stretch.quantum(whole)) if percent.share or counted else None


def _all_of_noun(stretch: Stretch, percent: Percent) -> Found:
    """ "Tổng số trường 26, số trường đạt chuẩn là 17 trường, chiếm 65,4%": the noun stands before the total."""
    part = percent.numerator
    if part < 0 or percent.against != WHOLE or not percent.share or percent.own:
        return None
    noun = stretch.quantum(part).unit
    for index in before(stretch, part):
        match = _TOTAL_OF.search(lead(stretch, index))
        if match is not None and match[1] == noun and stretch.quantum(index).measure is None:
            whole = stretch.quantum(index)
            return (part, whole) if whole.of is None and whole.amount > stretch.quantum(part).amount else None
    return None


_TOTAL_OF = re.compile(r"tổng số (\w+(?: \w+)?)(?: là|:)?\s*$")
_IN_TOTAL = re.compile(r"(?:trong|trên) tổng số\s*$")
_ALL = re.compile(r"\b(?:toàn|tổng|cả|hiện có)\b")
_REACHED = re.compile(r"\b(?:đạt|hoàn thành|được công nhận|đã)\b")


def _done(stretch: Stretch, percent: Percent) -> Found:
    """ "cần bổ sung 36.000 m3, mới khai thác 22.140 m3, tương đương 61,5%": what was done of what was to do."""
    if percent.numerator < 0 or percent.against != WHOLE or stretch.words_after(percent.place):
        return None
    rate = _RATE_OF.search(lead(stretch, percent.place))
    if rate is not None and not any_of("done").search(rate[1]):
        return None
    for part in (percent.numerator, *percent.others[:1]):
        words = lead(stretch, part)
        quantum = stretch.quantum(part)
        if quantum.is_percent or quantum.of is not None or not (any_of("done").search(words) or _NEWLY.search(words)):
            continue
        alike = (i for i in before(stretch, part) if same(stretch.quantum(i), quantum) and not stretch.is_change(i))
        whole = next((i for i in alike if stretch.parent[i] == stretch.parent[part]), -1)
        if whole >= 0 and is_larger(stretch, whole, quantum) and _TO_DO.search(lead(stretch, whole)):
            return None if has_percent(stretch, stretch.quantum(whole)) else (part, stretch.quantum(whole))
    return None


_NEWLY = re.compile(r"\bmới\b.*\bđược\s*$")
_TO_DO = re.compile(r"\b(?:cần|phải|nhu cầu|tổng|phát hiện|thụ lý|xảy ra|phạm pháp)\b")


def _planned_before(stretch: Stretch, percent: Percent) -> Found:
    """ "Kế hoạch vốn giao là 684,2 tỷ đồng. Đã giải ngân 312,4 tỷ đồng, đạt 45,7% kế hoạch"."""
    part = percent.numerator
    if part < 0 or percent.against != PLAN or stretch.quantum(part).dimension != "money":
        return None
    sentence = stretch.sentence[percent.place]
    low, _ = stretch.sentence_range(percent.place)
    start = stretch.tokens[part].start
    head = stretch.lowered[max(stretch.tokens[low - 1].end if low else 0, start - 2 * WIDTH) : start]
    if any(True for _ in stretch.figures_between(low, part)) or not _SPENT.search(head):
        return None
    if any(i for i in stretch.figures_between(part + 1, percent.place)):
        return None
    near = [i for i in stretch.around(part, REACH) if i < part and sentence - stretch.sentence[i] == 1]
    plans = [i for i in near if stretch.parent[i] < 0 and stretch.quantum(i).dimension == "money"]
    if len(plans) != 1 or not _is_of_all(stretch, percent, plans[0], head):
        return None
    whole, role = stretch.quantum(plans[0]), plan_role(stretch, plans[0])
    if (role is None and not is_fund(stretch, plans[0])) or (role and percent.authority and role != percent.authority):
        return None
    return (part, whole) if whole.amount >= stretch.quantum(part).amount else None


def _is_of_all(stretch: Stretch, percent: Percent, plan: int, head: str) -> bool:
    """Whether a result is that of a whole plan: no unit and no kind of money is named that the plan does not name."""
    said = names(lead(stretch, plan) + " " + trail(stretch, plan))
    object_words = names(_SPENT.split(head)[-1]) - _PASSING
    against = names(stretch.words_after(percent.place).lower()) - _PASSING
    start = stretch.tokens[percent.numerator].start - len(head)
    piece = stretch.text[start : start + len(head)].rpartition(",")[2]
    named = any(word[0].isupper() and not word.isupper() for word in piece.split()[1:])
    return object_words <= said and against <= said and not named


_PASSING = frozenset("chi tiết đến lũy luỹ kế thực hiện tổng vốn nguồn số tiền ước hoạch kh giao được".split())
_SPENT = re.compile(r"giải ngân|phân khai|phân bổ|thanh toán")


def _listed_before(stretch: Stretch, percent: Percent) -> Found:
    """ "Tổng vốn giao: giảm nghèo bền vững 164,8 tỷ đồng, ... Giải ngân: giảm nghèo 58,6 tỷ đồng (đạt 35,6%)"."""
    part = percent.numerator
    if part < 0 or percent.against != WHOLE or percent.share or percent.own or stretch.parent[percent.place] < part:
        return None
    quantum, name = stretch.quantum(part), names(_own_lead(stretch, part))
    if quantum.dimension != "money" or len(name) < 2 or _SPENT.search(sentence_head(stretch, part)) is None:
        return None
    sentence = stretch.sentence[part]
    found = [
        i
        for i in stretch.around(part, REACH)
        if i < part and sentence - stretch.sentence[i] <= 2 and stretch.clause[i] < stretch.clause[part]
        and stretch.quantum(i).dimension == "money" and name <= names(lead(stretch, i))
    ]  # fmt: skip
    if (
        len(found) != 1
        or stretch.quantum(found[0]).amount < quantum.amount
        or has_percent(stretch, stretch.quantum(found[0]))
    ):
        return None
    return part, stretch.quantum(found[0])


def _change_planned(stretch: Stretch, percent: Percent) -> Found:
    """ "Tỷ lệ hộ nghèo giảm 3,62%. Vượt mục tiêu, đạt 120,7% kế hoạch (3%)": the fall is what was planned."""
    if percent.against != PLAN or percent.base < 0 or not stretch.quantum(percent.base).is_percent:
        return None
    sentence = stretch.sentence[percent.place]
    near = [
        i for i in stretch.around(percent.place, REACH) if i < percent.place and sentence - stretch.sentence[i] <= 1
    ]
    rates = [i for i in near if stretch.quantum(i).is_percent]
    if len(rates) != 1 or not stretch.is_change(rates[0]) or stretch.quantum(rates[0]).comparator.value:
        return None
    return rates[0], stretch.quantum(percent.base)


def _told_once_more(stretch: Stretch, percent: Percent) -> Found:
    """ "Huy động 942,6 tỷ đồng, trong đó ...; tín dụng 402,4 tỷ đồng. Riêng tín dụng 402,4 tỷ đồng chiếm 42,7%"."""
    part = percent.numerator
    if part < 0 or percent.against != WHOLE or not percent.share or percent.own or stretch.words_after(percent.place):
        return None
    quantum, sentence = stretch.quantum(part), stretch.sentence[part]
    near = [i for i in stretch.around(part, REACH) if i < part and sentence - stretch.sentence[i] == 1]
    near = [i for i in near if same(stretch.quantum(i), quantum)]
    once = [i for i in near if stretch.quantum(i).amount == quantum.amount]
    if len(once) != 1 or len(quantum.value.as_tuple().digits) < 3:
        return None
    whole = near[0]
    behind = stretch.lowered[stretch.tokens[whole].end : stretch.tokens[near[1]].start] if len(near) > 1 else ""
    listed = re.search(r"trong đó|gồm", behind) and stretch.parent[whole] == stretch.parent[once[0]]
    return (part, stretch.quantum(whole)) if listed and is_larger(stretch, whole, quantum) else None


_WAYS: tuple[Callable[[Stretch, Percent], Found], ...] = (
    _base_behind, _named_whole, _named_part, _of_which, _all_of_noun, _done, _planned_before, _listed_before,
    _told_once_more,
    _change_planned,
)  # fmt: skip


def _of_sibling(stretch: Stretch, percent: Percent, claims: list[Ratio]) -> Ratio | None:
    """ "Hộ nghèo 3,34% (418 hộ/12.502 hộ); hộ cận nghèo 664 hộ, tỷ lệ 5,31%": the whole of the one told before."""
    if percent.numerator < 0 or not percent.share or percent.own or stretch.words_after(percent.place):
        return None
    part = stretch.quantum(percent.numerator)
    low, _ = stretch.sentence_range(percent.place)
    start = stretch.tokens[low].start
    known = [claim for claim in claims[-2:] if claim.at.start >= start and claim.agreement in GOOD]
    known = [claim for claim in known if claim.strength is not Strength.POSSIBLE or claim.agreement is Agreement.EXACT]
    if not known or part.is_percent or part.of is not None:
        return None
    told_of = known[-1]
    if told_of.part is None or told_of.whole is None or told_of.part.quantity.unit != part.unit:
        return None
    if told_of.whole.quantity.amount <= part.amount:
        return None
    amount = told_of.part.quantity.amount
    firsts = [
        i
        for i in before(stretch, percent.numerator)
        if stretch.quantum(i).amount == amount or stretch.quantum(i).start == told_of.at.start
    ]
    said = {name for i in firsts for name in names(lead(stretch, i))}
    if not said & names(lead(stretch, percent.numerator)):
        return None
    return make(stretch, percent, told_of.whole, Strength.LIKELY, "the whole of its sibling")
