"""``manage.py prepare_figures``: what pages of figures need of a large store, after an import or a restore.

``manage.py tick`` does the same every few minutes; here it is done at once.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from baocao.model.text import Text
from baocao_web.figures import live
from baocao_web.figures.feeding_in import feed_all
from baocao_web.pages import moment

_DONE = Text("đã lập bản chụp số liệu; biểu vào kho: {fed}", "a snapshot of the figures was built; forms fed in: {fed}")
_READY = Text("số liệu đã sẵn sàng; biểu vào kho: {fed}", "the figures are ready; forms fed in: {fed}")
_OTHER = Text("đang được chuẩn bị từ {at}", "being prepared since {at}")


class Command(BaseCommand):
    """Feeds figures in and builds the snapshot."""

    help = "Prepares the figures of a large store for its pages; to be run after an import or a restore."

    def handle(self, *args: Any, **options: Any) -> None:
        fed = feed_all()
        begun = live.under_way()
        if live.prepare():
            words = _DONE.fill(fed=fed)
        elif begun is not None:
            words = _OTHER.fill(at=moment(begun))
        else:
            words = _READY.fill(fed=fed)
        self.stdout.write(f"{words.vi}\n{words.en}")
