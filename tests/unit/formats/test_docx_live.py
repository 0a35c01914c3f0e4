"""Live numbers are found in whatever Word and LibreOffice make of a report, and changed without touching the rest."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.formats import docx_live, docx_live_changes, docx_live_figures, libreoffice
from baocao.formats.docx_live_changes import NewText
from baocao.formats.errors import Unreadable
from tests.unit.formats.live_files import (
    DOCUMENT,
    NOTES,
    PART,
    WHEN,
    address,
    around,
    changed,
    control,
    holding,
    parts_of,
    replaced,
    report,
    run,
    struck,
    tracked,
    without,
)  # fmt: skip
from tests.unit.formats.word_files import paragraph, word_file

TEXTS = {"n1": "1.492,9", "n2": "99,5", "n3": "80", "n4": "6,6", "n5": "1.400", "n6": "07", "n7": "1.492,9"}


def _live(path: Path) -> docx_live.LiveFile:
    return docx_live.read(path, path.name)


def _texts(live: docx_live.LiveFile) -> dict[str, str]:
    return {one.key: one.text for one in live.controls}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "bao-cao.docx"


def test_a_drafted_report_gives_back_every_number_with_its_source(target: Path) -> None:
    live = _live(changed(target))
    assert live.part is not None
    assert _texts(live) == TEXTS == {key: kept.printed for key, kept in live.part.figures.items()}
    assert (live.part.unit, live.part.period, live.part.outline) == ("SM", "2025-A1", "bao-cao-nam")
    change = live.part.figures["n4"]
    assert [str(one) for one in change.source.addresses] == ["SM:lua_dien_tich:2025-A1:actual",
                                                            "SM:lua_dien_tich:2024-A1:actual"]  # fmt: skip
    assert all(live.document.source[one.start : one.end] == one.text for one in live.controls)
    assert {one.key: one.part for one in live.controls}["n3"] == NOTES


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (run("1.4") + '<w:proofErr w:type="spellStart"/>' + run("92,9"), "1.492,9"),
        (struck("1.492,9") + tracked("ins", run("1.500,0")), "1.500,0"),
        (f'<w:smartTag w:uri="u" w:element="e">{run("1.492,9")}</w:smartTag>', "1.492,9"),
        (run("1.492,9", "<w:rPr><w:b/></w:rPr>") + '<w:bookmarkStart w:id="7" w:name="b"/>', "1.492,9"),
        (run("1.492") + "<w:r><w:noBreakHyphen/></w:r>" + run("1.500"), "1.492-1.500"),
        (tracked("moveTo", run("1.492,9")), "1.492,9"),
    ],
)
def test_runs_may_be_split_tracked_and_tagged(target: Path, inside: str, seen: str) -> None:
    assert _texts(_live(changed(target, holding("n1", inside))))["n1"] == seen


def test_a_control_may_hold_a_whole_cell_or_paragraph(target: Path) -> None:
    live = _live(changed(target, holding("n6", f"<w:p>{run('07')}</w:p>")))
    assert _texts(live)["n6"] == "07"


def test_a_control_that_lost_its_tag_is_known_by_what_it_is_bound_to(target: Path) -> None:
    live = _live(changed(target, replaced('<w:tag w:val="n4"/>', ""), replaced('<w:tag w:val="n6"/>', "")))
    assert _texts(live) == TEXTS


def test_a_tracked_deletion_of_all_of_it_deletes_a_number(target: Path) -> None:
    live = _live(changed(target, holding("n1", struck("1.492,9"))))
    assert [one.is_deleted for one in live.controls if one.key == "n1"] == [True]


def test_controls_of_other_programs_are_none_of_ours(target: Path) -> None:
    bound = '<w:dataBinding w:prefixMappings="xmlns:a=\'urn:a\'" w:xpath="/a:b[1]" w:storeItemID="{0}"/>'
    other = f'<w:sdt><w:sdtPr><w:tag w:val="n1"/>{bound}</w:sdtPr><w:sdtContent>{run("5")}</w:sdtContent></w:sdt>'
    assert len(_live(changed(target, around("n1", other, ""))).controls) == len(TEXTS)


def test_a_file_without_live_numbers_is_refused_in_words(target: Path) -> None:
    word_file(target, paragraph("Diện tích 5 ha."))
    with pytest.raises(Unreadable, match="was not drafted"):
        _live(target)
    text = target.with_suffix(".txt")
    text.write_text("Diện tích 5 ha.", encoding="utf-8")
    with pytest.raises(Unreadable, match="Word files"):
        _live(text)
    target.write_bytes(report()[:4000])
    with pytest.raises(Unreadable, match="damaged"):
        _live(target)


def test_a_lost_or_damaged_part_is_told_and_the_controls_are_still_known(target: Path) -> None:
    def lose(parts: dict[str, bytes]) -> None:
        del parts[PART]

    live = _live(changed(target, lose))
    assert (live.part, len(live.controls)) == (None, len(TEXTS))
    assert "is gone" in live.faults[0].en
    assert "not well-formed" in _live(changed(target, replaced("</figures>", "", PART))).faults[0].en
    bomb = '<!DOCTYPE f [<!ENTITY a "aaaa">]><figures'
    assert "DOCTYPE" in _live(changed(target, replaced("<figures", bomb, PART))).faults[0].en


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ('value="1400"', 'value="NaN"', "n5: value=“NaN”"),
        ('form="0/1/0/0" revision="3" printed="1.400"', 'form="x" revision="3" printed="1.400"', "n5: form=“x”"),
        ('id="n5" reckoning="value"', 'id="n5" reckoning="guess"', "n5: reckoning=“guess”"),
        ("SM:lua_dien_tich:2024-A1:actual\" argument=\"\" value=\"1400\"", "SM:x\" argument=\"\" value=\"1400\"",
         "n5: addresses=“SM:x”"),
        ('id="n5"', 'id="n1"', "two numbers have the key n1"),
    ],
)  # fmt: skip
def test_one_damaged_figure_leaves_the_others(target: Path, old: str, new: str, seen: str) -> None:
    live = _live(changed(target, replaced(old, new, PART)))
    assert live.part is not None
    assert [seen in fault.en for fault in live.faults] == [True]
    assert set(TEXTS) - set(live.part.figures) == {"n5"}


def test_addresses_are_read_though_authorities_have_spaces() -> None:
    line = "SM:a:2025-A1:target:UBND tỉnh:crop=rice SM:b:2020-12-15/P6M:actual"
    assert [str(one) for one in docx_live_figures.addresses_of(line)] == [
        "SM:a:2025-A1:target:UBND tỉnh:crop=rice",
        "SM:b:2020-12-15/P6M:actual",
    ]


def _new(content: bytes, key: str, text: str = "1.500,0") -> tuple[bytes, bool]:
    place = content[: control(content, key).start()].count(b"<w:sdt>")
    made, left = docx_live_changes.control_texts(content, DOCUMENT, {place: text}, WHEN)
    return made, bool(left)


def test_a_change_is_tracked_and_every_other_byte_stays() -> None:
    old = parts_of(report())[DOCUMENT]
    made, is_left = _new(old, "n1")
    mark = b'w:author="baocao" w:date="2026-02-03T04:05:06Z"'
    assert not is_left
    assert control(made, "n1")[2] == (
        b'<w:del w:id="1" ' + mark + b'><w:r><w:delText xml:space="preserve">1.492,9</w:delText></w:r></w:del>'
        b'<w:ins w:id="2" ' + mark + b"><w:r><w:t>1.500,0</w:t></w:r></w:ins>"
    )
    assert made.replace(control(made, "n1")[0], control(old, "n1")[0]) == old


def test_what_people_inserted_stays_theirs_and_looks_stay(target: Path) -> None:
    inside = struck("1.492,9") + tracked("ins", run("1.4", "<w:rPr><w:b/></w:rPr>") + run("95"))
    made, _ = _new(parts_of(changed(target, holding("n1", inside)).read_bytes())[DOCUMENT], "n1")
    seen = control(made, "n1")[2].decode()
    assert seen.startswith(struck("1.492,9") + '<w:ins w:id="900" w:author="Lò Văn Soát"')
    assert seen.count("<w:delText>") == 3
    assert seen.endswith("<w:r><w:rPr><w:b/></w:rPr><w:t>1.500,0</w:t></w:r></w:ins>")
    assert '</w:ins><w:ins w:id="903"' in seen


def test_our_own_insertion_that_nobody_accepted_gives_way() -> None:
    once, _ = _new(parts_of(report())[DOCUMENT], "n1")
    twice, _ = _new(once, "n1", "1.600,0")
    seen = control(twice, "n1")[2].decode()
    assert (seen.count("<w:del "), seen.count("<w:ins ")) == (1, 1)
    assert "1.492,9</w:delText>" in seen
    assert "1.600,0</w:t>" in seen
    assert "1.500,0" not in seen


@pytest.mark.parametrize(
    "inside",
    [
        "",
        '<w:r><w:t>5</w:t><w:drawing/></w:r>',
        f"<w:sdt><w:sdtContent>{run('5')}</w:sdtContent></w:sdt>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>5</w:t><w:fldChar w:fldCharType="end"/></w:r>',
    ],
)  # fmt: skip
def test_a_control_with_more_than_text_is_left(target: Path, inside: str) -> None:
    content = parts_of(changed(target, holding("n1", inside)).read_bytes())[DOCUMENT]
    assert _new(content, "n1") == (content, True)


def test_a_part_in_another_coding_is_refused() -> None:
    content = parts_of(report())[DOCUMENT].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    with pytest.raises(Unreadable, match="UTF-16"):
        docx_live_changes.control_texts(content, DOCUMENT, {0: "1"}, WHEN)


def test_the_part_says_what_is_printed_now(target: Path) -> None:
    parts = parts_of(report())
    new = {"n1": NewText(Decimal("1500.25"), '1.500,3"<&', 9)}
    made = docx_live_changes.figure_texts(parts[PART], PART, new)
    live = _live(changed(target, lambda parts: parts.update({PART: made})))
    assert live.part is not None
    kept = live.part.figures["n1"]
    assert (kept.value, kept.printed, kept.bound, kept.revision) == (Decimal("1500.25"), *['1.500,3"<&'] * 2, 9)
    assert kept.source.addresses == (address("lua_dien_tich"),)
    others = {key: one for key, one in live.part.figures.items() if key != "n1"}
    assert others == {key: one for key, one in _parts(target).items() if key != "n1"}


def _parts(target: Path) -> dict[str, docx_live_figures.Kept]:
    part = _live(changed(target)).part
    assert part is not None
    return part.figures


def test_a_copied_package_keeps_parts_dates_and_order(target: Path) -> None:
    target.write_bytes(report())
    copy = docx_live_changes.rewritten(target, {PART: b"<figures/>"})
    assert {**parts_of(report()), PART: b"<figures/>"} == parts_of(copy)
    assert docx_live_changes.rewritten(target, {}) == report()


def test_numbers_in_headers_and_old_text_boxes_are_found(target: Path) -> None:
    shown = control(parts_of(report())[DOCUMENT], "n6")[0].decode()
    inside = f"<w:txbxContent><w:p>{shown}</w:p></w:txbxContent>"
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{inside}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    moved = control(parts_of(report())[DOCUMENT], "n5")[0].decode()
    live = _live(
        changed(target, without("n6", box), without("n5"), replaced("</w:p></w:hdr>", f"{moved}</w:p></w:hdr>",
                                                                    "word/header1.xml"))
    )  # fmt: skip
    assert [(one.text, one.is_spare) for one in live.controls if one.key == "n6"] == [("07", False), ("07", True)]
    assert [(one.part, one.start) for one in live.controls if one.key == "n5"] == [("word/header1.xml", -1)]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_numbers_survive_libreoffice(target: Path) -> None:
    program = libreoffice.program()
    assert program is not None
    made = libreoffice.converted(program, changed(target), "docx", ".docx")
    assert made is not None
    live = _live(made)
    assert live.part is not None
    assert _texts(live) == TEXTS
    assert live.part.figures == _parts(target)
