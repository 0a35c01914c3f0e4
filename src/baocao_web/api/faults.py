"""What is wrong with a field, in words of ours: a library's words are neither Vietnamese nor meant for officials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from baocao.model.text import Text
from baocao_web.api.problems import Fault

_OTHER = Text("giá trị không hợp lệ.", "the value is not valid.")
_WORDS: Final[Mapping[str, Text]] = {
    "missing": Text("thiếu trường này.", "this field is missing."),
    "extra_forbidden": Text("không có trường này; hãy bỏ đi.", "there is no such field; leave it out."),
    "string_type": Text(
        "phải là chuỗi ký tự; số liệu cũng ghi trong chuỗi, như “1234.5”.",
        "this must be a string; figures are written as strings too, like “1234.5”.",
    ),
    "string_too_short": Text("ít nhất {min_length} ký tự.", "{min_length} characters at least."),
    "string_too_long": Text("nhiều nhất {max_length} ký tự.", "{max_length} characters at most."),
    "string_pattern_mismatch": Text("không đúng dạng {pattern}.", "this does not match {pattern}."),
    "too_short": Text("ít nhất {min_length} mục.", "{min_length} items at least."),
    "too_long": Text("nhiều nhất {max_length} mục.", "{max_length} items at most."),
    "enum": Text("phải là một trong: {expected}.", "this must be one of: {expected}."),
    "greater_than_equal": Text("phải từ {ge} trở lên.", "this must be {ge} or more."),
    "less_than_equal": Text("phải từ {le} trở xuống.", "this must be {le} or less."),
    "int_type": Text("phải là số nguyên.", "this must be a whole number."),
    "int_parsing": Text("phải là số nguyên.", "this must be a whole number."),
    "int_parsing_size": Text("số quá lớn.", "the number is too large."),
    "int_from_float": Text("phải là số nguyên.", "this must be a whole number."),
    "bool_parsing": Text("phải là true hoặc false.", "this must be true or false."),
    "bool_type": Text("phải là true hoặc false.", "this must be true or false."),
    "dict_type": Text("phải là một đối tượng JSON.", "this must be a JSON object."),
    "model_type": Text("phải là một đối tượng JSON.", "this must be a JSON object."),
    "model_attributes_type": Text("phải là một đối tượng JSON.", "this must be a JSON object."),
    "list_type": Text("phải là một mảng JSON.", "this must be a JSON array."),
    "value_error": Text("chỉ ghi “value” hoặc “mark”, không ghi cả hai.", "tell “value” or “mark”, not both."),
}
_DAY: Final = Text("không phải là ngày; hãy ghi như 2026-11-05.", "this is no day; write it as 2026-11-05.")
_SOURCES: Final = {"query": "query", "path": "path", "header": "header"}


def of_validation(errors: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """The fields that are wrong, as the library found them."""
    return [_fault(error) for error in errors]


def _fault(error: Mapping[str, Any]) -> Fault:
    source, *path = (str(step) for step in error.get("loc", ("body",)))
    kind = str(error.get("type", ""))
    text = _DAY if kind.startswith("date") else _WORDS.get(kind, _OTHER)
    context = {name: str(value)[:200] for name, value in (error.get("ctx") or {}).items()}
    try:
        said = text.fill(**context)
    except KeyError:
        said = _OTHER
    if source in _SOURCES:
        return Fault(path[0] if path else "", said, _SOURCES[source])
    return Fault("".join(f"/{pointed(step)}" for step in _within_body(path)), said)


def _within_body(path: list[str]) -> list[str]:
    """The steps below the body: the first one is the name of a parameter of ours."""
    return path[1:] if path and path[0] == "given" else path


def pointed(step: str) -> str:
    """A step of a JSON pointer, short."""
    return step[:80].replace("~", "~0").replace("/", "~1")
