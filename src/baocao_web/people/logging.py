"""The log's lines: one JSON object each, of the run and never of people: no names, no addresses, no figures."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class Lines(logging.Formatter):
    """One event a line; of an error where it happened and of which kind, not what it held."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, object] = {"at": at, "level": record.levelname.lower(), "from": record.name}
        told["event"] = _event(record)
        status = getattr(record, "status_code", None)
        if status is not None:
            told["status"] = status
        if record.exc_info and record.exc_info[0] is not None:
            told["error"] = record.exc_info[0].__name__
            told["where"] = _places(record)
        return json.dumps(told, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    """What happened, without what people typed: that stands in a line's arguments, and in words of refused requests."""
    if isinstance(record.msg, BaseException):
        return type(record.msg).__name__
    if record.name.startswith("django.security."):
        return record.name.rpartition(".")[2]
    return str(record.msg)


def _places(record: logging.LogRecord) -> list[str]:
    """The way through the code to an error, the last step last."""
    assert record.exc_info is not None
    step, places = record.exc_info[2], []
    while step is not None:
        code = step.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/site-packages/')[2]}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return places[-12:]
