"""Tokens by which programs act for people, and the answers of calls that may come twice."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from baocao_web.people.models import User


class Token(models.Model):
    """That a program may act for somebody, for one unit and in some of his roles, until a day.

    The secret is shown once and never kept: ``digest`` is its SHA-256, ``shown`` the letters by which a person tells
    it from others. ``minute`` and ``spent`` count its calls, in minutes since 1970.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=40)
    roles = models.JSONField(default=list)
    may_write = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, unique=True)
    shown = models.CharField(max_length=12)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)
    last_used_at = models.DateTimeField(null=True)
    minute = models.BigIntegerField(default=0)
    spent = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "name"], name="a_token_name_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.name}"

    def holds_at(self, moment: datetime) -> bool:
        """Whether it opens anything at a moment."""
        return self.revoked_at is None and moment < self.expires_at


class Answered(models.Model):
    """The answer of a call that changed something, by the key that its caller gave it: the same call gets it again."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE)
    key = models.CharField(max_length=80)
    call = models.CharField(max_length=64)  # digest of what was asked for
    at = models.DateTimeField(auto_now_add=True)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="a_call_once")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"
