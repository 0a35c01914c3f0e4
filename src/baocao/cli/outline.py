"""``baocao outline``: the outlines that are built in, the sections of one, and the proof that outlines are sound."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from baocao.cli.figures import guarded
from baocao.cli.talk import FOUND, UNREADABLE, USAGE, WrongCall, tell
from baocao.model import Language, Problem, Text

if TYPE_CHECKING:
    from baocao.drafting.outline import Outline
    from baocao.drafting.outline_check_says import Known

CHECK = "check"
_SUFFIX = ".toml"

_LINE = Text(
    "{name}: {title} ({sections} phần, {annexes} phụ lục)", "{name}: {title} ({sections} sections, {annexes} annexes)"
)
_SOUND = Text("{name}: {sections} phần, không có lỗi{advised}.", "{name}: {sections} sections, no fault{advised}.")
_FAULTS = Text("{name}: {faults} lỗi{advised}.", "{name}: faults: {faults}{advised}.")
_ADVISED = Text(", {count} điều nên xem lại", ", {count} things to look at")
_ADVICE = Text("nên xem lại: {line}", "advice: {line}")
_NONE = Text(
    "không có đề cương “{name}”; các đề cương có sẵn: {names}; đề cương riêng ghi bằng tên tệp .toml.",
    "there is no outline “{name}”; built in are {names}; name an outline of your own by its .toml file.",
)
_ONE = Text(
    "chỉ xem được một đề cương mỗi lần, có {count}; để kiểm tra nhiều đề cương hãy dùng “outline check”.",
    "one outline can be shown at a time, there are {count}; to prove several, use “outline check”.",
)
_NOT_TEXT = Text(
    "{file}: không phải tệp văn bản UTF-8; hãy lưu lại theo UTF-8.",
    "{file}: is no text file in UTF-8; save it as UTF-8.",
)
_NO_FILE = Text(
    "{file}: không mở được tệp; hãy kiểm tra đường dẫn và quyền đọc.",
    "{file}: the file cannot be opened; check the path and the right to read.",
)


class NotOpened(Problem):
    """A file of an outline that is not there, may not be read, or is no text."""


def run(call: Namespace, asked: Language | None) -> int:
    """List, show or check; 1 when a fault was found."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    from baocao.drafting.outline_reading import BadOutline

    try:
        if call.words[:1] == [CHECK]:
            return _check(call, lang)
        if call.words:
            return _show(call.words, lang)
    except BadOutline as problem:
        tell(problem.text, lang)
        return FOUND
    except NotOpened as problem:
        tell(problem.text, lang)
        return UNREADABLE
    return _list(lang)


def _list(lang: Language) -> int:
    from baocao.drafting.outline_reading import built_in, names

    for name in names():
        found = built_in(name)
        title = found.name.vi if lang == "vi" else found.name.en
        print(_LINE.say(lang, name=name, title=title, sections=len(found.sections), annexes=len(found.annexes)))
    return 0


def _show(words: list[str], lang: Language) -> int:
    if len(words) > 1:
        tell(_ONE.fill(count=len(words)), lang)
        return USAGE
    for line in _headings(named(words[0])):
        print(line)
    return 0


def _headings(found: Outline) -> Iterator[str]:
    """The sections with their numbers, as a report of all levels would have them."""
    from baocao.drafting.composing import label_of

    counters = [0] * 7
    for section in found.sections:
        counters[section.depth] += 1
        counters[section.depth + 1 :] = [0] * (6 - section.depth)
        label = label_of(section.depth, counters[section.depth])
        yield "  " * (section.depth - 1) + f"{label} {section.title} [{section.key}]"


def named(name: str) -> Outline:
    """A built-in outline, or one in a file. Raises ``BadOutline``, ``WrongCall``."""
    from baocao.drafting.outline_reading import built_in, names, outline_in

    if name in names():
        return built_in(name)
    if not name.endswith(_SUFFIX):
        raise WrongCall(_NONE.fill(name=name, names=", ".join(names())))
    path = Path(name)
    try:
        return outline_in(path.read_text(encoding="utf-8-sig"), path.name)
    except UnicodeDecodeError as problem:
        raise NotOpened(_NOT_TEXT.fill(file=name)) from problem
    except OSError as problem:
        raise NotOpened(_NO_FILE.fill(file=name)) from problem


def _check(call: Namespace, lang: Language) -> int:
    from baocao.drafting.outline_check import known_with
    from baocao.drafting.outline_reading import names
    from baocao.reference.indicators import read

    own = read(Path(name) for name in call.catalogue_files)
    for problem in own.problems:
        tell(problem, lang)
    known = known_with(own.indicators)
    codes = [_check_one(name, known, lang) for name in call.words[1:] or names()]
    return max(codes, default=0)


def _check_one(name: str, known: Known, lang: Language) -> int:
    """One outline proved; what cannot be read at all is a fault of it, and the others are proved all the same.

    What a report can be written with all the same (``draft`` takes such an outline) is advice and no fault.
    """
    from baocao.drafting.outline_check import check
    from baocao.drafting.outline_faults import graded
    from baocao.drafting.outline_reading import BadOutline

    try:
        found = named(name)
    except BadOutline as problem:
        print(problem.text.vi if lang == "vi" else problem.text.en)
        sys.stdout.flush()
        tell(_FAULTS.fill(name=name, faults=1, advised=""), lang)
        return FOUND
    faults, advice = graded(check(found, known))
    for fault in faults:
        print(fault.say(lang))
    for one in advice:
        print(_ADVICE.say(lang, line=one.say(lang)))
    advised = _ADVISED.say(lang, count=len(advice)) if advice else ""
    if not faults:
        print(_SOUND.say(lang, name=name, sections=len(found.sections), advised=advised))
    sys.stdout.flush()
    if faults:
        tell(_FAULTS.fill(name=name, faults=len(faults), advised=advised), lang)
    return FOUND if faults else 0
