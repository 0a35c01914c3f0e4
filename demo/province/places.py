"""The fictional province Minh Họa: 3 districts and 24 communes until 30/6/2025, ten communes and wards since.

No place of this name or code exists. Codes hold letters, which no official code does, so that nobody takes one for
another. The model works on ``PATCHES``, the pieces of land that no change divides: each belongs to one old and to
one new commune, so whatever holds for patches holds for both.
"""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE = "MH"
NAME = "Tỉnh Minh Họa"
REFORM = 18  # months that were reported by the old units: 1/2024 to 6/2025

DISTRICTS = {
    "MHH1": "Huyện Thượng Họa",
    "MHH2": "Huyện Trung Họa",
    "MHH3": "Huyện Hạ Họa",
}

# code: name, district, people at the start of 2024, share of ethnic minorities in thousandths
OLD = {
    "MHC01": ("Thị trấn Thượng Họa", "MHH1", 13_420, 310),
    "MHC02": ("Xã Đồi Bút", "MHH1", 9_860, 520),
    "MHC03": ("Xã Suối Mực", "MHH1", 8_740, 610),
    "MHC04": ("Xã Khe Giấy", "MHH1", 7_310, 780),
    "MHC05": ("Xã Nương Vẽ", "MHH1", 6_950, 830),
    "MHC06": ("Xã Lũng Tranh", "MHH1", 5_680, 910),
    "MHC07": ("Xã Đèo Khung", "MHH1", 5_240, 930),
    "MHC08": ("Xã Bãi Màu", "MHH1", 8_150, 720),
    "MHC09": ("Xã Bản Thảo", "MHH1", 6_420, 870),
    "MHC10": ("Thị trấn Trung Họa", "MHH2", 18_930, 180),
    "MHC11": ("Xã Cầu Nét", "MHH2", 14_270, 240),
    "MHC12": ("Xã Bến Mẫu", "MHH2", 13_610, 260),
    "MHC13": ("Xã Đồng Nền", "MHH2", 12_480, 350),
    "MHC14": ("Xã Gò Phác", "MHH2", 11_930, 380),
    "MHC15": ("Xã Ngòi Chữ", "MHH2", 9_870, 460),
    "MHC16": ("Xã Thung Dấu", "MHH2", 8_290, 560),
    "MHC17": ("Xã Làng Mộc", "MHH2", 9_140, 490),
    "MHC18": ("Thị trấn Hạ Họa", "MHH3", 15_360, 220),
    "MHC19": ("Xã Phố Hình", "MHH3", 12_750, 290),
    "MHC20": ("Xã Sông Phấn", "MHH3", 11_840, 330),
    "MHC21": ("Xã Cồn Lụa", "MHH3", 13_190, 210),
    "MHC22": ("Xã Đầm Son", "MHH3", 12_360, 230),
    "MHC23": ("Xã Chợ Nghiên", "MHH3", 14_020, 190),
    "MHC24": ("Xã Ấp Giá Vẽ", "MHH3", 17_480, 160),
}

# code: name, old communes that it is made of; one of them with a share that the decision states, in hundredths
NEW: dict[str, tuple[str, tuple[tuple[str, int], ...]]] = {
    "MHX01": ("Phường Thượng Họa", (("MHC01", 100), ("MHC02", 100), ("MHC03", 100))),
    "MHX02": ("Xã Khe Giấy Mới", (("MHC04", 100), ("MHC05", 100))),
    "MHX03": ("Xã Đèo Tranh", (("MHC06", 100), ("MHC07", 100), ("MHC08", 40))),
    "MHX04": ("Xã Bản Màu", (("MHC08", 60), ("MHC09", 100))),
    "MHX05": ("Phường Trung Họa", (("MHC10", 100), ("MHC11", 100), ("MHC12", 100))),
    "MHX06": ("Xã Đồng Phác", (("MHC13", 100), ("MHC14", 100))),
    "MHX07": ("Xã Thung Chữ", (("MHC15", 100), ("MHC16", 100), ("MHC17", 100))),
    "MHX08": ("Xã Hạ Họa", (("MHC18", 100), ("MHC19", 100), ("MHC20", 100))),
    "MHX09": ("Xã Cồn Nghiên", (("MHC21", 100), ("MHC22", 100), ("MHC23", 100))),
    "MHX10": ("Xã Giá Vẽ", (("MHC24", 100),)),
}
# code: name, new commune, its part of what the commune tells, in hundredths
VILLAGES = {
    "MHT01": ("Thôn Giấy Cũ", "MHX02", 34),
    "MHT02": ("Thôn Nương Vẽ", "MHX02", 28),
    "MHT03": ("Thôn Cầu Tre Vẽ", "MHX02", 23),
    "MHT04": ("Thôn Suối Họa", "MHX02", 15),
    "MHT05": ("Thôn Ấp Thượng", "MHX10", 40),
    "MHT06": ("Thôn Ấp Trung", "MHX10", 35),
    "MHT07": ("Thôn Ấp Hạ", "MHX10", 25),
}
DECISION = "Nghị quyết hư cấu 01/NQ-HĐND ngày 15/6/2025 của HĐND tỉnh Minh Họa"


@dataclass(frozen=True, slots=True)
class Patch:
    """A piece of land of one old and one new commune; ``share`` is its part of the old one, in hundredths."""

    old: str
    new: str
    share: int

    @property
    def code(self) -> str:
        return f"{self.old}/{self.new}"

    @property
    def people(self) -> int:
        return OLD[self.old][2] * self.share // 100

    @property
    def minority(self) -> int:
        return OLD[self.old][3]

    @property
    def is_town(self) -> bool:
        return OLD[self.old][0].startswith("Thị trấn")

    @property
    def is_first(self) -> bool:
        """Whether what an old commune has one of (a health station) lies here."""
        return self.share > 50


PATCHES = tuple(Patch(old, new, share) for new, (_, parts) in NEW.items() for old, share in parts)


@dataclass(frozen=True, slots=True)
class Commune:
    """A unit that reports, with the places of its patches in ``PATCHES``."""

    code: str
    name: str
    patches: tuple[int, ...]

    @property
    def is_rural(self) -> bool:
        """Whether it builds the new countryside: a xã does, a ward or a township does not."""
        return self.name.startswith("Xã")


OLD_COMMUNES = tuple(
    Commune(code, name, tuple(at for at, patch in enumerate(PATCHES) if patch.old == code))
    for code, (name, *_) in OLD.items()
)
NEW_COMMUNES = tuple(
    Commune(code, name, tuple(at for at, patch in enumerate(PATCHES) if patch.new == code))
    for code, (name, _) in NEW.items()
)


def unit_rows() -> list[tuple[str, ...]]:
    """The table of units, as ``baocao load --units`` reads it."""
    rows = [("mã", "tên", "cấp", "cấp trên", "từ ngày", "đến ngày"), (PROVINCE, NAME, "cấp tỉnh", "VN", "", "")]
    rows += [(code, name, "cấp huyện", PROVINCE, "", "2025-06-30") for code, name in DISTRICTS.items()]
    rows += [(code, name, "cấp xã", district, "", "2025-06-30") for code, (name, district, *_) in OLD.items()]
    rows += [(code, name, "cấp xã", PROVINCE, "2025-07-01", "") for code, (name, _) in NEW.items()]
    return rows


def village_rows() -> list[tuple[str, ...]]:
    """The villages of the communes that collect from them, to stand below ``unit_rows``.

    Only the office has them: what communes told over three years was told by communes, and drafts are made of that.
    """
    return [
        (code, name, "thôn", f"{commune}@2025-07-01", "2025-07-01", "") for code, (name, commune, _) in VILLAGES.items()
    ]


def change_rows() -> list[tuple[str, ...]]:
    """The table of changes of 1/7/2025: mergers, one commune divided by shares, one renamed, districts ended."""
    rows = [("ngày", "loại", "đơn vị cũ", "đơn vị mới", "tỷ lệ", "quyết định")]
    for patch in PATCHES:
        kind = "chia tách" if patch.share < 100 else "đổi tên" if len(NEW[patch.new][1]) == 1 else "nhập"
        share = f"{patch.share}%" if patch.share < 100 else "1"
        rows.append(("2025-07-01", kind, patch.old, patch.new, share, DECISION))
    rows += [("2025-07-01", "kết thúc", code, "", "", DECISION) for code in DISTRICTS]
    return rows
