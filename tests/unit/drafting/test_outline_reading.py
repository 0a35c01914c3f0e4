"""Outlines are read from files; what cannot be read is told with its place, never half taken."""

from __future__ import annotations

import pytest

from baocao.drafting.outline import Kind, Purpose, Series
from baocao.drafting.outline_reading import BadOutline, built_in, names, outline_in
from baocao.model.draft import Manner
from baocao.model.org_unit import Level

HEAD = """
[outline]
code = "thu"
vi = "Đề cương thử"
en = "A trial outline"
purpose = "year"
kind = "BÁO CÁO"
symbol = "BC-UBND"
summary = "Kết quả năm {year}"
"""
SECTION = """
[[section]]
key = "chan_nuoi"
depth = 1
title = "CHĂN NUÔI"
titles = { district = "CHĂN NUÔI, THÚ Y" }
say = [
  { narrative = "chan_nuoi", default = ["Đoạn một.", "Đoạn hai."] },
  { figures = ["dan_lon", "dan_lon[loai_lon=nai]"], manner = "dash", when = "dan_lon", notes = [
    { breakdown = "dan_lon", by = "loai_lon" },
  ] },
  { plain = ["dan_bo"], together = true, levels = ["province"] },
]
"""


def test_an_outline_is_read_as_it_is_written() -> None:
    outline = outline_in(HEAD + SECTION, "thu.toml")
    assert (outline.code, outline.purpose, outline.file) == ("thu", Purpose.YEAR, "thu.toml")
    (section,) = outline.sections
    narrative, figures, plain = section.says
    assert (narrative.kind, narrative.words, narrative.default) == (
        Kind.NARRATIVE,
        "chan_nuoi",
        ("Đoạn một.", "Đoạn hai."),
    )
    assert figures.of == (Series("dan_lon"), Series("dan_lon", (("loai_lon", "nai"),)))
    assert figures.manner is Manner.DASH
    assert figures.when == Series("dan_lon")
    assert [note.by for note in figures.notes] == ["loai_lon"]
    assert plain.manner is None
    assert plain.levels == {Level.PROVINCE}
    assert section.file == "thu.toml"


def test_an_outline_of_a_level_leaves_out_what_is_for_others() -> None:
    outline = outline_in(HEAD + SECTION, "thu.toml")
    assert len(outline.for_level(Level.PROVINCE).sections[0].says) == 3
    district = outline.for_level(Level.DISTRICT)
    assert len(district.sections[0].says) == 2
    assert district.sections[0].title == "CHĂN NUÔI, THÚ Y"


def test_a_series_is_written_as_it_is_read() -> None:
    for written in ("dan_lon", "dan_lon[loai_lon=nai]", "chi_dau_tu[cap_ngan_sach=xa; linh_vuc_chi=y_te]"):
        assert Series.parse(written).written == written


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("[outline", "TOML"),
        ("", "[outline]"),
        ('outline = "x"', "[outline]"),
        (HEAD.replace('"year"', '"decade"'), "decade"),
        (HEAD.replace('code = "thu"', ""), "code"),
        (HEAD.replace('code = "thu"', "code = 3"), "code"),
        (HEAD + 'mau = "x"\n', "mau"),
        (HEAD + "[khac]\n", "khac"),
        (HEAD + 'levels = ["planet"]\n', "planet"),
        (HEAD + "levels = 3\n", "levels"),
        (HEAD + "recipients = [3]\n", "recipients"),
        (HEAD + 'recipients = "Lưu"\n', "recipients"),
        (HEAD + "opening = 3\n", "opening"),
        (HEAD + "opening = [3]\n", "opening"),
        ("section = 3\n" + HEAD, "section"),
        ("section = [3]\n" + HEAD, "section"),
        ("annex = 3\n" + HEAD, "annex"),
        (HEAD + SECTION.replace("depth = 1", "depth = 9"), "depth"),
        (HEAD + SECTION.replace("depth = 1", 'depth = "1"'), "depth"),
        (HEAD + SECTION.replace("depth = 1", "depth = true"), "depth"),
        (HEAD + SECTION.replace('title = "CHĂN NUÔI"', 'title = ""'), "title"),
        (HEAD + SECTION.replace("depth = 1", "depth = 1\ndeep = 2"), "deep"),
        (HEAD + SECTION.replace('{ district = "CHĂN NUÔI, THÚ Y" }', "3"), "titles"),
        (HEAD + SECTION.replace('{ district = "CHĂN NUÔI, THÚ Y" }', "{ district = 3 }"), "titles"),
        (HEAD + SECTION.replace("figures = ", "figuers = "), "figuers"),
        (HEAD + SECTION.replace("when = ", "wehn = "), "wehn"),
        (HEAD + SECTION.replace('manner = "dash"', 'manner = "star"'), "star"),
        (HEAD + SECTION.replace("loai_lon=nai]", "loai_lon=nai"), "loai_lon=nai"),
        (HEAD + SECTION.replace("loai_lon=nai]", "nai]"), "nai"),
        (HEAD + SECTION.replace('["Đoạn một.", "Đoạn hai."]', "[1]"), "default"),
        (HEAD + SECTION.replace('figures = ["dan_lon", "dan_lon[loai_lon=nai]"]', "figures = 3"), "3"),
        (HEAD + SECTION.replace('figures = ["dan_lon", "dan_lon[loai_lon=nai]"]', "figures = [3]"), "3"),
        (HEAD + SECTION.replace('by = "loai_lon"', "by = 3"), "by"),
        (HEAD + SECTION.replace("together = true", 'together = "có"'), "together"),
        (HEAD + SECTION.replace("depth = 1", 'depth = 1\nkept = "không"'), "kept"),
        (HEAD + SECTION + SECTION, "chan_nuoi"),
        (HEAD + '[[section]]\ninclude = "khong-co"\n', "khong-co"),
        (HEAD + '[[section]]\ninclude = "kinh-te"\nsay = []\n', "say"),
        (HEAD + '[[section]]\ninclude = "kinh-te"\ndeeper = "1"\n', "deeper"),
        (HEAD + '[[section]]\ninclude = "kinh-te"\ndeeper = 3\n', "deeper"),
        (HEAD + SECTION.replace('figures = ["dan_lon", "dan_lon[loai_lon=nai]"]', "ratings = false"), "ratings"),
        (HEAD + SECTION + '[[annex]]\ntitle = "BẢNG"\n', "tables"),
        (HEAD + SECTION + '[[annex]]\ntitle = "BẢNG"\ntables = []\n', "tables"),
        (HEAD + SECTION + '[[annex]]\ntitle = "BẢNG"\ntables = [3]\n', "tables"),
        (HEAD + SECTION + '[[annex]]\ntitle = "BẢNG"\ntables = ["mot_cua"]\nlandscape = "ngang"\n', "landscape"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_file_and_what_was_seen(text: str, seen: str) -> None:
    with pytest.raises(BadOutline) as refused:
        outline_in(text, "thu.toml")
    for words in (refused.value.text.vi, refused.value.text.en):
        assert words.startswith("thu.toml")
        assert seen in words
    assert refused.value.text.vi != refused.value.text.en


def test_a_circle_of_inclusions_is_told() -> None:
    circle = {"a": '[[section]]\ninclude = "b"\n', "b": '[[section]]\ninclude = "a"\n'}
    with pytest.raises(BadOutline) as refused:
        outline_in(HEAD + '[[section]]\ninclude = "a"\n', "thu.toml", circle)
    assert "a → b → a" in refused.value.text.vi


def test_sections_that_are_included_keep_the_name_of_their_file() -> None:
    outline = outline_in(HEAD + '[[section]]\ninclude = "kinh-te"\n', "thu.toml")
    assert {section.file for section in outline.sections} == {"kinh-te.toml"}


def test_included_sections_may_stand_deeper() -> None:
    outline = outline_in(HEAD + '[[section]]\ninclude = "danh-gia"\ndeeper = 1\n', "thu.toml")
    assert outline.sections[0].depth == 3


def test_an_unknown_name_is_no_outline() -> None:
    with pytest.raises(KeyError):
        built_in("bao-cao-thang")
    assert set(names()) == {"bao-cao-6-thang", "bao-cao-nam", "ke-hoach-nam"}
