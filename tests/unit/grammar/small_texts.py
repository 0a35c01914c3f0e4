"""Small fictional texts, read by the real readers from a real file."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from baocao import formats, grammar
from baocao.grammar.paper import Paper
from baocao.model import Claim

Kind = TypeVar("Kind", bound=Claim)


def paper_of(text: str, folder: Path) -> Paper:
    """The text as the text reader reads it, made ready for the families of claims."""
    path = folder / "báo cáo.txt"
    path.write_text(text + "\n", encoding="utf-8")
    return Paper(formats.read(path))


def claims_of(text: str, folder: Path, kind: type[Kind]) -> list[Kind]:
    """The claims of one very kind that a text makes, in the order of the text."""
    claims, _ = grammar.read(paper_of(text, folder).document)
    return [claim for claim in claims if type(claim) is kind]
