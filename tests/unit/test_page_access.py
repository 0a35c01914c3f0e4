"""The page for those who cannot see it: axe-core finds nothing, in light and in dark, wide and narrow."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baocao.model import Text
from baocao.showing.index import Entry, index
from baocao.showing.page import page
from tests.unit import sample_report as sample

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: axe-core was not run on the page")


@pytest.fixture(scope="module")
def list_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("list")
    document = sample.document(folder)
    entries = [Entry(document, sample.findings(document), 1, "a.html"), Entry(document, (), 0, "b.html")]
    file = folder / "index.html"
    file.write_text(index(entries, [("c.txt", Text("tệp rỗng", "empty"))], "vi"), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    document = sample.document(folder)
    file = folder / "page.html"
    file.write_text(page(0, sample.findings(document), (document,), sample.TITLES, "vi"), encoding="utf-8")
    return file


def test_axe_and_keys(page_file: Path, list_file: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: axe-core was not run")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            for width in (360, 1440):
                # axe is put into the page as a script, which the page's own policy forbids
                context = browser.new_context(
                    color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
                )
                for file in (page_file, list_file):
                    tab = context.new_page()
                    tab.goto(file.as_uri())
                    results = axe.Axe().run(tab)
                    assert results.violations_count == 0, results.generate_report()
                    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
                context.close()
        _step_through(browser.new_page(), page_file)
        browser.close()


def _step_through(tab, page_file: Path) -> None:  # type: ignore[no-untyped-def]
    tab.goto(page_file.as_uri())
    counter = tab.locator("#counter")
    tab.keyboard.press("j")
    tab.keyboard.press("ArrowRight")
    assert counter.inner_text() == "2 / 3"
    tab.keyboard.press("k")
    assert counter.inner_text() == "1 / 3"
    assert tab.evaluate("document.activeElement.id") == "f1"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.tagName") == "MARK"
    tab.keyboard.press("?")
    assert tab.locator("#help").is_visible()
    tab.keyboard.press("Escape")
    tab.locator("input[value=error]").uncheck()
    assert counter.inner_text().endswith("/ 2")
    assert not tab.locator("#f1").is_visible()
    tab.locator("#rule").select_option("value")
    assert counter.inner_text().endswith("/ 1")
