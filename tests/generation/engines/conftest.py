import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tongli.core import CultureContext, Language, Message, Plan, Reading


def completion(content, *, finish="stop", usage=(7, 5), **message):
    return {
        "choices": [{"message": {"content": content, **message}, "finish_reason": finish}],
        "usage": {"prompt_tokens": usage[0], "completion_tokens": usage[1]},
    }


class FakeEndpoint:
    """A chat endpoint on the loopback interface that answers from a script and remembers the requests.

    A step is a callable on the handler, or ``(status, headers, body)``; the last step repeats.
    """

    def __init__(self):
        self.steps = [(200, {}, completion(json.dumps({"reply": "All is well."})))]
        self.requests = []
        self.lock = threading.Lock()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with endpoint.lock:
                    endpoint.requests.append((self.path, dict(self.headers), json.loads(body)))
                    step = endpoint.steps.pop(0) if len(endpoint.steps) > 1 else endpoint.steps[0]
                if callable(step):
                    step(self)
                else:
                    self.answer(*step)

            def answer(self, status, headers, body):
                raw = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture
def endpoint():
    fake = FakeEndpoint()
    thread = threading.Thread(target=fake.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield fake
    fake.server.shutdown()
    fake.server.server_close()
    thread.join()


@pytest.fixture
def reply():
    return completion


@pytest.fixture
def plan():
    culture = CultureContext(lang="en", locale="en-GB", register="neutral", address="informal")
    return Plan(culture=culture, acts=("acknowledge", "next_step"), feeling="anger", intensity=2.0, seed=3)


@pytest.fixture
def reading():
    message = Message("My parcel 48213 never came.", history=("an earlier secret turn",))
    return Reading(message=message, language=Language(tag="en", score=1.0))
