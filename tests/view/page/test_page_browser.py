"""The HTML page in Chromium: it asks for nothing, fits a phone and a sheet of paper, and holds up to axe-core."""

import base64
import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader
from selenium import webdriver

from painlog.cli.session import begin_session
from painlog.domain.demo import demo_drafts
from tests.conftest import NOW, Once, Run
from tests.support.pages import CASES, Make, html_of, make

__all__ = ["make"]
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
_SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
PICTURE, MOST_BYTES = Path(__file__).parents[3] / ".github" / "screens" / "page.png", 150_000
_PAPER = {"A4": (8.27, 11.69), "Letter": (8.5, 11)}  # inches
_WIDTHS = (360, 1280)
_NO_SPEED = {"downloadThroughput": 0, "uploadThroughput": 0}
_TOO_WIDE = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs chromium and its driver: apt install chromium-driver"),
]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """A browser without a network that logs what it asks for."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for switch in (*_SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    try:
        command(driver, "Network.enable")
        command(driver, "Network.emulateNetworkConditions", offline=True, latency=0, **_NO_SPEED)
        yield driver
    finally:
        driver.quit()


def command(driver: webdriver.Chrome, name: str, **given: Any) -> Any:
    return driver.execute_cdp_cmd(name, given)


@pytest.fixture
def opened(make: Make, chromium: webdriver.Chrome, tmp_path: Path) -> Any:
    """Open a case's page from a file, as wide as is said."""

    def opener(name: str, width: int = _WIDTHS[1]) -> str:
        path = tmp_path / "page.html"
        if not path.exists():
            path.write_text(html_of(make(name)), encoding="utf-8")
        screen = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        command(chromium, "Emulation.setDeviceMetricsOverride", **screen)
        chromium.get(path.as_uri())
        return path.as_uri()

    return opener


def log(driver: webdriver.Chrome, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = driver.get_log(kind)  # type: ignore[no-untyped-call]
    return found


def requests(driver: webdriver.Chrome) -> list[str]:
    """The addresses asked for since the last look."""
    messages = [json.loads(entry["message"])["message"] for entry in log(driver, "performance")]
    sent = [one["params"] for one in messages if one["method"] == "Network.requestWillBeSent"]
    return [one["request"]["url"] for one in sent]


@pytest.mark.parametrize("name", ["week", "five weeks", "hostile", "crowded"])
def test_the_page_asks_for_nothing_and_says_nothing(name: str, opened: Any, chromium: webdriver.Chrome) -> None:
    requests(chromium)
    address = opened(name)
    assert requests(chromium) == [address]
    assert log(chromium, "browser") == []
    assert chromium.execute_script("return document.scripts.length") == 0


def test_the_log_of_requests_would_show_one(chromium: webdriver.Chrome, tmp_path: Path) -> None:
    other, page = tmp_path / "other.css", tmp_path / "page.html"
    other.write_text("")
    page.write_text('<link rel="stylesheet" href="other.css">')
    requests(chromium)
    chromium.get(page.as_uri())
    assert requests(chromium) == [page.as_uri(), other.as_uri()]


@pytest.mark.parametrize("name", CASES)
def test_the_page_fits_its_window_and_a_sheet(name: str, opened: Any, chromium: webdriver.Chrome) -> None:
    """More sheets are for what is never cut, of which only one case has more than a sheet holds."""
    for width in _WIDTHS:
        opened(name, width)
        assert chromium.execute_script(_TOO_WIDE) <= 0
    command(chromium, "Emulation.clearDeviceMetricsOverride")
    for paper, (wide, high) in _PAPER.items():
        printed = command(chromium, "Page.printToPDF", paperWidth=wide, paperHeight=high, preferCSSPageSize=True)
        sheets = PdfReader(BytesIO(base64.b64decode(printed["data"]))).pages
        assert len(sheets) == 1 or name == "crowded", paper
        assert all("continued" in sheet.extract_text() for sheet in sheets[1:])
        assert float(sheets[0].mediabox.width) == pytest.approx(wide * 72, abs=1)
        assert "no entry (not zero)" in " ".join(sheets[-1].extract_text().split())


@pytest.mark.parametrize("width", [*_WIDTHS, 650, 1000, 1160])
@pytest.mark.parametrize("name", ["week", "a year", "crowded"])
def test_no_figure_is_cut_at_the_edge_or_lies_over_another(
    name: str, width: int, opened: Any, chromium: webdriver.Chrome
) -> None:
    opened(name, width)
    assert reach(chromium) <= 0.5


@pytest.mark.parametrize("width", _WIDTHS)
@pytest.mark.parametrize("name", ["week", "a year", "hostile", "crowded", "empty"])
def test_the_page_holds_up_to_axe(name: str, width: int, opened: Any, chromium: webdriver.Chrome) -> None:
    opened(name, width)
    assert violations(chromium) == []


def test_the_picture_in_the_readme_is_of_the_page_of_the_made_up_days(
    run: Run,
    path: Path,
    recorded_once: Once,
    chromium: webdriver.Chrome,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """Pixels are a browser's own, so the picture names the page that it was made of by its digest.

    After a change that is meant, ``pytest --update-readme`` draws it anew.
    """

    def record() -> None:
        with begin_session(path, plain=False).writing() as journal:
            journal.record(demo_drafts(NOW), "demo")

    recorded_once("demo", record)
    page = tmp_path / "page.html"
    assert run("report", "--period", "28d", "-o", str(page)).code == 0
    digest = sha256(page.read_bytes()).hexdigest()
    drawn = draw_page(chromium, page)
    assert reach(chromium) <= 0.5
    if request.config.getoption("--update-readme"):
        named = PngInfo()
        named.add_text("page", digest)
        drawn.save(PICTURE, optimize=True, pnginfo=named)
    with Image.open(PICTURE) as picture:
        assert picture.info["page"] == digest
        assert (picture.width, picture.mode) == (drawn.width, "P")
    assert PICTURE.stat().st_size < MOST_BYTES


def reach(driver: webdriver.Chrome) -> float:
    """How far a figure in a table goes beyond its section, in pixels, at the most."""
    beyond = driver.execute_script(
        "return [...document.querySelectorAll('.grid tbody th, .grid td')].filter(cell => cell.textContent)"
        ".map(cell => cell.getBoundingClientRect().right - cell.closest('section').getBoundingClientRect().right)"
    )
    assert len(beyond) > 9
    return float(max(beyond))


def draw_page(driver: webdriver.Chrome, page: Path) -> Image.Image:
    """The whole page as a picture of few colours."""
    command(driver, "Emulation.setDeviceMetricsOverride", width=1200, height=800, deviceScaleFactor=1, mobile=False)
    driver.get(page.as_uri())
    taken = command(driver, "Page.captureScreenshot", captureBeyondViewport=True)
    with Image.open(BytesIO(base64.b64decode(taken["data"]))) as picture:
        return picture.convert("RGB").quantize(64, Image.Quantize.MAXCOVERAGE)


def test_axe_would_find_a_fault(chromium: webdriver.Chrome, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<p style="color: #eee">pale</p>')
    chromium.get(page.as_uri())
    assert {"color-contrast", "document-title", "html-has-lang"} <= set(violations(chromium))


def violations(driver: webdriver.Chrome) -> list[str]:
    """The rules that axe-core finds broken, best practices too."""
    source = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    driver.execute_script(source)
    found = driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    return [rule["id"] for rule in found["violations"]]
