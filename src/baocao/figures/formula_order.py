"""In which order derived indicators are computed, and the circles that forbid it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def circles(uses: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Each circle as the path that comes back to its start: (a, b, a); the least code first, in order.

    ``uses`` holds what each code is made of. A code that is not a key is made of nothing. One circle is
    told for each group of codes that depend on each other, so that a knot is not told in all its loops.
    """
    found: dict[frozenset[str], tuple[str, ...]] = {}
    done: set[str] = set()
    for start in sorted(uses):
        if start not in done and (path := _way_back(start, uses)):
            done.update(path)
            found.setdefault(frozenset(path), path)
    return tuple(found.values())


def _way_back(start: str, uses: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The shortest path from a code to itself, empty when there is none."""
    before: dict[str, str] = {}
    edge = [start]
    while edge:
        reached = []
        for code in edge:
            for used in sorted(uses.get(code, ())):
                if used == start:
                    return (*_path(before, start, code), start)
                if used not in before:
                    before[used] = code
                    reached.append(used)
        edge = reached
    return ()


def _path(before: Mapping[str, str], start: str, end: str) -> tuple[str, ...]:
    path = [end]
    while path[-1] != start:
        path.append(before[path[-1]])
    return tuple(reversed(path))


def in_order(uses: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The keys of ``uses``, each after what it is made of, else by code; what is in or behind a circle is left out."""
    waiting = {code: {used for used in made_of if used in uses} for code, made_of in uses.items()}
    users: dict[str, list[str]] = {code: [] for code in uses}
    for code, made_of in waiting.items():
        for used in made_of:
            users[used].append(code)
    ready = sorted(code for code, made_of in waiting.items() if not made_of)
    order: list[str] = []
    while ready:
        order += ready
        freed = []
        for code in ready:
            for user in users[code]:
                waiting[user].discard(code)
                if not waiting[user]:
                    freed.append(user)
        ready = sorted(freed)
    return tuple(order)
