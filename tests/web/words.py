"""The words of the screens: which there are, what they are in English, and the compiled files that Django reads.

``python -m tests.web.words`` lists what has no English yet and makes the compiled files anew.
"""

from __future__ import annotations

import ast
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

WEB = Path(__file__).resolve().parents[2] / "src" / "baocao_web"
LANGUAGES = ("en", "vi")
_CALLED = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"})


def catalogue(language: str) -> Path:
    return WEB / "locale" / language / "LC_MESSAGES" / "django.po"


def collected() -> dict[str, str]:
    """Every word that templates and Python hand to translation, and the first place where it stands."""
    found: dict[str, str] = {}
    for path in sorted(WEB.rglob("*")):
        if path.suffix in (".html", ".txt") and "jinja2" in path.parts:
            words = _of_template(path.read_text(encoding="utf-8"))
        elif path.suffix == ".py" and "migrations" not in path.parts:
            words = _of_python(path.read_text(encoding="utf-8"))
        else:
            continue
        for line, word in words:
            found.setdefault(word, f"{path.relative_to(WEB)}:{line}")
    return found


def _of_template(source: str) -> Iterator[tuple[int, str]]:
    made = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    for line, _function, words in made.extract_translations(source):  # type: ignore[attr-defined]
        for word in words if isinstance(words, tuple) else (words,):
            if isinstance(word, str):
                yield line, word


def _of_python(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in _CALLED:
            for argument in node.args:
                yield from ((node.lineno, word) for word in _words(argument))


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _words(argument: ast.expr) -> Iterator[str]:
    """The strings that an argument may be; not those of a condition that only chooses between them."""
    if isinstance(argument, ast.IfExp):
        yield from _words(argument.body)
        yield from _words(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value


def read(path: Path) -> dict[str, str]:
    """What a catalogue says for each word, its header under the empty one. Raises ``ValueError`` on a word twice."""
    found: dict[str, str] = {}
    key, value, target = "", "", ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        if line.startswith("msgid "):
            key, target = ast.literal_eval(line[6:]), "key"
        elif line.startswith("msgid_plural "):
            key += "\0" + ast.literal_eval(line[13:])
        elif line.startswith(("msgstr ", "msgstr[0] ")):
            value, target = ast.literal_eval(line.partition(" ")[2]), "value"
        elif line.startswith('"'):
            more = ast.literal_eval(line)
            key, value = (key + more, value) if target == "key" else (key, value + more)
        elif target == "value":
            if key in found:
                raise ValueError(f"{path}: “{key}” stands twice")
            found[key] = value
            target = ""
    return found


def compiled(words: dict[str, str]) -> bytes:
    """A catalogue as gettext reads it: a table of words and one of what is said, both sorted by the words."""
    pairs = sorted((key.encode(), value.encode()) for key, value in words.items() if value)
    begin = 28
    at = begin + 16 * len(pairs)
    keys, values, text = b"", b"", b""
    for key, _ in pairs:
        keys += struct.pack("<II", len(key), at + len(text))
        text += key + b"\0"
    for _, value in pairs:
        values += struct.pack("<II", len(value), at + len(text))
        text += value + b"\0"
    head = struct.pack("<IIIIIII", 0x950412DE, 0, len(pairs), begin, begin + 8 * len(pairs), 0, at)
    return head + keys + values + text


def lacking() -> dict[str, str]:
    """Words without English, and where they stand."""
    known = read(catalogue("en"))
    return {word: place for word, place in collected().items() if not known.get(word)}


def main() -> int:
    for language in LANGUAGES:
        path = catalogue(language)
        path.with_suffix(".mo").write_bytes(compiled(read(path)))
    missing = lacking()
    for word, place in missing.items():
        print(f"{place}: {word}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
