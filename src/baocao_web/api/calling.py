"""Who calls: the token of a call, what it may, and how often."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpRequest
from ninja.security import HttpBearer

from baocao.model.text import Text
from baocao_web.api import sparing
from baocao_web.api.problems import Fault, Kind, Refused
from baocao_web.api.tokens import Caller, caller_of
from baocao_web.people.recording import BY_TOKEN

SAFE: Final = frozenset({"GET", "HEAD"})
_READS_ONLY = Text(
    "mã “{name}” chỉ được đọc; hãy dùng mã được phép ghi.", "the token “{name}” only reads; use one that may write."
)
_TOO_MANY = Text("hãy gọi lại sau {seconds} giây.", "call again in {seconds} seconds.")
_STRANGE = Text("không có tham số này; các tham số: {known}.", "there is no such parameter; there are: {known}.")
_NONE = Text("không có tham số nào", "none")
_CONVERTER: Final = re.compile(r"<(?:\w+:)?(\w+)>")


class ByToken(HttpBearer):
    """``Authorization: Bearer …``, and nothing else tells who calls."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller; from here on every act is his, under the token's name. Raises ``Refused``."""
        caller = caller_of(token)
        if caller is None:
            return None
        request.user = caller.user
        BY_TOKEN.set(caller.token.name)
        seconds = sparing.spend(caller.token)
        if seconds:
            raise Refused(Kind.TOO_MANY, _TOO_MANY.fill(seconds=seconds), more={"retry_after": seconds})
        if request.method not in SAFE and not caller.token.may_write:
            raise Refused(Kind.FORBIDDEN, _READS_ONLY.fill(name=caller.token.name))
        _refuse_strange(request)
        return caller


def _refuse_strange(request: HttpRequest) -> None:
    """A parameter that is not known is a mistake: it would be another question than the one that was meant."""
    from baocao_web.api.document import parameters  # it is made of the very operations that this stands before

    match = request.resolver_match
    assert match is not None  # or nobody would have asked who calls
    known = parameters(_CONVERTER.sub(r"{\1}", f"/{match.route}"), request.method or "")
    strange = [name for name in request.GET if name not in known]
    if strange:
        told = ", ".join(sorted(known))
        text = (
            _STRANGE.fill(known=told)
            if told
            else Text(_STRANGE.vi.format(known=_NONE.vi), _STRANGE.en.format(known=_NONE.en))
        )
        raise Refused(Kind.INVALID, None, [Fault(name[:80], text, "query") for name in strange[:20]])
