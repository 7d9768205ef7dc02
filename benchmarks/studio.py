"""The Studio under load: people who read at once, and the first page in a browser.

    python benchmarks/studio.py [--people 20] [--reads 5] [--pause 15] [--starts 5] [--json out.json]

A server of its own is started, on a new database. People are WebSocket clients that open the page Read, type
a text and press Read, over texts of about 20 tokens in several languages. *Answer* is the time from the press
to the bars and claims; *words* is the time to the evidence, which gives way to answers. In the first part all
press at the same moment and wait for each other; in the second each pauses, for ``--pause`` seconds on
average. The first page is timed in Debian's Chromium with an empty cache, from the address to a page that is
connected and can be typed into; the very first one comes while the models still load.
"""

from __future__ import annotations

import asyncio
import html
import json
import random
import re
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import socketio

from latency import TEXTS
from measurement import Target, arguments, at_least_one, hardware, percentile, report, spread

_ELEMENTS = re.compile(r"parseElements\(String\.raw`(.*?)`\)", re.DOTALL)
_CLIENT = re.compile(r"""['"]client_id['"]: ?['"]([^'"]+)""")
_CHROMIUM = "/usr/bin/chromium"
_PATIENCE = 120.0


@contextmanager
def server() -> Iterator[str]:
    """The address of a new Studio."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/studio.db"
        command = [sys.executable, "-m", "tongli", "studio", "--no-browser", "--database", database]
        with subprocess.Popen(
            [*command, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            try:
                yield line.split()[-1]
            finally:
                process.kill()


class Person:
    """Somebody with the page Read open."""

    def __init__(self, page: str, socket: socketio.AsyncClient) -> None:
        found = _ELEMENTS.search(page)
        client = _CLIENT.search(page)
        assert found, "the page holds no elements"
        assert client, "the page names no client"
        self.client = client[1]
        elements = json.loads(html.unescape(found[1]))
        self.editor = next(key for key, each in elements.items() if "keep" in each.get("props", {}))
        events = elements[self.editor]["events"]
        self.listeners = {each["type"]: each["listener_id"] for each in events}
        self.socket = socket
        self.answer = asyncio.Event()
        self.words = asyncio.Event()
        socket.on("update", self._updated)

    def _updated(self, data: dict[str, Any]) -> None:
        shown = json.dumps(data)
        if 'class=\\"bars\\"' in shown:
            self.answer.set()
        if '"Read: ' in shown:
            self.words.set()

    async def emit(self, kind: str, *args: str) -> None:
        """An event of the text field."""
        told = {"id": int(self.editor), "client_id": self.client, "listener_id": self.listeners[kind]}
        await self.socket.emit("event", {**told, "args": [json.dumps(each) for each in args]})

    async def read(self, text: str) -> tuple[float, float]:
        """Milliseconds to the answer, and to the words behind it."""
        await self.emit("edit", text)
        self.answer.clear()
        self.words.clear()
        start = time.perf_counter()
        await self.emit("submit")
        await asyncio.wait_for(self.answer.wait(), _PATIENCE)
        answer = time.perf_counter() - start
        await asyncio.wait_for(self.words.wait(), _PATIENCE)
        return 1000 * answer, 1000 * (time.perf_counter() - start)


async def arrive(address: str) -> Person:
    """Somebody new, on the page Read in English."""
    host = "/".join(address.split("/")[:3])
    async with httpx.AsyncClient(follow_redirects=True, timeout=_PATIENCE) as web:
        await web.get(address, headers={"accept": "text/html"})
        page = (await web.get(f"{host}/studio/en/read", headers={"accept": "text/html"})).text
        cookies = "; ".join(f"{name}={value}" for name, value in web.cookies.items())
    socket = socketio.AsyncClient()
    person = Person(page, socket)
    query = f"client_id={person.client}&next_message_id=0&implicit_handshake=true"
    await socket.connect(
        f"{host}?{query}&document_id={uuid.uuid4()}&tab_id={uuid.uuid4()}",
        headers={"Cookie": cookies, "Origin": host},
        transports=["websocket"],
        socketio_path="/studio/_nicegui_ws/socket.io",
    )
    return person


async def together(people: list[Person], *, reads: int) -> list[tuple[float, float]]:
    """All press at the same moment, ``reads`` times."""
    texts = list(TEXTS.values())
    found: list[tuple[float, float]] = []
    for turn in range(reads):
        each = [person.read(texts[(turn + at) % len(texts)]) for at, person in enumerate(people)]
        found += await asyncio.gather(*each)
    return found


async def paced(people: list[Person], *, reads: int, pause: float) -> list[tuple[float, float]]:
    """Each reads by themselves, with pauses that are exponentially distributed."""
    draw = random.Random(0)

    async def one(person: Person) -> list[tuple[float, float]]:
        found = []
        for text in islice((text for _ in range(reads) for text in TEXTS.values()), reads):
            await asyncio.sleep(draw.expovariate(1 / pause))
            found.append(await person.read(text))
        return found

    return [each for person in await asyncio.gather(*map(one, people)) for each in person]


def first_pages(address: str, *, count: int) -> list[float]:
    """Seconds until the page can be typed into, in a new profile each time."""
    from playwright.sync_api import sync_playwright

    host = "/".join(address.split("/")[:3])
    seconds = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        for _ in range(count):
            page = browser.new_page()
            page.context.request.get(address)
            start = time.perf_counter()
            page.goto(f"{host}/studio/en/read")
            page.wait_for_selector("textarea")
            page.wait_for_function("() => window.socket?.connected")
            seconds.append(time.perf_counter() - start)
            page.context.close()
        browser.close()
    return seconds


def told(found: list[tuple[float, float]]) -> dict[str, float]:
    """Percentiles in milliseconds."""
    answers, words = zip(*found, strict=True)
    return {
        "reads": len(found),
        "answer_p50": round(percentile(answers, 0.5), 1),
        "answer_p95": round(percentile(answers, 0.95), 1),
        "words_p50": round(percentile(words, 0.5), 1),
        "words_p95": round(percentile(words, 0.95), 1),
    }


async def load(address: str, *, people: int, reads: int, pause: float) -> dict[str, dict[str, float]]:
    """Both parts, after an unmeasured turn."""
    visitors = [await arrive(address) for _ in range(people)]
    await together(visitors, reads=1)
    found = {
        "together": told(await together(visitors, reads=reads)),
        "paced": told(await paced(visitors, reads=reads, pause=pause)),
    }
    for person in visitors:
        await person.socket.disconnect()
    return found


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--people", type=at_least_one, default=20, help="who read at once")
    parser.add_argument("--reads", type=at_least_one, default=5, help="texts of each, in both parts")
    parser.add_argument("--pause", type=float, default=15.0, help="seconds between two texts, on average")
    parser.add_argument("--starts", type=at_least_one, default=5, help="first pages")
    options = parser.parse_args()
    machine = hardware("nicegui")
    print(machine, flush=True)
    result: dict[str, Any] = {"hardware": asdict(machine)}
    with server() as address:
        if Path(_CHROMIUM).exists():
            pages = first_pages(address, count=options.starts + 1)
            result["first_page_s"] = {"while_loading": pages[0], "later": spread(pages[1:])}
            print(f"first page while loading {pages[0]:.2f} s, later {spread(pages[1:])} s", flush=True)
        found = asyncio.run(load(address, people=options.people, reads=options.reads, pause=options.pause))
    for name, each in found.items():
        print(name, each)
    result |= found
    targets = [
        Target(
            name=f"{options.people} people, {name}: answer, p95 in ms",
            value=each["answer_p95"],
            limit=500,
            better="lower",
        )
        for name, each in found.items()
    ]
    if "first_page_s" in result:
        worst = max(result["first_page_s"]["while_loading"], result["first_page_s"]["later"].high)
        targets.append(Target(name="first page, s", value=worst, limit=2, better="lower"))
    report(result, targets=targets, path=options.json)


if __name__ == "__main__":
    main()
