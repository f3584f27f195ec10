"""The page in a real browser: nothing fetched, no error, tables sort, axe finds no fault."""

import os
import shutil
from contextlib import contextmanager

import pytest

import stancekit
from tests.reporting.test_report import HOSTILE
from tests.support.evening import labelled

pytestmark = pytest.mark.slow

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no chromium here: apt-get install chromium")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as play:
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        one = play.chromium.launch(executable_path=CHROMIUM, args=root)
        yield one
        one.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    posts = labelled(900)
    hostile = [HOSTILE[n % len(HOSTILE)] for n in range(len(posts))]
    posts["text"] = posts["text"] + " " + hostile
    posts["evidence"] = "+clown +thank"
    sample = posts.sample(150, random_state=1)[["id", "label"]].astype(str)
    written = tmp_path_factory.mktemp("page") / "report.html"
    stancekit.report(
        posts,
        written,
        title=HOSTILE[0],
        checked=sample.rename(columns={"label": "true_label"}),
        examples=50,
    )
    return written


@contextmanager
def opened(browser, file, **options):
    """A page, and what it asked for or complained of."""
    context = browser.new_context(**options)
    page = context.new_page()
    told = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: told.append("a dialog"))
    page.on(
        "request",
        lambda one: None if one.url.startswith(("file:", "data:")) else told.append(one.url),
    )
    page.goto(file.as_uri())
    yield page, told
    context.close()


def cells(page, table, column):
    return page.locator(f"#{table} tbody tr:visible > :nth-child({column})").all_inner_texts()


def test_it_fetches_nothing_and_complains_of_nothing(browser, file):
    with opened(browser, file) as (page, told):
        assert page.title() == HOSTILE[0]
        assert page.locator("script").count() == 1
        assert page.locator("img, iframe, object, embed").count() == 0
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert told == []


def test_tables_sort_by_numbers_and_by_words_and_say_so(browser, file):
    with opened(browser, file) as (page, told):
        head = page.locator("#t-hashtags thead th")
        counts = [int(one.replace(",", "")) for one in cells(page, "t-hashtags", 2)]
        head.nth(1).locator("button").click()
        assert head.nth(1).get_attribute("aria-sort") == "descending"
        falling = [int(one.replace(",", "")) for one in cells(page, "t-hashtags", 2)]
        assert falling == sorted(counts, reverse=True)
        head.nth(1).locator("button").press("Enter")
        assert head.nth(1).get_attribute("aria-sort") == "ascending"
        head.nth(0).locator("button").press("Space")
        assert head.nth(1).get_attribute("aria-sort") is None
        assert cells(page, "t-hashtags", 1) == sorted(cells(page, "t-hashtags", 1))
        assert told == []


def test_tables_can_be_searched(browser, file):
    with opened(browser, file) as (page, told):
        every = len(cells(page, "t-hashtags", 1))
        page.get_by_label("Find in this table").last.scroll_into_view_if_needed()
        page.locator("#t-hashtags-find").fill("savethe")
        assert cells(page, "t-hashtags", 1) == ["#savethetram"]
        assert page.locator("[data-count=t-hashtags]").inner_text() == f"1 of {every} rows"
        page.locator("#t-hashtags-find").fill("")
        assert len(cells(page, "t-hashtags", 1)) == every
        assert told == []


def test_it_can_be_walked_with_the_keyboard(browser, file):
    with opened(browser, file) as (page, _):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main"


@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_narrow_and_wide(browser, file, width):
    with opened(browser, file, viewport={"width": width, "height": 800}) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(browser, file, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe here")
    with opened(browser, file, color_scheme=scheme, bypass_csp=True) as (page, _):
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        found = axe.Axe().run(page)
        faults = [
            f"{one['impact']} {one['id']}: {one['nodes'][0]['html'][:200]}"
            for one in found.response["violations"]
        ]
        assert faults == []


def test_on_paper_all_examples_are_open(browser, file):
    with opened(browser, file) as (page, _):
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details.group:not([open])").count() == 0
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("details.group:not([open])").count() > 0
