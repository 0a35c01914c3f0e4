"""What units hand in: a row for each figure of a commune, a column for each period, a table for each rhythm.

Until 6/2025 the old communes report, from 7/2025 the new ones; some are late, some mark what did not occur.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from baocao.figures.catalogue import Catalogue
from baocao.model.indicator import Indicator, Over
from demo.province import capital, communes, crops, households, queues
from demo.province.draws import Chance
from demo.province.growing import Model
from demo.province.places import NEW_COMMUNES, OLD_COMMUNES, PROVINCE, REFORM, Commune
from demo.province.series import OPENING, Breakdown, Series, Span, spans
from demo.province.stated import stated, written

NOTHING, NOT_RATED = "không phát sinh", "chưa đánh giá"
BLOCKS = (  # the sectors in the order of a report, in the tables that they are handed in with
    ("tong-hop", ("chu_yeu", "kinh_te")),
    ("nong-nghiep", ("trong_trot", "chan_nuoi", "thu_y", "thuy_san", "lam_nghiep", "thuy_loi")),
    ("nong-thon-moi", ("nong_thon_moi", "ocop", "nuoc_sach")),
    ("cong-thuong", ("cong_nghiep", "thuong_mai", "du_lich", "van_tai", "doanh_nghiep", "hop_tac_xa")),
    ("tai-chinh", ("ngan_sach", "dau_tu_cong", "giai_phong_mat_bang")),
    ("moi-truong", ("dat_dai", "moi_truong")),
    ("xa-hoi", ("giao_duc", "y_te", "van_hoa_the_thao", "thong_tin", "lao_dong", "dao_tao", "giam_ngheo",
                "tro_giup_xa_hoi", "tre_em", "binh_dang_gioi", "dan_toc", "ton_giao")),
    ("mot-cua", ("mot_cua",)),
    ("noi-chinh", ()),
)  # fmt: skip
LATE = {  # who has not yet handed in what: the sectors, and the first month of 2026 that is missing
    "MHX07": (("du_lich", "van_tai"), 11),
    "MHX02": (("ho_tich", "tiep_cong_dan"), 12),
    "MHX04": (("doanh_nghiep",), 12),
    "MHX03": (("thu_y",), 12),
}
RATED_AT_YEAR_END = ("gia_dinh_van_hoa", "thon_van_hoa", "co_quan_van_hoa")
_RHYTHMS = {
    **dict.fromkeys(crops.CODES, "s"),
    **dict.fromkeys((*queues.HS_CODES, *queues.DON_CODES, *queues.DAT_CODES), "m"),
    **dict.fromkeys((*queues.HOA_GIAI_CODES, *queues.THANH_TRA_CODES, *queues.AN_CODES), "q"),
    **dict.fromkeys(households.CODES, "q"),
    **dict.fromkeys(capital.CODES, "m"),
    **dict.fromkeys(communes.CODES, "q"),
}
_SPECIAL = (
    (crops.CODES, crops.crops),
    (queues.HS_CODES, queues.files),
    (queues.DON_CODES, queues.petitions),
    (queues.HOA_GIAI_CODES, queues.mediations),
    (queues.THANH_TRA_CODES, queues.inspections),
    (queues.AN_CODES, queues.judgments),
    (queues.DAT_CODES, queues.land_files),
    (households.CODES, households.poverty),
    (capital.CODES, capital.capital),
    (communes.CODES, communes.communes),
)
STATED = ("cpi", "chi_so_iip", "dti", "par_index", "dien_tap")


class Table(NamedTuple):
    """One file of figures: its name, its columns of periods, its rows (unit, indicator, breakdown, cells)."""

    name: str
    spans: list[Span]
    rows: list[tuple[str, ...]]


@dataclass(slots=True)
class Province:
    """The whole province of one seed. ``is_small`` leaves out all breakdowns."""

    catalogue: Catalogue
    seed: int
    is_small: bool = False
    model: Model = field(init=False)

    def __post_init__(self) -> None:
        special = {code: make for codes, make in _SPECIAL for code in codes}
        self.model = Model(self.catalogue, Chance(self.seed), special)

    @property
    def indicators(self) -> list[Indicator]:
        """All that is reported and not computed."""
        return [one for one in self.catalogue.indicators if not one.is_derived and not one.parts]

    def rhythm(self, code: str) -> str:
        """How often an indicator is reported; with a + also for the year so far, where periods do not add up."""
        own = _RHYTHMS.get(code) or self.model.rows[code].rhythm
        return f"{own}+" if self.catalogue[code].over_time is Over.NONE else own

    def tables(self) -> Iterator[Table]:
        """All tables of results of the communes."""
        gathered: dict[tuple[str, str], list[tuple[Indicator, Breakdown, Series]]] = {}
        for indicator in self.indicators:
            if indicator.code in STATED:
                continue
            series, rhythm = self.model.series(indicator.code), self.rhythm(indicator.code)
            block = _block(indicator.sector)
            if not series.at_province:
                gathered.setdefault((block, rhythm), []).append((indicator, (), series))
            for breakdown, part in {} if self.is_small else series.parts.items():
                slower = rhythm.replace("m", "q")
                gathered.setdefault((block, slower), []).append((indicator, breakdown, part))
        for (block, rhythm), found in gathered.items():
            for era, units in (("den-6-2025", OLD_COMMUNES), ("tu-7-2025", NEW_COMMUNES)):
                columns = _columns(rhythm, units is OLD_COMMUNES)
                name = f"{block}-{rhythm.replace('+', '-luy-ke')}-{era}"
                rows = [row for one in found for row in self._rows(*one, units, columns)]
                yield Table(name, columns, rows)

    def _rows(
        self,
        indicator: Indicator,
        breakdown: Breakdown,
        series: Series,
        units: tuple[Commune, ...],
        columns: list[Span],
    ) -> Iterator[tuple[str, ...]]:
        line = ";".join("=".join(pair) for pair in breakdown)
        told = [self._cells(indicator, series, unit, columns) for unit in units]
        if breakdown and all(cell in ("", "0", NOTHING) for cells in told for cell in cells):
            return
        for unit, cells in zip(units, told, strict=True):
            if any(cells):
                yield (unit.code, indicator.code, line, *cells)

    def _cells(self, indicator: Indicator, series: Series, unit: Commune, columns: list[Span]) -> list[str]:
        return [self._cell(indicator, series, unit, span) for span in columns]

    def _cell(self, indicator: Indicator, series: Series, unit: Commune, span: Span) -> str:
        if (span.first == 0 and not series.is_stock) or span.last < series.since or _is_late(unit, indicator, span):
            return ""
        if indicator.code in RATED_AT_YEAR_END and span.last % 12:
            return NOT_RATED
        value = series.at(unit.patches, span)
        if not value and series.is_seldom:
            return NOTHING
        return written(value, self.model.places(indicator.code))

    def at_province(self) -> Iterator[tuple[str, str, str, str]]:
        """What the province states itself: unit, indicator, period, value."""
        for code, period, value in stated(self.model.chance):
            yield PROVINCE, code, period, value
        for indicator in self.indicators:
            if indicator.code in STATED or not (series := self.model.series(indicator.code)).at_province:
                continue
            for span in spans(self.rhythm(indicator.code)):
                value = series.at((0,), span)
                yield PROVINCE, indicator.code, span.code, written(value, self.model.places(indicator.code))

    def estimates(self) -> Iterator[tuple[str, str, str, str]]:
        """What communes estimated in the middle of June and of December 2026, before the month was over."""
        for indicator in self.indicators:
            if indicator.code in STATED or self.rhythm(indicator.code) != "m":
                continue
            series = self.model.series(indicator.code)
            for span in (one for one in spans("m") if one.code in ("2026-M06", "2026-M12")):
                for unit in NEW_COMMUNES:
                    off = 0 if series.is_stock else self.model.chance.about(28, indicator.code, unit.code, span.code)
                    value = series.at(unit.patches, span) * (1000 + off) // 1000
                    yield unit.code, indicator.code, span.code, written(value, self.model.places(indicator.code))


def _block(sector: str) -> str:
    return next((name for name, sectors in BLOCKS if sector in sectors), BLOCKS[-1][0])


def _columns(rhythm: str, is_old: bool) -> list[Span]:
    """The periods that end while the units stand; the old ones also tell what stood at the end of 2023."""
    found = [span for span in spans(rhythm) if (span.last <= REFORM) is is_old]
    opening = OPENING.get(rhythm)
    return [Span(opening, 0, 0), *found] if is_old and opening else found


def _is_late(unit: Commune, indicator: Indicator, span: Span) -> bool:
    sectors, month = LATE.get(unit.code, ((), 0))
    return indicator.sector in sectors and span.last >= 24 + month
