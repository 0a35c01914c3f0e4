"""A suggestion that was deleted in Word stays deleted in the next drafts of that report, and this is told once each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from baocao.formats.docx_write import written
from baocao.model.draft import Draft, Form, Heading, Manner, Narrative, Paragraph, Words, text_of
from baocao.reporting.declined import without_declined
from tests.unit.formats.live_files import DOCUMENT, WHEN, draft, parts_of, value
from tests.unit.reporting.test_narratives import _put

POOR = Paragraph(
    (Words("Số hộ nghèo còn "), value("ho_ngheo", "7", Form(digits=2)), Words(" hộ.")), Manner.DASH, is_suggested=True
)
MAIZE = Paragraph((Words("Ngô đạt "), value("ngo", "80", Form()), Words(" ha.")), Manner.DASH, is_suggested=True)


def _suggesting() -> Draft:
    made = draft()
    return replace(made, blocks=(*made.blocks, POOR, MAIZE))


def _edited(path: Path, made: Draft, change: Callable[[str], str]) -> Path:
    path.write_bytes(written(made, WHEN))
    _put(path, DOCUMENT, change(parts_of(path.read_bytes())[DOCUMENT].decode()).encode())
    return path


def _without(tag: str) -> Callable[[str], str]:
    """The body after people have deleted one suggestion."""

    def change(body: str) -> str:
        made = re.sub(
            rf'<w:sdt><w:sdtPr><w:alias [^>]*/><w:tag w:val="{tag}"/>.*?</w:p></w:sdtContent></w:sdt>', "", body
        )
        assert made != body
        return made

    return change


def _suggested(made: Draft) -> list[str]:
    return [text_of(one.line) for one in made.blocks if isinstance(one, Paragraph) and one.is_suggested]


def test_what_was_left_standing_is_offered_again_and_nothing_is_told(tmp_path: Path) -> None:
    earlier = _edited(tmp_path / "cu.docx", _suggesting(), lambda body: body)
    assert without_declined(earlier, _suggesting()) == (_suggesting(), ())


def test_what_was_deleted_is_not_offered_again_and_is_told(tmp_path: Path) -> None:
    earlier = _edited(tmp_path / "cu.docx", _suggesting(), _without("suggested:1"))
    made, (told,) = without_declined(earlier, _suggesting())
    assert _suggested(made) == ["Ngô đạt 80 ha."]
    assert "1 câu gợi ý đã xóa" in told.vi
    assert "“Số hộ nghèo còn 07 hộ.”" in told.vi
    assert "not offered again" in told.en


def test_figures_that_moved_on_do_not_bring_it_back(tmp_path: Path) -> None:
    earlier = _edited(tmp_path / "cu.docx", _suggesting(), _without("suggested:1"))
    later = replace(POOR, line=(Words("Số hộ nghèo còn "), value("ho_ngheo", "5", Form(digits=2)), Words(" hộ.")))
    made, told = without_declined(earlier, replace(draft(), blocks=(*draft().blocks, later, MAIZE)))
    assert (_suggested(made), len(told)) == (["Ngô đạt 80 ha."], 1)


def test_it_stays_away_from_the_draft_after_the_next_too(tmp_path: Path) -> None:
    first = _edited(tmp_path / "1.docx", _suggesting(), _without("suggested:1"))
    second, _ = without_declined(first, _suggesting())
    third, told = without_declined(_edited(tmp_path / "2.docx", second, lambda body: body), _suggesting())
    assert (_suggested(third), len(told)) == (["Ngô đạt 80 ha."], 1)


def test_the_report_of_another_period_has_suggestions_of_its_own(tmp_path: Path) -> None:
    earlier = _edited(tmp_path / "cu.docx", _suggesting(), _without("suggested:1"))
    other = replace(_suggesting(), period="2027")
    assert without_declined(earlier, other) == (other, ())


def test_what_stood_over_deleted_suggestions_alone_says_that_there_is_nothing(tmp_path: Path) -> None:
    own = Narrative("han_che", (Paragraph((Words("Những nội dung cần khắc phục:"),)),))
    heads = [
        Heading(2, f"{letter}.", name) for letter, name in (("A", "HẠN CHẾ"), ("B", "ĐÁNH GIÁ"), ("C", "KIẾN NGHỊ"))
    ]
    made = replace(_suggesting(), blocks=(*draft().blocks, heads[0], POOR, heads[1], own, MAIZE, heads[2]))
    both = _edited(tmp_path / "cu.docx", made, lambda body: _without("suggested:2")(_without("suggested:1")(body)))
    kept, _ = without_declined(both, made)
    behind = kept.blocks[len(draft().blocks) :]
    said = [text_of(one.line) for one in behind if isinstance(one, Paragraph)]
    assert said == ["Không có nội dung cần báo cáo riêng ở mục này."] * 2
    assert [one for one in behind if not isinstance(one, Paragraph)] == [heads[0], heads[1], own, heads[2]]
    one_left = _edited(tmp_path / "mot.docx", made, _without("suggested:1"))
    assert [isinstance(one, Heading) for one in without_declined(one_left, made)[0].blocks[-5:]].count(True) == 2
