"""A remark that names many things: in one line where they are few, else group by group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from baocao.model.text import Text

Group = tuple[Text, tuple[Text, ...]]  # what they have in common, and their names

NAMED = 12  # names in one remark, and groups of them
_OF_A_GROUP = 3  # names of each of many groups


@dataclass(frozen=True, slots=True)
class Listed(Text):
    """A sentence that says how many there are, and the names behind it by groups, all of them."""

    groups: tuple[Group, ...]
    more: Text  # " and {count} others", of names
    more_groups: Text  # "and {count} other groups ({names} names)"

    def lines(self, *, is_whole: bool) -> Iterator[Text]:
        """A line a group; where not all are asked for, the first names of the first groups and how many others."""
        shown = self.groups if is_whole else self.groups[:NAMED]
        for title, names in shown:
            told = joined(names) if is_whole else some(names, self.more, "; ", _OF_A_GROUP)
            yield Text(f"{title.vi}: {told.vi}", f"{title.en}: {told.en}")
        left = self.groups[len(shown) :]
        if left:
            yield self.more_groups.fill(count=len(left), names=sum(len(names) for _, names in left))


def joined(parts: Sequence[Text | str], between: str = "; ") -> Text:
    """Several words as one."""
    both = [part if isinstance(part, Text) else Text(part, part) for part in parts]
    return Text(between.join(one.vi for one in both), between.join(one.en for one in both))


def some(names: Sequence[Text | str], more: Text, between: str = ", ", most: int = NAMED) -> Text:
    """The first of many names, and by ``more`` how many others there are."""
    shown = joined(names[:most], between)
    others = more.fill(count=len(names) - most) if len(names) > most else Text("", "")
    return Text(shown.vi + others.vi, shown.en + others.en)
