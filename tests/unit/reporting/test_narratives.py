"""What people wrote in Word comes back whole: from controls cut in two, drawn into a line, deleted, or with tables."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from baocao.drafting.composing import compose
from baocao.drafting.outline import Outline
from baocao.drafting.outline_reading import outline_in
from baocao.drafting.setting import Setting
from baocao.formats import docx_narratives, docx_write
from baocao.formats.docx_narratives import Written
from baocao.formats.errors import Unreadable
from baocao.model.draft import Manner, Paragraph, Words, text_of
from baocao.model.period import Period
from baocao.reporting.narratives import Brought, brought_forward
from tests.unit.drafting.small_facts import PROVINCE, SmallFacts
from tests.unit.formats.live_files import DOCUMENT, PART, parts_of
from tests.unit.formats.word_files import paragraph, word_file
from tests.unit.small_outline import OUTLINE

WHOLE = outline_in(OUTLINE, "thu.toml", {})
OWN = WHOLE.for_level(PROVINCE.level)
LAST = Setting(PROVINCE, Period.part(2025), date(2025, 12, 31), "Ủy ban nhân dân tỉnh Sông Mây", "Sông Mây")
NOW = replace(LAST, period=Period.part(2026), on=date(2026, 12, 31))
BREEDING, OPENING = "narrative:chan_nuoi", "narrative:mo_dau"
WRITTEN = ("Đàn lợn phục hồi nhanh.", "Không có dịch bệnh.")


def _report(path: Path, written: Sequence[str] = WRITTEN, outline: Outline = WHOLE) -> Path:
    """Last year's report, with what people wrote of breeding."""
    kept = {"chan_nuoi": tuple(Paragraph((Words(text),)) for text in written)} if written else {}
    draft = compose(outline, replace(LAST, narratives=kept), SmallFacts())
    path.write_bytes(docx_write.written(draft, datetime(2025, 12, 31, tzinfo=UTC)))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return _report(tmp_path / "cu.docx")


def _kept(brought: Brought) -> dict[str, tuple[str, ...]]:
    return {key: tuple(text_of(one.line) for one in found) for key, found in brought.narratives.items()}


def test_parts_of_another_unit_s_report_are_brought_forward_and_told(path: Path) -> None:
    other = replace(NOW, unit=replace(PROVINCE, code="98", name="Tỉnh Sông Khác"))
    brought = brought_forward(path, OWN, other)
    assert _kept(brought)["chan_nuoi"] == WRITTEN
    (told,) = brought.remarks
    assert f"báo cáo của đơn vị khác (mã {PROVINCE.code})" in told.vi


def _edited(path: Path, change: Callable[[str], str]) -> None:
    """The body as people leave it."""
    body = parts_of(path.read_bytes())[DOCUMENT].decode()
    made = change(body)
    assert made != body
    _put(path, DOCUMENT, made.encode())


def _put(path: Path, name: str, content: bytes) -> None:
    parts = parts_of(path.read_bytes()) | {name: content}
    with zipfile.ZipFile(path, "w") as package:
        for one, inside in parts.items():
            package.writestr(one, inside)


def _control(body: str, tag: str = BREEDING) -> str:
    """A written part's control as it stands in the XML."""
    return next(
        found
        for found in re.findall(r"<w:sdt>(?:(?!<w:sdt>).)*?</w:sdt>", body, re.DOTALL)
        if f'w:val="{tag}"' in found
    )


@pytest.mark.parametrize("on", [date(2025, 12, 20), date(2025, 12, 31)])
def test_words_that_hang_on_the_day_are_nobody_s(path: Path, on: date) -> None:
    until = outline_in(OUTLINE.replace("báo cáo", "báo cáo {until}", 1), "thu.toml", {})
    assert any("{until}" in words for say in until.says for words in say.default)
    draft = compose(until, replace(LAST, on=on), SmallFacts())
    path.write_bytes(docx_write.written(draft, datetime(2025, 12, 31, tzinfo=UTC)))
    brought = brought_forward(path, until.for_level(PROVINCE.level), NOW)
    assert (brought.narratives, brought.remarks) == ({}, ())


def test_what_people_wrote_is_kept_and_untouched_boilerplate_is_made_anew(path: Path) -> None:
    assert docx_narratives.read(path)[OPENING].paragraphs  # the outline's own words stand there
    brought = brought_forward(path, OWN, NOW)
    assert _kept(brought) == {"chan_nuoi": WRITTEN}
    assert brought.remarks == ()
    made = compose(WHOLE, replace(NOW, narratives=brought.narratives), SmallFacts())
    said = " ".join(text_of(one.line) for block in made.blocks for one in getattr(block, "paragraphs", ()))
    assert "năm 2026" in said
    assert "năm 2025" not in said


def test_boilerplate_that_was_touched_is_people_s(path: Path) -> None:
    _edited(path, lambda body: body.replace("của toàn tỉnh.", "của toàn tỉnh ta."))
    assert list(_kept(brought_forward(path, OWN, NOW))) == ["mo_dau", "chan_nuoi"]


def test_a_control_cut_in_two_is_one_part(path: Path) -> None:
    def cut(body: str) -> str:
        control = _control(body)
        first, second = re.findall(r"<w:p>.*?</w:p>|<w:p .*?</w:p>", control, re.DOTALL)
        assert "dịch bệnh" in second
        return body.replace(control, control.replace(second, "") + control.replace(first, ""))

    _edited(path, cut)
    assert _kept(brought_forward(path, OWN, NOW)) == {"chan_nuoi": WRITTEN}


def test_a_control_within_another_is_told_once(path: Path) -> None:
    def nest(body: str) -> str:
        inner, outer = _control(body), _control(body, OPENING)
        return body.replace(inner, "").replace(outer, outer.replace("</w:sdtContent>", f"{inner}</w:sdtContent>"))

    _edited(path, nest)
    assert _kept(brought_forward(path, OWN, NOW)) == {"chan_nuoi": WRITTEN}


def test_a_control_drawn_into_a_line_keeps_its_words(path: Path) -> None:
    def draw(body: str) -> str:
        control = _control(body)
        inside = re.sub(r"</?w:p( [^>]*)?>|<w:pPr>.*?</w:pPr>", "", control)
        return body.replace(control, f"<w:p>{inside}</w:p>")

    _edited(path, draw)
    (said,) = _kept(brought_forward(path, OWN, NOW))["chan_nuoi"]
    assert all(one in said for one in WRITTEN)


def test_a_control_that_was_deleted_is_told(path: Path) -> None:
    _edited(path, lambda body: body.replace(_control(body), "<w:p><w:r><w:t>Viết ngoài khung.</w:t></w:r></w:p>"))
    brought = brought_forward(path, OWN, NOW)
    assert _kept(brought) == {}
    (remark,) = brought.remarks
    assert "“CHĂN NUÔI”" in remark.vi
    assert "was deleted" in remark.en


def test_tables_that_cannot_be_carried_on_are_told(path: Path) -> None:
    cell = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ô bảng</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    _edited(
        path,
        lambda body: body.replace(_control(body), _control(body).replace("<w:sdtContent>", f"<w:sdtContent>{cell}")),
    )
    brought = brought_forward(path, OWN, NOW)
    assert _kept(brought)["chan_nuoi"] == ("Ô bảng", *WRITTEN)  # the words at least
    (remark,) = brought.remarks
    assert "có bảng, hình hoặc chú thích" in remark.vi


def test_a_part_that_the_new_report_has_no_place_for_is_told(path: Path) -> None:
    other = replace(OWN, code="khac", sections=OWN.sections[:1])
    brought = brought_forward(path, other, NOW)
    assert _kept(brought) == {}
    assert "“Đàn lợn phục hồi nhanh. Không có dịch bệnh.” không có chỗ" in brought.remarks[0].vi


def test_a_copy_that_lost_its_figures_still_holds_what_people_wrote(path: Path) -> None:
    _put(path, PART, b"")
    assert _kept(brought_forward(path, OWN, NOW))["chan_nuoi"] == WRITTEN


def test_the_end_mark_of_a_report_is_not_carried_on(path: Path) -> None:
    assert docx_narratives.read(path)[BREEDING].paragraphs[-1].endswith("dịch bệnh./.")  # it stands last here
    assert _kept(brought_forward(path, OWN, NOW))["chan_nuoi"][-1].endswith("dịch bệnh.")


def test_a_prompt_that_nobody_wrote_over_is_nothing(tmp_path: Path) -> None:
    bare = outline_in(OUTLINE.replace('default = "Chăn nuôi năm {year} của {unit} ổn định."', "default = []"), "a", {})
    found = docx_narratives.read(_report(tmp_path / "a.docx", (), bare))
    assert found[BREEDING] == Written()


def test_foreign_and_damaged_files_are_refused_by_name(path: Path) -> None:
    with pytest.raises(Unreadable, match="no written part is in the file") as problem:
        brought_forward(word_file(path, paragraph("Xin chào.")), OWN, NOW)
    assert problem.value.text.vi.startswith(f"{path}: không thấy phần người viết nào")
    for content in (b"", b"abc", b"PK\x03\x04abc", _report(path).read_bytes()[:4000]):
        path.write_bytes(content)
        with pytest.raises(Unreadable, match=re.escape(str(path))):
            brought_forward(path, OWN, NOW)


def test_what_people_made_bold_or_italic_or_listed_is_carried_on_so(path: Path) -> None:
    inside = (
        '<w:p><w:pPr><w:pStyle w:val="Dash"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Đàn lợn </w:t>'
        '</w:r><w:r><w:rPr><w:b w:val="1"/></w:rPr><w:t>tăng</w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr>'
        '<w:t xml:space="preserve"> nhanh, </w:t></w:r>'
        "<w:del><w:r><w:rPr><w:b/></w:rPr><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:i/></w:rPr><w:t>khá  đều.</w:t></w:r></w:p>"
    )
    _edited(
        path,
        lambda body: body.replace(
            _control(body), re.sub("(<w:sdtContent>).*(?=</w:sdtContent>)", rf"\1{inside}", _control(body))
        ),
    )
    (found,) = brought_forward(path, OWN, NOW).narratives["chan_nuoi"]
    words = (Words("Đàn lợn tăng", is_bold=True), Words(" nhanh, "), Words("khá đều.", is_italic=True))
    assert found == Paragraph(words, Manner.DASH)
    kept = _kept(brought_forward(_report(path, ()), OWN, NOW))
    made = compose(WHOLE, replace(LAST, narratives={"chan_nuoi": (found,)}), SmallFacts())
    path.write_bytes(docx_write.written(made, datetime(2025, 12, 31, tzinfo=UTC)))
    assert kept == {}
    assert brought_forward(path, OWN, NOW).narratives["chan_nuoi"] == (found,)


def test_what_turns_and_joins_the_letters_of_a_name_is_kept(tmp_path: Path) -> None:
    name = "Ông محمد عبد الله (\u200fأحمد\u200e) và gia đình 👨\u200d👩\u200d👧 tặng 15 suất quà."
    kept = _kept(brought_forward(_report(tmp_path / "cu.docx", (name,)), OWN, NOW))
    assert (name,) in kept.values()
