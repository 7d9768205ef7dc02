"""One server and one browser for all tests of pages; a fresh context, like a new profile, for each."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("nicegui", reason="the extra studio is not installed")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe_api = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
SHOTS = Path(os.environ.get("TONGLI_SCREENSHOTS", "build/screenshots"))
_PATIENCE = 60_000
_SENT = "() => !Object.keys(sessionStorage).some((key) => key.startsWith('tongli:'))"
_QUIET = """() => {
  if (!window.stirred) {
    window.stirred = performance.now();
    const watch = new MutationObserver(() => { window.stirred = performance.now() });
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    watch.observe(document.getElementById("main"), all);
  }
  const working = [...document.querySelectorAll("progress")].some((bar) => bar.checkVisibility());
  return !working && performance.now() - window.stirred > 500;
}"""


def pytest_collection_modifyitems(items):
    """Browser tests come last: while Playwright is open, its event loop bars any other."""
    items.sort(key=lambda item: Path(__file__).parent in item.path.parents)


@pytest.fixture(scope="session")
def server(tmp_path_factory, studio_models) -> Iterator[str]:
    """The address of ``tongli studio``, with the secret of its start."""
    with start(tmp_path_factory.mktemp("studio")) as (_, address):
        yield address


@pytest.fixture(scope="session")
def studio_models():
    """The real models, prepared as users prepare them."""
    from tongli.core import Settings
    from tongli.encoders import store

    store.pull(Settings.from_env())


@contextmanager
def start(home: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of its own, which keeps everything in a folder; and the address that it prints."""
    database = f"sqlite:///{home / 'studio.db'}"
    command = [
        sys.executable,
        "-m",
        "tongli",
        "studio",
        "--no-browser",
        "--database",
        database,
        "--port",
        "0",
    ]
    own = {
        "TONGLI_PEOPLE": str(home / "people.json"),
        "TONGLI_STYLES": str(home / "styles"),
        "TONGLI_OFFLINE": "1",
        "PYTHONUNBUFFERED": "1",
    }
    with subprocess.Popen(
        [*command, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | own,
    ) as started:
        assert started.stdout is not None
        found = re.search(r"http://\S+", started.stdout.readline())
        assert found, "the server did not tell its address"
        try:
            yield started, found[0]
        finally:
            started.kill()


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium, for a module: Playwright keeps a loop running that other tests would trip over."""
    if not Path(CHROMIUM).exists():
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        options = ["--no-sandbox", "--use-fake-device-for-media-stream"]  # its microphone beeps
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield started
        started.close()


@pytest.fixture
def visit(browser, server) -> Iterator[Callable[..., Studio]]:
    """Open a page as a new visitor; nothing may be asked of another host, and no script may fail."""
    with visits(browser, server) as opened:
        yield opened


@pytest.fixture(scope="module")
def visit_once(browser, server) -> Iterator[Callable[..., Studio]]:
    """The same, for pages that all tests of a module look at."""
    with visits(browser, server) as opened:
        yield opened


@contextmanager
def visits(browser, server: str) -> Iterator[Callable[..., Studio]]:
    """What opens pages; at the end all are closed."""
    opened: list[Studio] = []

    def open_page(page: str, *, lang: str = "en", width: int = 1440, **options) -> Studio:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, accept_downloads=True, **options
        )
        context.set_default_timeout(_PATIENCE)
        studio = Studio(context.new_page(), server)
        opened.append(studio)
        studio.open(page, lang=lang)
        return studio

    yield open_page
    for studio in opened:
        studio.page.context.close()
        assert studio.strangers == set(), "a page asked another host"
        assert studio.troubles == [], "a script failed"


class Studio:
    """A visitor's window."""

    def __init__(self, page, server: str) -> None:
        self.page = page
        self.server = server
        self.host = server.split("/")[2]
        self.strangers: set[str] = set()
        self.troubles: list[str] = []
        page.on("request", self._asked)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("dialog", lambda dialog: (self.troubles.append(dialog.message), dialog.dismiss()))

    def _asked(self, request) -> None:
        kind, _, rest = request.url.partition("://")
        if kind in {"http", "https", "ws", "wss"} and rest.split("/")[0] != self.host:
            self.strangers.add(rest.split("/")[0])

    def open(self, page: str, *, lang: str = "en") -> None:
        """Go to a page, with the secret of the printed address, and wait until it answers."""
        _, _, secret = self.server.partition("?")
        sign = "&" if "?" in page else "?"
        self.page.goto(f"http://{self.host}/studio/{lang}/{page}{sign}{secret}")
        self.settle()

    def settle(self) -> None:
        """Wait until the page is connected."""
        self.page.wait_for_selector("#main h1")
        self.page.wait_for_function("() => window.socket?.connected")

    def saved(self) -> None:
        """Wait until the server has all that was typed: then the browser keeps no copy."""
        self.page.wait_for_function(_SENT)

    def quiet(self) -> None:
        """Wait until nothing on the page has changed for a moment, and no work goes on."""
        self.page.wait_for_function(_QUIET, timeout=2 * _PATIENCE)

    def button(self, name: str, *, exact: bool = True):
        """A button by its name."""
        return self.page.get_by_role("button", name=name, exact=exact).first

    def status(self, text: str | re.Pattern[str]) -> None:
        """Wait until the page tells this."""
        told = sync_api.expect(self.page.get_by_role("status"))
        told.to_contain_text(text, timeout=_PATIENCE)

    def problems(self) -> list[str]:
        """Serious and critical findings of axe."""
        found = axe_api.Axe().run(self.page).response["violations"]
        return [
            f"{item['id']}: {node['html'][:120]}"
            for item in found
            if item["impact"] in {"serious", "critical"}
            for node in item["nodes"]
        ]

    def shot(self, name: str) -> None:
        """Keep a picture for people."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


@pytest.fixture
def serving():
    """Start a server of one's own: a context manager that takes its folder, and options."""
    return start


@pytest.fixture
def window():
    """Open a window of a new profile; the test closes its context."""

    def opened(browser, server: str) -> Studio:
        context = browser.new_context()
        context.set_default_timeout(_PATIENCE)
        return Studio(context.new_page(), server)

    return opened


@pytest.fixture
def expect():
    """Assertions that wait."""
    sync_api.expect.set_options(timeout=_PATIENCE)
    return sync_api.expect
