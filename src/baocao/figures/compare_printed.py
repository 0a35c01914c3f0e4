"""A printed annex is worked out again from its own plans and results, cell by cell.

What a row prints as percentages and as rating must follow from its plan and its result. A printed figure is
judged in the grades of ``model.quantity.agreement``; the rating by its direction. Where a name leaves the direction
open, or a cell is not understood, nothing is called a slip.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from baocao.figures.compare import grouped
from baocao.figures.compare_cells import PrintedRow, achieved, interval, rated, read_result, row_of
from baocao.figures.compare_count import Tally
from baocao.figures.compare_heads import Columns, columns_of, grid_of, is_total, is_within_year
from baocao.figures.intake_words import toned, vocabulary
from baocao.figures.rating import RATINGS, compound
from baocao.figures.said import figure, quotient, with_figures
from baocao.figures.target_words import ReadNumber, TargetWords
from baocao.model.document import Table
from baocao.model.quantity import HUNDRED, Agreement, Interval, Quantity, agreement
from baocao.model.target import Rating, TargetKind
from baocao.model.text import Text

_SLIP = Text(
    "“{row}”, cột “{head}”: ghi {printed}, tính lại từ các ô cùng dòng được {computed}; hãy đối chiếu.",
    "“{row}”, column “{head}”: {printed} is printed, the other cells of the row give {computed}; check them.",
)
_NO_BASE = Text(
    "“{row}”, cột “{head}”: ghi {printed} nhưng ô kế hoạch hoặc kết quả để trống; hãy bổ sung số thiếu hoặc bỏ tỷ lệ.",
    "“{row}”, column “{head}”: {printed} is printed, but the plan or the result is blank; add it, or drop the figure.",
)
_UNCLEAR = Text("không tính lại được", "cannot be worked out again")
_DONE = Text("đảm bảo", "assured")


@dataclass(frozen=True, slots=True)
class CheckedCell:
    """A printed percentage or rating beside what it is computed to be.

    ``row`` and ``column`` are places in the table, ``slip`` says what is wrong, None where nothing is.
    """

    row: int
    column: int
    head: str
    name: str
    printed: str
    computed: Text
    agreement: Agreement
    slip: Text | None = None


@dataclass(frozen=True, slots=True)
class CheckedAnnex:
    """A printed annex worked out again: its cells in the order of reading, and the tally of its indicators."""

    cells: tuple[CheckedCell, ...]
    tally: Tally

    @property
    def slips(self) -> tuple[CheckedCell, ...]:
        return tuple(cell for cell in self.cells if cell.slip is not None)


def check(table: Table, read_number: ReadNumber, is_final: bool | None = None) -> CheckedAnnex | None:
    """A table of plans and results worked out again; None when the table is no annex.

    Before the year is over (not ``is_final``; None: as the heading of the results says) what is not reached yet is
    pending and not failed, and printed ratings are left alone: they speak of progress.
    ``read_number`` reads a printed number in the habit of the document, or says why it cannot.
    """
    columns = columns_of(table)
    if columns is None:
        return None
    if is_final is None:
        is_final = not is_within_year(columns.heads[columns.result])
    grid = grid_of(table)
    rows = _rows(grid, columns, read_number)
    groups = _groups(rows)
    columns = _led(columns, rows)
    cells = list(chain.from_iterable(_percentages(grid[row.place], row, columns, read_number) for row in rows))
    rated_rows = chain.from_iterable(_ratings(grid, [rows[at] for at in group], columns) for group in groups)
    cells += rated_rows if is_final else ()
    tally = _tally(rows, groups, columns)
    return CheckedAnnex(tuple(sorted(cells, key=_place)), tally if is_final else _open(tally))


def _place(cell: CheckedCell) -> tuple[int, int]:
    return cell.row, cell.column


def _open(tally: Tally) -> Tally:
    """A tally within the year: what is not met has time left."""
    left = {Rating.NOT_MET: Rating.PENDING}
    return Tally(tuple((number, left.get(rating, rating)) for number, rating in tally.rated))


def _rows(grid: Sequence[Sequence[str]], columns: Columns, read_number: ReadNumber) -> list[PrintedRow]:
    """The rows that say something of an indicator; names of sections and blank rows are left out."""
    rows: list[PrintedRow] = []
    context = ""
    for place in range(columns.first_row, len(grid)):
        is_part = columns.number < 0 or not grid[place][columns.number]
        row = row_of(grid[place], place, columns, read_number, context if is_part else "")
        context = context if is_part else row.name
        if row.name and not (row.is_bare and _is_section(row)):
            rows.append(row)
    return rows


def _is_section(row: PrintedRow) -> bool:
    """Whether a row without any figure names a section: "II. VĂN HÓA - XÃ HỘI", "Trong đó:"."""
    return not row.number or not row.number[0].isdigit() or row.name.isupper()


def _led(columns: Columns, rows: Sequence[PrintedRow]) -> Columns:
    """The columns with that plan first by which the table rates, as its own ratings show; else the first one."""

    def borne_out(column: int) -> int:
        rated_alike = ((row.rating, found[0].rating) for row in rows if (found := rated(row, column)))
        return sum(printed is computed for printed, computed in rated_alike)

    leading = max(columns.plans, key=borne_out)  # the first of those that are alike
    return columns._replace(plans=(leading, *(at for at in columns.plans if at != leading)))


def _groups(rows: Sequence[PrintedRow]) -> list[list[int]]:
    """The rows of each indicator; where no row is numbered, lines that begin with a dash belong to that above."""
    places = [place for place, row in enumerate(rows) if not is_total(row.name)]
    numbers = [rows[place].number for place in places]
    if not any(numbers):
        numbers = [str(place + 1) if rows[place].name[0].isalnum() else "" for place in places]
    return [[places[at] for at in group] for group in grouped(numbers)]


def _percentages(
    cells: Sequence[str], row: PrintedRow, columns: Columns, read_number: ReadNumber
) -> Iterator[CheckedCell]:
    for share, plan in columns.shares:
        if plan >= 0 and _is_filled(cells[share]):
            yield _share(cells, row, columns, share, plan, read_number)
    share = columns.last_share
    if share >= 0 and columns.last >= 0 and _is_filled(cells[share]) and _is_filled(cells[columns.last]):
        last = achieved(read_result(cells[columns.last], read_number))
        yield _judged(row, columns, share, cells[share], row.achieved, last, read_number)


def _is_filled(cell: str) -> bool:
    return any(sign.isalnum() for sign in cell)


def _share(
    cells: Sequence[str], row: PrintedRow, columns: Columns, share: int, plan: int, read_number: ReadNumber
) -> CheckedCell:
    asked, printed = row.plan(plan), cells[share]
    if asked is None or row.result is None:
        text = _NO_BASE.fill(row=row.name, head=columns.heads[share], printed=printed)
        return _cell(row, columns, share, printed, _UNCLEAR, Agreement.UNDECIDABLE, text)
    if isinstance(asked, TargetWords) and asked.kind is TargetKind.ASSURED:
        return _assured(row, columns, share, plan, printed)
    bases = _bases(asked, row) if rated(row, plan) else []
    found = [_judged(row, columns, share, printed, row.achieved, base, read_number) for base in bases]
    undecided = _cell(row, columns, share, printed, _UNCLEAR, Agreement.UNDECIDABLE)
    return min(found, key=lambda cell: _ORDER.index(cell.agreement), default=undecided)


_ORDER = list(Agreement)


def _bases(asked: TargetWords | Text, row: PrintedRow) -> list[Decimal]:
    """What the percentage may be of: of a range the lower end, or the upper one where less is better."""
    if not isinstance(asked, TargetWords) or asked.low is None:
        return []
    is_lower_better = row.aims[0] is not row.aims[-1] or asked.kind is TargetKind.AT_MOST
    return [asked.low, asked.high] if asked.high is not None and is_lower_better else [asked.low]


def _assured(row: PrintedRow, columns: Columns, share: int, plan: int, printed: str) -> CheckedCell:
    """What is assured has no percentage: the word is repeated, or 100 is printed."""
    verdicts = rated(row, plan)
    is_said = (
        toned(printed) in {toned(word) for word in vocabulary("targets", "assured")} or printed.strip("% ") == "100"
    )
    if verdicts and verdicts[0].rating is Rating.MET and is_said:
        return _cell(row, columns, share, printed, _DONE, Agreement.EXACT)
    return _cell(row, columns, share, printed, _UNCLEAR, Agreement.UNDECIDABLE)


def _judged(
    row: PrintedRow,
    columns: Columns,
    share: int,
    printed: str,
    result: Decimal | None,
    base: Decimal | None,
    read_number: ReadNumber,
) -> CheckedCell:
    """A printed percentage against result ÷ base. A plan is what was decided and stands as printed, to the digit."""
    stated = read_number(printed.rstrip("% "))
    if isinstance(stated, Text) or result is None or base is None or base <= 0 or result < 0:
        return _cell(row, columns, share, printed, _UNCLEAR, Agreement.UNDECIDABLE)
    exponent = stated.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    measure = row.measure or (row.result.measure if isinstance(row.result, TargetWords) else "")
    centre = result * HUNDRED / base
    expected = (interval(result, measure) / _of_plan(base, measure)).scaled(HUNDRED)
    grade = agreement(Quantity(stated, decimals), expected, centre)
    computed = figure(quotient(result, base) or Decimal(0))
    return _cell(row, columns, share, printed, computed, grade)


def _of_plan(base: Decimal, measure: str) -> Interval:
    """A whole number is decided as such; decimals may have been rounded when a decision's figures were copied."""
    return Interval(base, base) if base == base.to_integral_value() else interval(base, measure)


def _cell(
    row: PrintedRow,
    columns: Columns,
    column: int,
    printed: str,
    computed: Text,
    grade: Agreement,
    slip: Text | None = None,
) -> CheckedCell:
    head = columns.heads[column]
    if slip is None and grade is Agreement.DISAGREE:
        slip = with_figures(_SLIP, row=row.name, head=head, printed=printed, computed=computed)
    return CheckedCell(row.place, column, head, row.name, printed, computed, grade, slip)


def _row_ratings(row: PrintedRow, columns: Columns) -> list[tuple[Rating, ...]]:
    """For each plan of a row, the ratings that its directions give; some offices call a kept ceiling exceeded."""
    found = ((column, tuple(one.rating for one in rated(row, column))) for column in columns.plans)
    return [
        (*ratings, Rating.EXCEEDED) if _is_kept_ceiling(row, column, ratings) else ratings
        for column, ratings in found
        if ratings
    ]


def _is_kept_ceiling(row: PrintedRow, column: int, ratings: Sequence[Rating]) -> bool:
    plan = row.plan(column)
    return isinstance(plan, TargetWords) and plan.kind is TargetKind.AT_MOST and Rating.MET in ratings


def _leading(row: PrintedRow, columns: Columns, *, is_bold: bool = False) -> Rating | None:
    """The rating against the leading authority that asks for something; None where nobody does.

    ``is_bold`` takes a kept ceiling for exceeded, as some offices do.
    """
    ratings = _row_ratings(row, columns)
    if ratings:
        return ratings[0][-1 if is_bold and ratings[0][-1] is Rating.EXCEEDED else 0]
    return Rating.UNKNOWN if row.plans else None


def _ratings(grid: Sequence[Sequence[str]], rows: Sequence[PrintedRow], columns: Columns) -> Iterator[CheckedCell]:
    """Each printed rating of an indicator: of its row, and of all its rows where the others have none."""
    for row in rows:
        if row.rating is None:
            continue
        allowed = [rating for ratings in _row_ratings(row, columns) for rating in ratings]
        leading = allowed[0] if allowed else None
        is_of_all = row is rows[0] and not any(part.rating for part in rows[1:])
        whole = _compound(rows, columns) if is_of_all and len(rows) > 1 else None
        computed = leading if whole is None or (leading is row.rating) else whole
        if whole is not None:
            allowed += filter(None, (whole, _compound(rows, columns, is_bold=True)))
        grade = _grade(row.rating, computed, allowed)
        words = RATINGS[computed] if computed is not None else _UNCLEAR
        yield _cell(row, columns, columns.rating, grid[row.place][columns.rating], words, grade)


def _compound(rows: Sequence[PrintedRow], columns: Columns, *, is_bold: bool = False) -> Rating | None:
    """The rating of an indicator: of its own figures and of its parts; a mere breakdown of its figure rates nothing."""
    parts = [row for row in rows if not _is_breakdown(row, rows[0])]
    ratings = [rating for row in parts if (rating := _leading(row, columns, is_bold=is_bold)) is not None]
    return compound(ratings) if ratings else None


def _is_breakdown(row: PrintedRow, whole: PrintedRow) -> bool:
    """Whether a dashed line without a rating of its own only tells what a figure above it is made of."""
    has_figure = bool(whole.plans) and whole.result is not None
    return row is not whole and has_figure and row.rating is None and not row.name[0].isalnum()


def _grade(printed: Rating, computed: Rating | None, allowed: Sequence[Rating]) -> Agreement:
    """A rating that another authority's plan or another direction bears out, or that says less, is no slip."""
    if printed is computed:
        return Agreement.EXACT
    if computed in (None, Rating.UNKNOWN) or Rating.UNKNOWN in allowed or printed is Rating.PENDING:
        return Agreement.UNDECIDABLE
    says_less = printed is Rating.MET and Rating.EXCEEDED in allowed
    return Agreement.WITHIN_ROUNDING if printed in allowed or says_less else Agreement.DISAGREE


def _tally(rows: Sequence[PrintedRow], groups: Sequence[Sequence[int]], columns: Columns) -> Tally:
    """The indicators by their computed ratings; numbers that come again are counted on from 1."""
    rated_groups = []
    for group in groups:
        rating = _compound([rows[at] for at in group], columns)
        if rating is not None:
            rated_groups.append((rows[group[0]].number, rating))
    numbers = [number for number, _ in rated_groups]
    if len(set(numbers)) < len(numbers):
        rated_groups = [(str(place), rating) for place, (_, rating) in enumerate(rated_groups, 1)]
    return Tally(tuple(rated_groups))
