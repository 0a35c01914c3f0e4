"""The process that opens files: its limits are its own, and it knows neither the database nor the application's key."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from baocao.model.text import Problem, Text
from baocao_web.documents import errands

if TYPE_CHECKING:
    from baocao import desk
    from baocao.model import Document
    from baocao.model.draft import Draft

_Asked = errands.Asked
_TURN = 100  # seconds that a PDF waits for the one before it


def check_draft(folder: Path, asked: _Asked) -> dict[str, Any]:
    """The proof-reader's findings on a draft as it would be printed, each with the block of the draft that it is on."""
    from baocao_web.documents import draft_json
    from baocao_web.documents.findings_told import told
    from baocao_web.documents.matching import Blocks

    draft: Draft = draft_json.read((folder / "draft.json").read_text(encoding="utf-8"))
    report = folder / "report.docx"
    report.write_bytes(printed(draft))
    result = _checked(report)
    blocks = Blocks(draft)
    document = result.documents[0]
    return {"findings": told(result, lambda finding: blocks.place(document, finding))}


def check(folder: Path, asked: _Asked) -> dict[str, Any]:
    """The findings on a file, and the page that shows the whole of it with them."""
    from baocao.desk import rules
    from baocao.showing.page import page
    from baocao_web.documents.findings_told import told

    result = _checked(folder / asked["file"])
    found = result.reports[0].findings
    titles = {rule.id: rule.title for rule in rules()}
    for lang in ("vi", "en"):
        shown = page(0, found, result.documents, titles, lang)
        (folder / f"page.{lang}.html").write_text(shown, encoding="utf-8")
    remarks = [{"vi": text.vi, "en": text.en} for _, text in result.remarks]
    return {"findings": told(result), "remarks": remarks, "title": result.documents[0].title or ""}


def annotate(folder: Path, asked: _Asked) -> dict[str, Any]:
    """A copy of a Word or PDF file with the findings that nobody accepted as comments on their words."""
    from baocao.desk import rules
    from baocao.showing import pdf as in_pdf
    from baocao.showing import word as in_word

    source = folder / asked["file"]
    result = _checked(source)
    accepted = set(asked["accepted"])
    left = [one for one in result.reports[0].findings if one.key(result.documents) not in accepted]
    titles = {rule.id: rule.title for rule in rules()}
    write = in_pdf.annotate if source.suffix == ".pdf" else in_word.annotate
    write(source, folder / f"annotated{source.suffix}", left, result.documents, titles, asked["lang"])
    return {"comments": len(left)}


def pdf(folder: Path, asked: _Asked) -> dict[str, Any]:
    """The PDF of a Word file of ours, or of a draft."""
    from baocao.formats import pdf_write
    from baocao_web.documents import draft_json
    from baocao_web.places.turns import IN_THE_BACKGROUND, turn

    word = folder / "report.docx"
    if not word.exists():
        word.write_bytes(printed(draft_json.read((folder / "draft.json").read_text(encoding="utf-8"))))
    with turn(folder.parents[1], IN_THE_BACKGROUND, _TURN) as room:
        made = pdf_write.converted(word.read_bytes(), room=room)
    (folder / "report.pdf").write_bytes(made)
    return {"sha256": sha256(made).hexdigest()}


def printed(draft: Draft) -> bytes:
    """The Word file of a draft: the same draft makes the same bytes."""
    from baocao.formats import docx_write

    return docx_write.written(draft, datetime.combine(draft.head.on or datetime(2000, 1, 1).date(), time(), UTC))


def _checked(path: Path) -> desk.Result:
    """One file on the desk. Raises ``Problem`` where it cannot be read."""
    from baocao import desk
    from baocao.project import Choice

    result = desk.check([path], choice=Choice(), jobs=1)
    if result.unread:
        raise Problem(_nameless(result.unread[0].text, path))
    return result


def _nameless(text: Text, path: Path) -> Text:
    """Why a file was not read, without where it lies here."""
    return Text(text.vi.replace(f"{path}: ", ""), text.en.replace(f"{path}: ", ""))


def came_back(folder: Path, asked: _Asked) -> dict[str, Any]:
    """What in a Word file that came back is not as it was drafted, and what people wrote there."""
    from baocao.formats import docx_live, docx_narratives
    from baocao.formats.docx_write_body import tag
    from baocao.reporting.differing import differences
    from baocao_web.documents import draft_json, markup

    file = folder / asked["file"]
    live = docx_live.read(file, "")
    draft: Draft = draft_json.read((folder / "draft.json").read_text(encoding="utf-8"))
    part = live.part
    if part is None or (part.outline, part.unit) != (draft.outline, draft.unit):
        raise Problem(_OTHER)
    keys = {tag("narrative", block.key): block.key for block in _narratives(draft)}
    found = docx_narratives.read(file) if keys else {}
    ours = folder / "report.docx"
    ours.write_bytes(printed(draft))
    from baocao.formats import docx

    return {
        "period": part.period,
        "numbers": [
            {
                "kind": one.kind.value,
                "printed": one.printed,
                "now": one.now,
                "section": {"vi": one.spot.section.vi, "en": one.spot.section.en},
                "words": one.spot.words,
                "addresses": list(one.addresses),
            }
            for one in differences(live, None)
        ],
        "parts": {keys[name]: markup.typed(one.lines) for name, one in found.items() if name in keys},
        "texts": _text_changes(docx.read(ours, ""), live.document),
    }


def compare(folder: Path, asked: _Asked) -> dict[str, Any]:
    """Every figure of a file that an address is found for, with the words around it."""
    from baocao.ledger.sources import Sources
    from baocao.reporting import reading_back
    from baocao.showing.marking import quote
    from baocao.showing.words import harmless
    from baocao_web.documents import draft_json

    units, changes = (Path(asked[name]) if asked[name] else None for name in ("units", "changes"))
    given = Sources(units, changes, tuple(map(Path, asked["catalogue"])))
    read = reading_back.read_back(reading_back.Asked(folder / asked["file"], asked["unit"], asked["period"]), given)
    links = [
        {
            "text": harmless(one.text),
            "words": harmless(quote(read.document, one.span._replace(start=max(0, one.span.start - 60)), 120)),
            "link": draft_json.written(one.source),
            "value": draft_json.written(one.value),
            "step": draft_json.written(one.step),
        }
        for one in read.links
    ]
    period = draft_json.written(read.setting.period)
    return {"unit": read.setting.unit, "period": period, "links": links[:_MOST_LINKS], "unlinked": len(read.unlinked)}


_MOST_LINKS = 5_000
_OTHER = Text(
    "tệp này không phải là bản Word của báo cáo này (khác đề cương hoặc đơn vị); hãy chọn đúng tệp.",
    "this file is no Word copy of this report (another outline or unit); choose the right file.",
)
_MOST = 400


def _narratives(draft: Draft) -> Iterable[Any]:
    from baocao.model.draft import Narrative

    return [block for block in draft.blocks if isinstance(block, Narrative)]


def _text_changes(ours: Document, theirs: Document) -> list[dict[str, str]]:
    """Passages that were changed, added or taken out, in the order of the text."""
    from difflib import SequenceMatcher

    before, now = _passages(ours), _passages(theirs)
    changes = []
    for kind, low, high, first, last in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind != "equal":
            changes.append({"kind": kind, "before": "\n".join(before[low:high]), "now": "\n".join(now[first:last])})
    return changes[:_MOST]


def _passages(document: Document) -> list[str]:
    from baocao.model.document import Passage

    texts = (" ".join(block.text.split()) for block in document.blocks if isinstance(block, Passage))
    return [text for text in texts if text]


def main(folder: Path) -> None:
    """Do what the folder asks for."""
    errands.limit(is_of_strangers=True)
    doers = {
        "check_draft": check_draft,
        "check": check,
        "annotate": annotate,
        "pdf": pdf,
        "came_back": came_back,
        "compare": compare,
        "last_year": compare,
    }
    errands.run(folder, doers)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
