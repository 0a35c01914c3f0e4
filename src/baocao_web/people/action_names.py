"""What the acts that the record tells of are called."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

_NAMES: Final = {
    "enter": _("nhập số liệu"),
    "workbook": _("ghi nhận từ tệp Excel"),
    "submit": _("nộp biểu"),
    "approve": _("duyệt"),
    "return": _("trả lại"),
    "correct": _("mở để đính chính"),
    "extend": _("gia hạn"),
    "comment": _("ghi ý kiến"),
    "gather": _("lấy số tổng hợp"),
    "move_days": _("đổi ngày của đợt"),
    "close_round": _("khóa đợt"),
    "reopen_round": _("mở lại đợt"),
    "design": _("lập biểu"),
    "open": _("mở đợt báo cáo"),
    "remind": _("nhắc nộp biểu"),
    "chase": _("lập công văn đôn đốc"),
    "assign": _("giao chỉ tiêu"),
    "assign_corrected": _("sửa chỉ tiêu gõ nhầm"),
    "annex": _("nhập phụ lục giao chỉ tiêu"),
    "plan_ahead": _("soạn dự kiến kế hoạch"),
    "plan_ahead_deleted": _("xóa bản dự kiến kế hoạch"),
    "track": _("cập nhật nhiệm vụ"),
    "task_assign": _("giao nhiệm vụ"),
    "task_amend": _("sửa nhiệm vụ"),
    "task_drop": _("thôi theo dõi nhiệm vụ"),
    "draft": _("soạn báo cáo"),
    "proof_read": _("soát báo cáo"),
    "issue": _("ban hành báo cáo"),
    "seal": _("niêm phong nhật ký"),
    "refused": _("bị từ chối"),
    "sign_in": _("đăng nhập"),
    "sign_in_failed": _("đăng nhập không được"),
    "sign_out": _("thoát"),
    "sign_out_all": _("thoát trên mọi máy"),
    "own_password": _("tự đặt mật khẩu"),
    "own_language": _("tự chọn ngôn ngữ"),
    "factor_added": _("thêm xác thực bước hai"),
    "factor_removed": _("bỏ xác thực bước hai"),
    "codes_made": _("tạo mã dự phòng"),
    "identity_tied": _("gắn danh tính"),
    "identity_untied": _("bỏ gắn danh tính"),
    "account_opened": _("lập tài khoản"),
    "account_amended": _("sửa tài khoản"),
    "account_closed": _("khóa tài khoản"),
    "account_reopened": _("mở lại tài khoản"),
    "password_reset": _("cấp lại mật khẩu"),
    "rekey": _("mã hóa lại khóa bước hai"),
    "role_given": _("giao vai trò"),
    "role_taken": _("thu vai trò"),
    "token_made": _("lập mã truy cập"),
    "token_revoked": _("thu hồi mã truy cập"),
}


def action_name(action: str) -> str:
    """What an act is called; its own word where it has no name yet."""
    return str(_NAMES.get(action, action))


def action_names() -> list[tuple[str, str]]:
    """All acts that have names, by them."""
    return sorted(((action, action_name(action)) for action in _NAMES), key=lambda pair: pair[1])
