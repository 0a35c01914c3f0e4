"""Counts: names with their number, the sentence on ratings, the sentence on tasks, units that are missing."""

from __future__ import annotations

from collections.abc import Sequence

from baocao.drafting.phrases.statements import MissingUnits, Names, Ratings, Tasks
from baocao.drafting.phrases.told import Told, figure
from baocao.drafting.phrases.wording import Slot, Voice, begun_small, filled, joined, unit_within, word
from baocao.model.draft import Line, Words


def say_names(said: Names, voice: Voice) -> Line:
    """ "có 03/13 xã đạt chuẩn (Khau Sơn, Nậm Luồng, Đồng Vân)"; where all do, they need no names."""
    if not said.names:
        return voice.say("names.none", {"noun": said.noun, "doing": said.doing})
    if said.are_all:
        return voice.say("names.all", {"count": _counted(said.count, said.whole), "doing": said.doing})
    wording = voice.choose("names.one" if len(said.names) == 1 else "names.some")
    slots: dict[str, Slot] = {"count": _counted(said.count, said.whole), "doing": said.doing}
    return filled(wording, {**slots, "names": _listed(said.names, is_and="(" not in wording)})


def _counted(count: Told, whole: Told | None) -> Line:
    """ "03 xã", or "03/13 xã" where the number of all is known."""
    if whole is None or whole.value is None:
        return figure(count)
    return (count.number, Words("/"), *figure(whole))


def _listed(names: Sequence[str], *, is_and: bool) -> Line:
    """Names in a row; a name with a comma in it makes the marks semicolons."""
    mark = word("marks.semicolon" if any("," in name for name in names) else "marks.comma")
    return joined(
        [(Words(unit_within(name)),) for name in names], mark, word("marks.and") if is_and and mark == ", " else ""
    )


def say_missing(said: MissingUnits, voice: Voice) -> Line:
    """ "số liệu chưa bao gồm 03 xã: Khau Sơn, Nậm Luồng, Đồng Vân"."""
    if not said.names:
        whole = figure(said.whole) if said.whole is not None and said.whole.value else (Words(said.noun),)
        return voice.say("missing.none", {"whole": whole})
    slots: dict[str, Slot] = {"count": _counted(said.count, said.whole)}
    return voice.say(
        "missing.one" if len(said.names) == 1 else "missing.some", {**slots, "names": _listed(said.names, is_and=False)}
    )


def say_ratings(said: Ratings, voice: Voice) -> Line:
    """ "trong 17 chỉ tiêu chủ yếu, có 09 chỉ tiêu vượt kế hoạch, 05 chỉ tiêu đạt kế hoạch, ..."."""
    if said.exceeded.value == said.total.value:
        return voice.say("ratings.all_exceeded", {"total": figure(said.total)})
    lines = []
    for key in ("exceeded", "met", "missed", "pending", "incomplete", "unknown"):
        told: Told | None = getattr(said, key)
        if told is None or not told.value:
            continue
        slots: dict[str, Slot] = {"count": figure(told)}
        if key == "missed" and said.missed_names:
            slots["names"] = _listed([begun_small(name) for name in said.missed_names], is_and=False)
            key = "missed_named"
        lines.append(voice.say(f"ratings.{key}", slots))
    return voice.say("ratings.total", {"total": figure(said.total), "parts": joined(lines, word("marks.semicolon"))})


def say_tasks(said: Tasks, voice: Voice) -> Line:
    """ "trong 12 nhiệm vụ trọng tâm, có 07 nhiệm vụ đã hoàn thành, 05 nhiệm vụ đang thực hiện"."""
    lines = []
    for key in ("done", "ongoing", "late", "waiting"):
        told: Told = getattr(said, key)
        if told.value:
            lines.append(voice.say(f"tasks.{key}", {"count": figure(told)}))
    return voice.say("tasks.total", {"total": figure(said.total), "parts": joined(lines, word("marks.comma"))})
