"""Annexes of decisions that were brought in, where each target taken from them stood, and plans that are drafts yet.

What is assigned lives in the core's store alone: no row here is a target that anybody must meet.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from baocao.model.observation import breakdown_of
from baocao_web.plans.subjects import Subject


class Annex(models.Model):
    """The annex of one decision as a file, with what people corrected in it before it was taken.

    ``sheets`` are its tables as JSON, ``corrections`` what cells are read as instead and what is left out; ``version``
    counts these. ``decision`` and ``holds_from`` are as they were typed.
    """

    unit = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    authority = models.CharField(max_length=120)
    decision = models.CharField(max_length=120)
    holds_from = models.DateField(null=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    sheets = models.TextField()
    hidden = models.JSONField(default=list)  # what the file hides, in both languages
    corrections = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    taken_by = models.CharField(max_length=150, blank=True)
    taken_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """The stream of the record that this file's history stands in."""
        return f"annex:{self.pk}"


class Source(models.Model):
    """Where a target came from: the cell of an annex, and what stood there. A target of the store is its own identity,
    so it is named by its address and its decision."""

    annex = models.ForeignKey(Annex, on_delete=models.PROTECT, related_name="sources")
    unit = models.CharField(max_length=40)
    indicator = models.CharField(max_length=80)
    breakdown = models.CharField(max_length=200, blank=True)  # "dan_toc=thieu_so"; "" for the whole
    year = models.PositiveSmallIntegerField()
    authority = models.CharField(max_length=120)
    decision = models.CharField(max_length=120)
    decided_on = models.DateField()
    place = models.CharField(max_length=200)
    seen = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "indicator"], name="sources_of_targets")]

    def __str__(self) -> str:
        return f"{self.place} {self.indicator}"


class Draft(models.Model):
    """A plan for a year to come that nobody has decided on: rules that move this year's plan on, and lines.

    ``rules`` are by group of indicators, under "" that of all others. ``authority`` is whose plan is moved on.
    ``until`` is the month up to which results are looked at; none: the last that there are figures of.
    """

    unit = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    authority = models.CharField(max_length=120)
    until = models.CharField(max_length=30, blank=True)
    rules = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)  # of title, month and rules; each line has its own
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    decision = models.CharField(max_length=120, blank=True)  # by which it was assigned in the end
    assigned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.title} {self.unit} {self.year}"

    @property
    def stream(self) -> str:
        """The stream of the record that this draft's history stands in."""
        return f"draft-plan:{self.pk}"


class Line(models.Model):
    """An indicator of a draft, or a part of it: its own rule ("" follows the group), or the target as typed."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="lines")
    indicator = models.CharField(max_length=80)
    breakdown = models.CharField(max_length=200, blank=True)
    rule = models.CharField(max_length=20, blank=True)
    amount = models.CharField(max_length=40, blank=True)
    typed = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "indicator", "breakdown"], name="a_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.subject.key}"

    @property
    def subject(self) -> Subject:
        """What the line asks for."""
        return Subject(self.indicator, breakdown_of(self.breakdown))
