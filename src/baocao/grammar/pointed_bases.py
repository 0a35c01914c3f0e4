"""The base that the wording points to, although the percentage does not follow from it."""

from __future__ import annotations

import re

from baocao.grammar.bases import ADDED, REACH, noted, ranked
from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.paper import Paper, content_words, plan_role
from baocao.grammar.percents import PLAN, WHOLE, Percent
from baocao.grammar.ratio_claims import make
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import any_of, kind_of, word_list
from baocao.model import Figure, Ratio, Strength


def pointed(paper: Paper, stretch: Stretch, percent: Percent) -> Ratio | None:
    """A base that the wording points to although it does not agree."""
    part = stretch.quantum(percent.numerator)
    if stretch.quantum(percent.place).comparator.value or (part.is_percent and percent.against != PLAN):
        return None
    found = _in_sentence(paper, stretch, percent, part)
    if found is None and percent.against == WHOLE and _is_share(stretch, percent):
        found = _whole(stretch, percent, part)
    if found is None and percent.against == PLAN:
        found = _of_same_result(paper, stretch, percent, part)
    return make(stretch, percent, found[0], Strength.LIKELY, found[1]) if found is not None else None


Found = tuple[Quantum | Figure, str]


def _in_sentence(paper: Paper, stretch: Stretch, percent: Percent, part: Quantum) -> Found | None:
    near = _planned_near(stretch, percent, part)
    if near is not None:
        return near, "the plan in the sentence"
    return next((found for found in noted(paper, stretch, percent) if found[1] == ADDED), None)


def _whole(stretch: Stretch, percent: Percent, part: Quantum) -> Found | None:
    named = _named_before(stretch, percent, part)
    if named is not None:
        return named, "said before under the same name"
    whole = _only_whole(stretch, percent, part)
    if whole is None or _names_another(stretch, percent, whole):
        return None
    return whole, "the whole in the sentence"


def _names_another(stretch: Stretch, percent: Percent, whole: Quantum) -> bool:
    """ "148 tỷ đồng, chiếm 4,6% tổng thu ngân sách": words behind a share that say little of the figure before it."""
    name = content_words(stretch.words_after(percent.place))
    said = content_words(stretch.words_before(whole.index) + " " + stretch.words_after(whole.index) + " " + whole.unit)
    return len(name) >= 2 and 2 * len(name & said) < len(name)


def _of_same_result(paper: Paper, stretch: Stretch, percent: Percent, part: Quantum) -> Found | None:
    wanted = 1.5 if percent.authority else 2.4  # the same subject of the same authority; the same result in a row
    best = next(iter(ranked(paper, stretch, percent, part)), None)
    return (best[1], "the plan of the same result") if best is not None and best[0] >= wanted else None


def _only_whole(stretch: Stretch, percent: Percent, part: Quantum) -> Quantum | None:
    """The nearest larger figure of the part's unit before it in the sentence that has no percentage of its own."""
    sentence = stretch.sentence[percent.place]
    for index in reversed(stretch.places):
        quantum = stretch.quantum(index)
        if index >= percent.numerator or stretch.sentence[index] != sentence:
            if index < percent.numerator:
                break
            continue
        if quantum.of is not None or quantum.is_percent or stretch.is_change(index) or not part.dimension:
            continue
        larger = quantum.amount > part.amount and bool(quantum.dimension)
        if larger and of_unit(quantum, part) and not has_percent(stretch, quantum):
            return quantum
    return None


def of_unit(whole: Quantum, part: Quantum) -> bool:
    a, b = whole.dimension, part.dimension
    return a == b or a.startswith(b + " ") or b.startswith(a + " ") or kind_of(a) == kind_of(b) != ""


def _is_share(stretch: Stretch, percent: Percent) -> bool:
    """Whether a percentage is a share of a whole: "chiếm", "tỷ lệ", bare in brackets, or of what was to be done."""
    if "tương ứng" in stretch.words_before(percent.place).lower() or percent.own:
        return False
    if percent.share:
        return True
    before = stretch.kinds[max(0, percent.place - 2) : percent.place]
    if before.endswith("("):
        between = stretch.words_after(percent.numerator).lower()
        return len(between.split()) <= 7 and not re.search(r"bình quân|mức", between)
    words = stretch.words_before(percent.numerator).lower()
    return percent.place - percent.numerator <= 3 and bool(any_of("done").search(words))


def _named_before(stretch: Stretch, percent: Percent, part: Quantum) -> Quantum | None:
    """The larger figure of the passage said of the same name: "vốn tỉnh 155 tỷ đồng; vốn tỉnh giải ngân 44 tỷ đồng"."""
    subject = content_words(stretch.words_before(percent.numerator)) - word_list("spending")
    if len(subject) < 2:
        return None
    found = [
        stretch.quantum(i)
        for i in stretch.around(percent.place, REACH)
        if i < percent.numerator
        and stretch.quantum(i).dimension == part.dimension
        and stretch.quantum(i).amount > part.amount
        and content_words(stretch.words_before(i)) - word_list("spending") == subject
    ]
    return found[0] if len(found) == 1 else None


def has_percent(stretch: Stretch, quantum: Quantum) -> bool:
    """Whether a percentage of its own follows a figure: then it is a sibling, and no whole of others."""
    following = stretch.next_figure(quantum.index)
    return following >= 0 and stretch.quantum(following).is_percent


def is_fund(stretch: Stretch, index: int) -> bool:
    """Whether a figure is the whole of the money that there is to spend ("tổng số vốn ... là 10,6 tỷ đồng")."""
    return bool(
        re.search(r"tổng (?:số |nguồn )?vốn|nguồn vốn|vốn .*(?:giao|phân bổ|sử dụng)", _clause_before(stretch, index))
    )


def _clause_before(stretch: Stretch, index: int) -> str:
    """The words of the clause before a figure, brackets included, at most 120 letters."""
    low = index
    while low > max(0, index - 40) and stretch.clause[low - 1] == stretch.clause[index]:
        low -= 1
    start, end = (stretch.tokens[low - 1].end if low else 0), stretch.tokens[index].start
    return stretch.text[max(start, end - 120) : end].lower()


def _is_part_of(stretch: Stretch, whole: int, part: int) -> bool:
    """ "tổng vốn giao là 1.246 tỷ đồng, gồm ... 318 tỷ đồng": a part of a plan in its own clause."""
    between = stretch.text[stretch.tokens[whole].end : stretch.tokens[part].start]
    return stretch.clause[whole] == stretch.clause[part] and bool(re.search(r"gồm|trong đó", between))


def _planned_near(stretch: Stretch, percent: Percent, part: Quantum) -> Quantum | None:
    """The one plan figure of the sentence, said before the result and of the same kind."""
    sentence = stretch.sentence[percent.place]
    found = [
        i
        for i in stretch.around(percent.place, REACH)
        if i < percent.numerator
        and stretch.sentence[i] == sentence
        and stretch.kinds[i] == QUANTITY
        and stretch.quantum(i).dimension == part.dimension
        and not stretch.quantum(i).is_percent
    ]
    plans = [i for i in found if plan_role(stretch, i) is not None or is_fund(stretch, i)]
    plans = [i for place, i in enumerate(plans) if not any(_is_part_of(stretch, j, i) for j in plans[:place][:1])]
    clause = stretch.clause[percent.place]
    if percent.against == WHOLE:
        bare = [i for i in found if not has_percent(stretch, stretch.quantum(i))]
        plans = [i for i in plans if stretch.clause[i] == clause and bare and i == bare[-1]]
    between = list(stretch.figures_between(percent.numerator + 1, percent.place))
    return stretch.quantum(plans[0]) if len(plans) == 1 and not between else None
