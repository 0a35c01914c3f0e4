"""Each kind of fault of an outline is found where it stands, and sound outlines are passed."""

from __future__ import annotations

import pytest

from baocao.drafting import outline_faults as faults
from baocao.drafting.outline_check import check, known_with
from baocao.drafting.outline_faults import Fault
from baocao.drafting.outline_reading import outline_in
from baocao.model.text import Text

KNOWN = known_with()

HEAD = """
[outline]
code = "thu"
vi = "Đề cương thử"
en = "A trial outline"
purpose = "year"
kind = "BÁO CÁO"
symbol = "BC-UBND"
summary = "Kết quả năm {year}"
levels = ["province"]
"""

# all sectors told in one line each, so that nothing is missing
REST = "".join(f'  {{ rest = "{sector}" }},\n' for sector in KNOWN.sectors)


def outline(says: str, extra: str = "", head: str = HEAD) -> list[Fault]:
    """The faults of an outline whose second section says what is given; everything else of it is sound."""
    text = f"""{head}
[[section]]
key = "het"
depth = 1
title = "TẤT CẢ"
say = [
{REST}]

[[section]]
key = "thu"
depth = 2
title = "Phần thử"
say = [
{says}
]
{extra}"""
    return list(check(outline_in(text, "thu.toml"), KNOWN))


def kinds(found: list[Fault]) -> list[Text]:
    return [fault.kind for fault in found]


def test_the_frame_of_these_tests_is_sound() -> None:
    assert outline('{ figures = ["dan_trau"] },') == []


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ('{ figures = ["dan_trou"] },', faults.UNKNOWN),
        ('{ figures = ["dan_trau"], when = "dan_bof" },', faults.UNKNOWN),
        ('{ text = "Không có dịch.", unless = "o_dichh" },', faults.UNKNOWN),
        ('{ figures = ["ct02_co_cau"] },', faults.COMPOUND),
        ('{ figures = ["dan_lon[loai_bo=nai]"] },', faults.NO_DIMENSION),
        ('{ figures = ["dan_lon[gia_cam=ga]"] },', faults.NO_DIMENSION),
        ('{ figures = ["dan_lon[loai_lon=voi]"] },', faults.NO_MEMBER),
        ('{ breakdown = "dan_lon", by = "mua_vu" },', faults.NO_DIMENSION),
        ('{ disbursement = ["von_giai_ngan", "von_giao"], by = "mua_vu" },', faults.NO_DIMENSION),
        ('{ rest = "trong_trott" },', faults.NO_SECTOR),
        ('{ rest = "ma_tuy", without = ["xa_khong_ma_tuyy"] },', faults.UNKNOWN),
        ('{ table = "bang_nao" },', faults.NO_TABLE),
        ('{ text = "Báo cáo của {don_vi}" },', faults.NO_SLOT),
        ('{ text = "Báo cáo của {}" },', faults.NO_SLOT),
        ('{ text = "Báo cáo của {unit.name}" },', faults.NO_SLOT),
        ('{ narrative = "x", default = "Báo cáo của {don_vi}" },', faults.NO_SLOT),
        ('{ figures = ["dan_trau"], lead = "Ở {noi}:" },', faults.NO_SLOT),
        ('{ text = "Báo cáo của {unit" },', faults.BROKEN_SLOT),
        ('{ chart = ["dan_trau"], by = "months", name = "Theo {decisions}" },', faults.UNCERTAIN_SLOT),
        ('{ crop = ["lua_dien_tich", "lua_san_luong"], name = "Lúa" },', faults.TOO_FEW),
        ('{ crop = ["lua_san_luong", "lua_nang_suat", "lua_dien_tich"], name = "Lúa" },', faults.NOT_ITS_UNIT),
        ('{ structure = ["dan_trau", "dan_bo"], name = "Cơ cấu đàn" },', faults.NOT_ITS_UNIT),
        ('{ flow = ["hs_tiep_nhan", "hs_giai_quyet"], noun = "hồ sơ" },', faults.TOO_FEW),
        ('{ flow = ["hs_tiep_nhan", "hs_giai_quyet", "dan_bo"], noun = "hồ sơ" },', faults.UNITS_DIFFER),
        ('{ flow = ["hs_tiep_nhan", "hs_giai_quyet", "hs_dang_giai_quyet"] },', faults.LACKS),
        ('{ parts = ["dan_trau"] },', faults.TOO_FEW),
        ('{ parts = ["dan_gia_suc", "dan_trau", "trung_san_luong"] },', faults.UNITS_DIFFER),
        ('{ share = ["ho_ngheo"] },', faults.TOO_FEW),
        ('{ share = ["ho_ngheo", "dan_so"] },', faults.UNITS_DIFFER),
        ('{ disbursement = ["von_giai_ngan"] },', faults.TOO_FEW),
        ('{ breakdown = "dan_lon" },', faults.LACKS),
        ('{ structure = ["ty_trong_dich_vu", "ty_trong_nong_lam_thuy_san"] },', faults.LACKS),
        ('{ units = "o_dich" },', faults.LACKS),
        ("{ figures = [] },", faults.TOO_FEW),
        ('{ chart = ["dan_trau"], by = "nam" },', faults.ODD_BY),
        ('{ chart = ["dan_trau", "trung_san_luong"], by = "months" },', faults.UNITS_DIFFER),
        ('{ figures = ["dan_trau"], notes = [{ table = "mot_cua" }] },', faults.NO_NOTE),
        ('{ figures = ["dan_trau"], notes = [{ text = "chữ" }] },', faults.NO_NOTE),
        ('{ text = "chữ", notes = [{ plain = ["dan_trau"] }] },', faults.NOT_UNDER),
        (
            '{ figures = ["dan_trau"], notes = [{ plain = ["dan_bo"], notes = [{ plain = ["dan_de"] }] }] },',
            faults.NOT_UNDER,
        ),
        ('{ figures = ["dan_gia_suc"], notes = [{ plain = ["dan_de", "dan_ngua"] }] },', faults.NOT_PARTS),
        ('{ figures = ["dan_trau"] }, { plain = ["dan_trau"] },', faults.TWICE),
        ('{ figures = ["dan_trau", "dan_trau"] },', faults.TWICE),
        ('{ narrative = "a" }, { narrative = "a" },', faults.KEY_TWICE),
    ],
)
def test_a_fault_of_what_is_said_is_found(says: str, kind: Text) -> None:
    found = outline(says)
    assert set(kinds(found)) == {kind}
    assert (found[0].place.file, found[0].place.section) == ("thu.toml", "thu")
    assert found[0].place.at.startswith("say ")


def test_a_fault_in_a_note_is_told_with_the_note() -> None:
    (fault,) = outline('{ figures = ["dan_trau"] }, { figures = ["dan_bo"], notes = [{ plain = ["dan_voi"] }] },')
    assert fault.place.at == "say 2 note 1"


def test_near_names_are_offered() -> None:
    (fault,) = outline('{ figures = ["dan_trou"] },')
    assert "dan_trau" in fault.say("vi")
    assert "dan_trau" in fault.say("en")


def test_a_footnote_may_take_apart_what_the_text_tells() -> None:
    assert outline('{ figures = ["dan_lon"], notes = [{ breakdown = "dan_lon", by = "loai_lon" }] },') == []


def test_a_footnote_may_hold_what_nobody_adds_up() -> None:
    assert outline('{ figures = ["dan_trau"], notes = [{ plain = ["dan_de", "trung_san_luong"] }] },') == []
    rates = '"ty_le_bo_hoc[cap_hoc=thcs]", "ty_le_bo_hoc[cap_hoc=thpt]"'
    assert outline(f'{{ figures = ["ty_le_bo_hoc"], notes = [{{ plain = [{rates}] }}] }},') == []


def test_what_others_are_a_share_of_may_stand_again() -> None:
    assert outline('{ figures = ["tong_so_ho"] }, { share = ["ho_ngheo", "tong_so_ho"] },') == []


def test_members_are_figures_of_their_own() -> None:
    assert outline('{ figures = ["dan_lon"] }, { figures = ["dan_lon[loai_lon=nai]"] },') == []


def test_the_same_figure_at_two_levels_is_told_once_to_each() -> None:
    head = HEAD.replace('["province"]', '["province", "commune"]')
    one, other = (
        '{ figures = ["dan_trau"], levels = ["province"] },',
        '{ figures = ["dan_trau"], levels = ["commune"] },',
    )
    assert outline(one + other, head=head) == []
    assert kinds(outline(one + '{ figures = ["dan_trau"] },', head=head)) == [faults.TWICE]


def test_a_heading_that_skips_is_found() -> None:
    found = outline('{ text = "chữ" },', '[[section]]\nkey = "sau"\ndepth = 4\ntitle = "Sâu"\nsay = [{ text = "chữ" }]')
    assert kinds(found) == [faults.SKIPS]
    assert found[0].place.section == "sau"


def test_a_heading_that_skips_at_one_level_only_is_told_with_it() -> None:
    head = HEAD.replace('["province"]', '["province", "district"]')
    extra = """
[[section]]
key = "cha"
depth = 3
title = "Cha"
levels = ["province"]
say = [{ text = "chữ" }]

[[section]]
key = "con"
depth = 4
title = "Con"
say = [{ text = "chữ" }]
"""
    (fault,) = outline('{ text = "chữ" },', extra, head)
    assert fault.kind == faults.SKIPS
    assert "huyện" in fault.say("vi")
    assert "tỉnh" not in fault.say("vi")


def test_a_report_starts_with_a_part() -> None:
    text = HEAD + f'[[section]]\nkey = "a"\ndepth = 2\ntitle = "A"\nsay = [\n{REST}]'
    assert kinds(list(check(outline_in(text, "a.toml"), KNOWN))) == [faults.SKIPS]


def test_an_empty_section_is_found_and_one_above_others_is_not() -> None:
    assert kinds(outline("")) == [faults.EMPTY]
    below = '[[section]]\nkey = "con"\ndepth = 3\ntitle = "Con"\nsay = [{ text = "chữ" }]'
    assert outline("", below) == []


def test_a_section_that_is_empty_for_one_level_is_told_with_it() -> None:
    head = HEAD.replace('["province"]', '["province", "commune"]')
    (fault,) = outline('{ text = "chữ", levels = ["province"] },', head=head)
    assert fault.kind == faults.EMPTY
    assert "“thu”" in fault.say("vi")
    assert "cấp xã" in fault.say("vi")


def test_a_sector_that_is_not_told_is_found() -> None:
    text = HEAD + f'[[section]]\nkey = "a"\ndepth = 1\ntitle = "A"\nsay = [\n{REST}]'
    text = text.replace('  { rest = "ma_tuy" },\n', "")
    (fault,) = check(outline_in(text, "a.toml"), KNOWN)
    assert fault.kind == faults.UNCOVERED
    assert 'rest = "ma_tuy"' in fault.say("vi")
    assert 'rest = "ma_tuy"' in fault.say("en")


def test_a_sector_of_which_everything_is_told_needs_no_rest() -> None:
    text = HEAD + f'[[section]]\nkey = "a"\ndepth = 1\ntitle = "A"\nsay = [\n{REST}]'
    codes = [one.code for one in KNOWN.indicators.values() if one.sector == "ma_tuy"]
    told = "  { plain = [" + ", ".join(f'"{code}"' for code in codes) + "] },\n"
    assert check(outline_in(text.replace('  { rest = "ma_tuy" },\n', told), "a.toml"), KNOWN) == ()


def test_an_annex_with_an_unknown_table_is_found() -> None:
    (fault,) = outline('{ text = "chữ" },', '[[annex]]\ntitle = "BẢNG"\ntables = ["chi_tieu", "bang_nao"]')
    assert fault.kind == faults.NO_TABLE
    assert fault.place.section == "annex 1"


@pytest.mark.parametrize(
    ("slot", "kind"), [("council", faults.UNCERTAIN_SLOT), ("rest_of_year", faults.UNCERTAIN_SLOT)]
)
def test_a_heading_hangs_on_nothing_that_may_be_unknown(slot: str, kind: Text) -> None:
    extra = f'[[section]]\nkey = "b"\ndepth = 3\ntitle = "NHIỆM VỤ {{{slot}}}"\nsay = [{{ text = "chữ" }}]'
    assert kinds(outline('{ text = "chữ" },', extra)) == [kind]


def test_of_six_months_the_rest_of_the_year_is_known() -> None:
    extra = '[[section]]\nkey = "b"\ndepth = 3\ntitle = "NHIỆM VỤ {rest_of_year}"\nsay = [{ text = "chữ" }]'
    assert outline('{ text = "chữ" },', extra, HEAD.replace('"year"', '"six_months"')) == []


def test_a_broken_summary_is_told_for_the_whole_file() -> None:
    (fault,) = outline('{ text = "chữ" },', head=HEAD.replace("{year}", "{yaer}"))
    assert fault.kind == faults.NO_SLOT
    assert fault.say("vi").startswith("thu.toml: không có ô điền “{yaer}”")


def test_an_outline_without_sections_is_found() -> None:
    assert faults.NO_SECTIONS in kinds(list(check(outline_in(HEAD, "a.toml"), KNOWN)))


def test_every_fault_says_where_and_what_to_do_in_both_languages() -> None:
    says = '{ figures = ["dan_trou"] }, { crop = ["lua_dien_tich"], name = "Lúa" }, { text = "{x}" },'
    for fault in outline(says):
        vi, en = fault.say("vi"), fault.say("en")
        assert vi != en
        assert vi.startswith("thu.toml: phần “thu”, say ")
        assert en.startswith("thu.toml: section “thu”, say ")
        assert "{" not in (vi + en).replace("{x}", "")


def test_own_indicators_are_known() -> None:
    text = HEAD + f'[[section]]\nkey = "a"\ndepth = 1\ntitle = "A"\nsay = [\n{REST}  {{ plain = ["rieng_minh"] }},\n]'
    assert kinds(list(check(outline_in(text, "a.toml"), KNOWN))) == [faults.UNKNOWN]
    trau = KNOWN.indicators["dan_trau"]
    own = known_with([type(trau)("rieng_minh", trau.name, trau.unit, trau.sector)])
    assert check(outline_in(text, "a.toml"), own) == ()
