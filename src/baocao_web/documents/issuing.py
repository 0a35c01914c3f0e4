"""Issuing a report: its number and day, the very bytes, and what stood behind each number; then publishing it.

An edition is never changed. The record holds the digests of its parts, so that one that was tampered with is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from baocao.figures import store
from baocao.formats import xlsx_write
from baocao.ledger.book import Book
from baocao.ledger.tracing import SCENARIOS
from baocao.model.draft import Draft, Number, Reckoning
from baocao.model.observation import Address, written
from baocao.model.text import Problem, Text
from baocao.showing.grid_files import plain
from baocao_web.documents import checking, draft_json, drafting, verdicts
from baocao_web.documents.models import Edition, Report
from baocao_web.documents.reading_room import printed
from baocao_web.documents.states import State
from baocao_web.people.policies import demand
from baocao_web.people.recording import Done, append, lines
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.signs import sentence

_LONGEST: Final = 2_000  # letters of a reason
_NUMBER: Final = re.compile(r"\d{1,5}[a-zđ]?", re.IGNORECASE)
_BAD_NUMBER = Text(
    "số văn bản “{seen}” không đúng; hãy ghi phần số, như 05 (ký hiệu theo đề cương được thêm khi in).",
    "“{seen}” is no number of a document; write the figures alone, as 05 (the outline adds its symbol).",
)
_BAD_DAY = Text(
    "ngày ban hành {seen} phải từ ngày đầu kỳ đến hôm nay; hãy kiểm tra lại.",
    "the day of issue {seen} must be between the first day of the period and today; check it.",
)
_CHANGED = Text(
    "báo cáo đã thay đổi từ khi trang này được mở; hãy xem lại rồi mới ban hành.",
    "the report has changed since this page was opened; look at it again before it is issued.",
)
_OFFERED = Text(
    "còn {count} câu gợi ý chưa ai giữ hoặc bỏ; hãy xem hết rồi mới ban hành.",
    "{count} suggested sentences were neither kept nor taken out; settle them before it is issued.",
)
_UNWRITTEN = Text(
    "còn {count} phần chưa ai viết ({names}); hãy viết, kể cả khi chỉ để nói là không có, rồi mới ban hành.",
    "{count} parts are not written yet ({names}); write them, if only to say that there is nothing, before issuing.",
)
_UNCHECKED = Text(
    "bộ soát chưa xong với bản này; hãy đợi rồi thử lại.", "this text is not proof-read yet; wait and try again."
)
_ERRORS = Text(
    "bộ soát còn nêu {count} lỗi; hãy sửa, hoặc chấp nhận có lý do, rồi mới ban hành.",
    "the proof-reader still tells of {count} errors; correct them, or accept them with a reason, before it is issued.",
)
_TWICE = Text("số {seen} đã được dùng cho báo cáo này.", "the number {seen} is used for this report already.")
_REASON = Text("hãy ghi lý do gỡ báo cáo khỏi trang công khai.", "write why the report is withdrawn.")
_TAMPERED = Text(
    "bản lưu của báo cáo này không còn khớp với nhật ký nên không được đưa ra; hãy báo người quản trị.",
    "the stored edition does not match the record any more and is not handed out; tell the administrator.",
)


def issue(report: Report, user: Any, number: str, on: date, state: str) -> Edition:
    """Issue the report as it stands; ``state`` is of what the signer looked at. Raises ``Problem``."""
    demand(user, Action.ISSUE, report.unit)
    if not _NUMBER.fullmatch(number):
        raise Problem(_BAD_NUMBER.fill(seen=number[:20]))
    if not drafting.results_period(report).start <= on <= office.today():
        raise Problem(_BAD_DAY.fill(seen=f"{on:%d/%m/%Y}"))
    draft = drafting.on_paper(_sound(report, state, user), number, on)
    parts = {
        "drafted": draft_json.written(draft).encode(),
        "docx": printed(draft),
        "annexes": xlsx_write.workbook(draft) if draft.annexes else b"",
        "figures": json.dumps(list(_figures(draft)), ensure_ascii=False).encode(),
    }
    by = user.get_username()
    with transaction.atomic():
        held = Report.objects.select_for_update().get(pk=report.pk)
        if drafting.state_of(held) != state:
            raise Problem(_CHANGED)
        if held.editions.filter(number=draft.head.number).exists():
            raise Problem(_TWICE.fill(seen=number))
        digests = {name: sha256(content).hexdigest() for name, content in parts.items()}
        made: Edition = Edition.objects.create(
            report=held,
            ordinal=held.editions.count() + 1,
            number=draft.head.number,
            issued_on=on,
            issued_by=by,
            revision=draft.revision,
            drafted=parts["drafted"].decode(),
            figures=parts["figures"].decode(),
            docx=parts["docx"],
            annexes=parts["annexes"],
            sha256=digests,
        )
        told = {"edition": made.pk, "number": number, "on": on.isoformat(), "revision": draft.revision}
        append(Done(held.stream, by, "issue", held.unit, {**told, "sha256": digests}))
    return made


def _sound(report: Report, state: str, user: Any) -> Draft:
    """The draft, where nothing in it waits for anybody. Raises ``Problem``."""
    if drafting.state_of(report) != state:
        raise Problem(_CHANGED)
    draft = drafting.as_it_stands(report)
    offered = len(drafting.suggestions(draft))
    if offered:
        raise Problem(_OFFERED.fill(count=offered))
    if waiting := draft.unwritten:
        raise Problem(_UNWRITTEN.fill(count=len(waiting), names="; ".join(waiting)))
    checked = checking.of_report(report, user.get_username())
    if checked.state is not State.DONE:
        raise Problem(checked.fault or _UNCHECKED)
    accepted = verdicts.accepted(report=report)
    errors = [one for one in checked.findings if one["severity"] == "error" and one["key"] not in accepted]
    if errors:
        raise Problem(_ERRORS.fill(count=len(errors)))
    return draft


def _figures(draft: Draft) -> Iterator[dict[str, Any]]:
    """Every number of a draft with what stands behind it, in the order of the page."""
    numbers = list(draft.numbers)
    known = {
        one.source.addresses[0]: one.value
        for one in numbers
        if one.source.reckoning is Reckoning.VALUE and not one.source.argument and one.source.addresses
    }
    with office.book() as book:
        for place, one in enumerate(numbers):
            yield {
                "n": place,
                "text": one.text,
                "name": one.name,
                "value": plain(one.value),
                "reckoning": one.source.reckoning.value,
                "revision": one.revision,
                "from": [_told(book, address, _value(book, address, known)) for address in one.source.addresses],
            }


def _value(book: Book, address: Address, known: dict[Address, Decimal]) -> Decimal | None:
    if address in known or address.authority:
        return known.get(address)
    found = store.find(book.connection, address)
    return None if found is None else found.value


def _told(book: Book, address: Address, value: Decimal | None) -> dict[str, str]:
    is_known = address.indicator in book.indicators
    return {
        "unit": address.unit,
        "unit_name": book.name_of(address.unit),
        "indicator": address.indicator,
        "indicator_name": book.indicators[address.indicator].name.vi if is_known else address.indicator,
        "measure": book.measure_of(address.indicator).vi if is_known else "",
        "period": address.period.code,
        "scenario": address.scenario.value,
        "scenario_name": SCENARIOS[address.scenario].vi,
        "authority": address.authority,
        "breakdown": written(address.breakdown),
        "value": "" if value is None else plain(value),
    }


def publish(edition: Edition, user: Any) -> None:
    """Put an edition on the open page."""
    _publish(edition, user, {"published": True})


def withdraw(edition: Edition, user: Any, reason: str) -> None:
    """Take an edition off the open page, with a reason. Raises ``Problem``."""
    words = sentence(reason, _LONGEST)
    if not words:
        raise Problem(_REASON)
    _publish(edition, user, {"published": False, "reason": words})


def _publish(edition: Edition, user: Any, told: dict[str, Any]) -> None:
    demand(user, Action.ISSUE, edition.report.unit)
    whole(edition)
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=edition.report_id)
        at = timezone.now() if told["published"] else None
        Edition.objects.filter(pk=edition.pk).update(published_at=at)
        details = {"edition": edition.pk, **told}
        append(Done(edition.report.stream, user.get_username(), "issue", edition.report.unit, details))


def whole(edition: Edition) -> Edition:
    """The edition, where its parts are what the record says was issued. Raises ``Problem``."""
    parts = {
        "drafted": edition.drafted.encode(),
        "docx": bytes(edition.docx),
        "annexes": bytes(edition.annexes),
        "figures": edition.figures.encode(),
    }
    digests = {name: sha256(content).hexdigest() for name, content in parts.items()}
    told = (json.loads(line.details) for line in lines(edition.report.stream) if line.action == "issue")
    issued = next((one for one in told if one.get("edition") == edition.pk and "sha256" in one), None)
    if issued is None or issued["sha256"] != digests:
        raise Problem(_TAMPERED)
    return edition


def draft_of(edition: Edition) -> Draft:
    """The draft that an edition was printed from."""
    return draft_json.kept(edition.sha256["drafted"], edition.drafted)


def numbers_of(edition: Edition) -> list[Number]:
    return list(draft_of(edition).numbers)
