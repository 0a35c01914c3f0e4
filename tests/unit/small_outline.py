"""A small outline of a year report, and how it is written over; all places and figures in the tests are invented."""

from __future__ import annotations

OUTLINE = """\
[outline]
code = "thu"
vi = "Báo cáo thử"
en = "A small report"
purpose = "year"
kind = "BÁO CÁO"
symbol = "BC-UBND"
summary = "Kết quả năm {year} của {unit}"
recipients = ["Thường trực {council};", "Lưu: VT."]
opening = [
  { narrative = "mo_dau", levels = ["province"], default = "{issuer} báo cáo kết quả năm {year} của toàn tỉnh." },
  { narrative = "mo_dau", levels = ["commune"], default = "{issuer} báo cáo kết quả năm {year} của xã." },
]

[[section]]
key = "ket_qua"
depth = 1
title = "KẾT QUẢ NĂM {year}"

[[section]]
key = "trong_trot"
depth = 2
title = "TRỒNG TRỌT"
say = [
  { figures = ["lua_dien_tich", "ngo_dien_tich"], manner = "dash", notes = [
    { breakdown = "lua_dien_tich", by = "mua_vu" },
  ] },
]

[[section]]
key = "lam_nghiep"
depth = 2
title = "LÂM NGHIỆP"
kept = false
say = [{ figures = ["rung_trong_moi"], when = "rung_trong_moi" }]

[[section]]
key = "chan_nuoi"
depth = 2
title = "CHĂN NUÔI"
say = [{ narrative = "chan_nuoi", default = "Chăn nuôi năm {year} của {unit} ổn định." }, { tasks = true }]

[[annex]]
title = "NHIỆM VỤ TRỌNG TÂM"
tables = ["nhiem_vu"]
"""
FAULTY = (  # written at the end of the first section: what it says, and a word that names the fault
    ('{ figures = ["khong_co"] }', "khong_co"),
    ('{ crop = ["lua_dien_tich", "lua_nang_suat"] }', "crop"),
    ('{ flow = ["ho_ngheo"], noun = "hồ sơ" }', "flow"),
    ("{ parts = [] }", "parts"),
    ('{ structure = ["lua_dien_tich"], name = "a" }', "structure"),
    ('{ text = "Của {khong_co}" }', "khong_co"),
    ('{ text = "Của { nhé" }', "{unit}"),
    ('{ text = "Năm {year:>9}" }', "{unit}"),
    ('{ text = "Năm {year.real}" }', "year.real"),
    ('{ table = "khong_co" }', "khong_co"),
    ('{ rest = "khong_co" }', "khong_co"),
    ('{ breakdown = "lua_dien_tich", by = "khong_co" }', "khong_co"),
    ('{ figures = ["lua_dien_tich[mua_vu=khong_co]"] }', "khong_co"),
    ('{ chart = [], by = "months" }', "chart"),
    ('{ narrative = "chan_nuoi" }', "chan_nuoi"),
)


def saying(said: str) -> str:
    """The outline with one more thing said in its first section."""
    return OUTLINE.replace('title = "KẾT QUẢ NĂM {year}"', f'title = "KẾT QUẢ NĂM {{year}}"\nsay = [{said}]')
