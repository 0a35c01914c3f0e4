"""People, what they are for which unit, and the record of what they did."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from baocao_web.people.roles import NAMES, Role


class Users(BaseUserManager["User"]):
    """How accounts are made."""

    def create_user(self, username: str, password: str | None = None, **given: object) -> User:
        """An account; without a password nobody can sign in by one."""
        user = self.model(username=self.model.normalize_username(username), **given)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser):
    """Somebody with an account. There is no superuser: rights come from grants alone."""

    username = models.CharField(_("tên đăng nhập"), max_length=150, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=200)
    position = models.CharField(_("chức vụ"), max_length=200, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    language = models.CharField(_("ngôn ngữ"), max_length=2, default="vi")
    unit = models.CharField(max_length=40, blank=True, default="")  # whose account it is: who may reset it
    one_time_until = models.DateTimeField(null=True, default=None)  # set while the password is one that another gave
    sign_outs = models.PositiveIntegerField(default=0)  # how often all sessions were ended at once
    is_active = models.BooleanField(_("đang dùng"), default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    granted: tuple[Grant, ...] | None = None  # the grants once they were looked up, for the life of a request

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = Users()

    def __str__(self) -> str:
        return self.full_name or self.username

    def end_sessions(self) -> None:
        """Let no session go on that stands now; the caller saves."""
        self.sign_outs += 1

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must still hold to go on: the password and how often all sessions were ended."""
        told = f"{self.password}:{self.sign_outs}"
        return salted_hmac(f"{__name__}.sessions", told, secret=secret, algorithm="sha256").hexdigest()


class Grant(models.Model):
    """That somebody has a role for a unit and all below it; ``sectors`` narrow it, none means every sector."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, NAMES[role]) for role in Role])
    unit = models.CharField(max_length=40)
    sectors = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "role", "unit"], name="a_role_once_a_unit")]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.unit}"


class Record(models.Model):
    """One thing that was done: never changed, never deleted, bound to the one before it in its stream.

    A stream is what must be told in order: an entry, a form, an account. ``request`` is what the caller named its
    call, so that a call that came twice is done once.
    """

    stream = models.CharField(max_length=80)
    place = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    action = models.CharField(max_length=20)
    unit = models.CharField(max_length=40)
    details = models.TextField()  # JSON as it was hashed, to the letter
    request = models.CharField(max_length=40, null=True)  # none is not a name: it may stand often
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "place"], name="one_record_a_place"),
            models.UniqueConstraint(fields=["stream", "request"], name="a_request_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.place} {self.action}"
