"""What a report leaves blank around its text, which people fill in before it goes out: by hand, or by issuing it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from baocao.model.draft import Draft

_NUMBER: Final = _("số văn bản")
_DAY: Final = _("ngày ban hành")
_SIGNER: Final = _("họ tên người ký")
_PLACE: Final = _("nơi ban hành")
_LINES: Final = _("chức vụ người ký")
_RECIPIENTS: Final = _("nơi nhận")


def blanks_of(draft: Draft) -> list[object]:
    """The names of what is not there yet, in the order of the page."""
    head, signature = draft.head, draft.signature
    told = (
        (_NUMBER, head.number),
        (_PLACE, head.place),
        (_DAY, head.on),
        (_LINES, signature.lines),
        (_SIGNER, signature.name),
        (_RECIPIENTS, draft.recipients),
    )
    return [name for name, found in told if not found]
