"""Sections whose figures are all missing: what is said there, so that no words open what never comes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final

from baocao.drafting.outline import Kind, Say, Section
from baocao.model.draft import Block, Heading, Manner, Narrative, Paragraph, Words, text_of
from baocao.reference import load

_WORDS: Final = frozenset({Kind.TEXT, Kind.NARRATIVE})
# What nobody misses: who has not reported where all have, ranks where all are alike, pictures of what is told.
_UNAWAITED: Final = _WORDS | {Kind.MISSING, Kind.LEADING, Kind.UNITS, Kind.CHART, Kind.TABLE, Kind.REST}
_OPENING = ":"
Said = tuple[Say, Block]


def is_telling(wanted: Say) -> bool:
    """Whether a thing to say tells of figures: by itself, or as words that hang on one, or on there being none."""
    conditions = (wanted.when, wanted.unless, wanted.unasked)
    return wanted.kind not in _WORDS or any(one is not None for one in conditions)


def without_loose_openings(said: Iterable[Said]) -> Iterator[Said]:
    """What an outline says, without the words ending in a colon that only more words follow, or nothing."""
    waiting: Said | None = None
    for wanted, block in said:
        if wanted.kind is Kind.TEXT and isinstance(block, Paragraph) and _is_opening(block):
            waiting = (wanted, block)
            continue
        if waiting is not None and wanted.kind not in _WORDS:
            yield waiting
        waiting = None
        yield wanted, block


def in_place_of_figures(says: Sequence[Say], said: Sequence[Said], written: Collection[str]) -> list[Block]:
    """What stands in a section none of whose figures is known: what people wrote, else that there are none.

    ``written`` are the keys of the parts that people wrote. Words of the outline that speak of figures are left out.
    """
    narratives = [block for _, block in said if isinstance(block, Narrative)]
    awaited = _awaited(says)
    if not awaited or any(one.key in written for one in narratives):
        return [block for _, block in said]
    return [*narratives, _nothing(narratives, awaited[0].value)]


def said_of_nothing_below(
    sections: Sequence[Section], told: Sequence[list[Block]], written: Collection[str]
) -> Iterator[list[Block]]:
    """What stands under each heading; words over sections that are all left out are told that there are no figures."""
    for place, blocks in enumerate(told):
        below = _below(sections, place)
        narratives = [block for block in blocks if isinstance(block, Narrative) and block.key not in written]
        is_waiting = any(_awaited(sections[at].says) for at in below) and not any(told[at] for at in below)
        is_words_alone = bool(blocks) and len(narratives) == len(blocks)
        yield [*blocks, _nothing(narratives, Kind.FIGURES.value)] if is_waiting and is_words_alone else blocks


def without_bare_openings(before: Sequence[Block], after: Sequence[Block]) -> tuple[Block, ...]:
    """A draft that lost some of its paragraphs: what they stood under says that there is nothing to tell.

    A heading keeps its place, since those behind it are numbered already.
    """
    found: list[Block] = []
    for place, block in enumerate(after):
        found.append(block)
        if _is_bare(after, place) and not _is_bare(before, before.index(block)):
            manner = Manner.BODY if isinstance(block, Heading) else Manner.DASH
            found.append(Paragraph((Words(str(load("composing")["untold"]["declined"])),), manner))
    return tuple(found)


def _is_bare(blocks: Sequence[Block], place: int) -> bool:
    """Whether nothing follows a heading, or words that end in a colon, before the next heading of its rank."""
    block = blocks[place]
    after = blocks[place + 1] if place + 1 < len(blocks) else None
    if isinstance(block, Heading):
        return after is None or (isinstance(after, Heading) and after.level <= block.level)
    paragraphs = block.paragraphs if isinstance(block, Narrative) else ()
    return bool(paragraphs) and _is_opening(paragraphs[-1]) and (after is None or isinstance(after, Heading))


def _below(sections: Sequence[Section], place: int) -> list[int]:
    """The places of the sections under one."""
    depth = sections[place].depth
    return list(takewhile(lambda at: sections[at].depth > depth, range(place + 1, len(sections))))


def _awaited(says: Sequence[Say]) -> list[Kind]:
    return [wanted.kind for wanted in says if wanted.kind not in _UNAWAITED]


def _nothing(narratives: Sequence[Narrative], kind: str) -> Paragraph:
    """That there are no figures: in a list, where the words before it open one."""
    words = load("composing")["untold"]
    paragraphs = [one for narrative in narratives for one in narrative.paragraphs]
    manner = Manner.DASH if paragraphs and _is_opening(paragraphs[-1]) else Manner.BODY
    return Paragraph((Words(str(words.get(kind, words["figures"]))),), manner)


def _is_opening(paragraph: Paragraph) -> bool:
    return text_of(paragraph.line).rstrip().endswith(_OPENING)
