"""Accounts, grants and the record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=150, unique=True, verbose_name="tên đăng nhập")),
                ("full_name", models.CharField(max_length=200, verbose_name="họ và tên")),
                ("position", models.CharField(blank=True, max_length=200, verbose_name="chức vụ")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử")),
                ("language", models.CharField(default="vi", max_length=2, verbose_name="ngôn ngữ")),
                ("is_active", models.BooleanField(default=True, verbose_name="đang dùng")),
                ("date_joined", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stream", models.CharField(max_length=80)),
                ("place", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                ("action", models.CharField(max_length=20)),
                ("unit", models.CharField(max_length=40)),
                ("details", models.TextField()),
                ("request", models.CharField(max_length=40, null=True)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("stream", "place"), name="one_record_a_place"),
                    models.UniqueConstraint(fields=("stream", "request"), name="a_request_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reporter", "Người nhập số liệu"),
                            ("approver", "Người duyệt của đơn vị"),
                            ("compiler", "Chuyên viên tổng hợp"),
                            ("leader", "Lãnh đạo"),
                            ("reviewer", "Người xem và soát"),
                            ("administrator", "Quản trị"),
                        ],
                        max_length=20,
                    ),
                ),
                ("unit", models.CharField(max_length=40)),
                ("sectors", models.JSONField(default=list)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="grants", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "role", "unit"), name="a_role_once_a_unit")],
            },
        ),
    ]
