"""What the things are called that a line of the record holds."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

_NAMES: Final = {
    "annex": _("phụ lục"),
    "authority": _("cấp giao"),
    "before": _("trước đó"),
    "cells": _("ô"),
    "code": _("mã"),
    "days": _("số ngày"),
    "decision": _("quyết định"),
    "digest": _("dấu số liệu"),
    "draft": _("bản dự kiến"),
    "due_on": _("hạn"),
    "entries": _("số biểu"),
    "entry": _("biểu"),
    "factors": _("bước hai"),
    "fields": _("mục đổi"),
    "file": _("tệp"),
    "form": _("mẫu biểu"),
    "ids": _("số hiệu"),
    "indicators": _("chỉ tiêu"),
    "issued_with": _("ban hành kèm theo"),
    "kind": _("loại"),
    "lacks": _("còn thiếu"),
    "language": _("ngôn ngữ"),
    "lines": _("số dòng"),
    "method": _("cách gọi"),
    "named": _("tên"),
    "now": _("nay"),
    "number": _("số"),
    "of": _("đơn vị"),
    "on": _("ngày"),
    "outline": _("đề cương"),
    "owner": _("chủ trì"),
    "page": _("trang"),
    "percent": _("phần trăm"),
    "period": _("kỳ"),
    "provider": _("nơi xác nhận"),
    "reason": _("lý do"),
    "revision": _("bản ghi của kho"),
    "role": _("vai trò"),
    "roles": _("vai trò"),
    "round": _("đợt"),
    "sectors": _("lĩnh vực"),
    "sha256": _("dấu tệp"),
    "state": _("trạng thái"),
    "step": _("bước"),
    "task": _("nhiệm vụ"),
    "text": _("nội dung"),
    "title": _("tên"),
    "to": _("đến"),
    "unit": _("đơn vị"),
    "units": _("số đơn vị"),
    "until": _("đến ngày"),
    "version": _("phiên bản"),
    "ways": _("cách"),
    "writes": _("được ghi"),
    "year": _("năm"),
}


def detail_name(key: str) -> object:
    """What a detail is called; nothing where it has no name for people."""
    return _NAMES.get(key, "")
