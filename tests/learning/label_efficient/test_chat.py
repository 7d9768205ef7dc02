from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace

import pytest

from tongli.core import ConfigError, EngineError, Settings
from tongli.learning.label_efficient.chat import OpenAIChat
from tongli.learning.label_efficient.chats import open_chat

TURNS = [{"role": "user", "content": "x"}]
SCHEMA = {"type": "object"}


@pytest.fixture
def chat(endpoint):
    return OpenAIChat(
        env={
            "TONGLI_OPENAI_BASE_URL": endpoint.url,
            "TONGLI_OPENAI_MODEL": "some",
            "TONGLI_OPENAI_API_KEY": "s3cret",
        }
    )


def test_one_reply_by_schema(chat, endpoint, reply):
    endpoint.steps = [(200, {}, reply('{"labels": []}'))]
    assert chat.ask(TURNS, SCHEMA) == '{"labels": []}'
    path, headers, body = endpoint.requests[0]
    assert (path, headers["Authorization"]) == ("/v1/chat/completions", "Bearer s3cret")
    assert (body["model"], body["temperature"], body["messages"]) == ("some", 0, TURNS)
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert chat.name == "openai:some"


def test_an_endpoint_that_refuses_schemas_is_asked_without(chat, endpoint, reply):
    endpoint.steps = [(400, {}, {}), (200, {}, reply("yes"))]
    assert chat.ask(TURNS, SCHEMA) == "yes"
    chat.ask(TURNS, SCHEMA)
    assert ["response_format" in body for *_, body in endpoint.requests] == [True, False, False]


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (401, {}, "engine.refused"),
        (400, {}, "engine.refused"),
        (200, b"<html>", "engine.bad-reply"),
        (200, [], "engine.bad-reply"),
        (200, {"choices": []}, "engine.bad-reply"),
        (200, {"choices": [{"message": {"content": None}}]}, "engine.bad-reply"),
    ],
)
def test_failures_have_codes_and_keep_the_key(chat, endpoint, status, body, code):
    endpoint.steps = [(status, {}, body)]
    with pytest.raises(EngineError) as failure:
        chat.ask(TURNS, SCHEMA)
    assert failure.value.code == code
    assert "s3cret" not in str(failure.value)


def test_engines_by_name(monkeypatch, tmp_path):
    settings = Settings(cache=tmp_path, threads=1, offline=True)
    monkeypatch.delenv("TONGLI_OPENAI_BASE_URL", raising=False)
    with pytest.raises(EngineError, match=r"engine\.no-url"):
        open_chat("openai", settings=settings)
    monkeypatch.setenv("TONGLI_OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.delenv("TONGLI_OPENAI_MODEL", raising=False)
    with pytest.raises(EngineError, match=r"engine\.no-model"):
        open_chat("openai", settings=settings)
    assert open_chat("openai:org/some:7b", settings=settings).name == "openai:org/some:7b"
    with pytest.raises(EngineError, match=r"engine\.no-model"):
        open_chat("gguf:nowhere.gguf", settings=settings)
    with pytest.raises(ConfigError, match=r"plugin\.unknown"):
        open_chat("oracle", settings=settings)


class FakeServer:
    """Answers as llama.cpp does without streaming."""

    requests: list
    answer: dict

    def __init__(self, params):
        if params.model.path.endswith("broken.gguf"):
            raise RuntimeError

    def handle_chat_completions(self, request, callback):
        self.requests.append(request)
        assert callback(self.answer) is False


@pytest.fixture
def llama(monkeypatch):
    module = ModuleType("xllamacpp")
    module.CommonParams = lambda: SimpleNamespace(
        model=SimpleNamespace(path=""), cpuparams=SimpleNamespace(), cpuparams_batch=SimpleNamespace()
    )
    module.Server = FakeServer
    monkeypatch.setitem(sys.modules, "xllamacpp", module)
    monkeypatch.setattr(FakeServer, "requests", [], raising=False)
    return FakeServer


def test_a_local_model_is_held_to_the_schema(llama, tmp_path, monkeypatch, reply):
    settings = Settings(cache=tmp_path, threads=1, offline=True)
    for name in ("some.gguf", "broken.gguf"):
        (tmp_path / name).write_bytes(b"GGUF")
    chat = open_chat(f"gguf:{tmp_path / 'some.gguf'}", settings=settings)
    monkeypatch.setattr(llama, "answer", reply('{"labels": []}'), raising=False)
    assert chat.ask(TURNS, SCHEMA) == '{"labels": []}'
    assert llama.requests[0]["response_format"]["json_schema"]["schema"] == SCHEMA
    assert (chat.name, chat.parallel) == ("gguf:some.gguf", 1)
    monkeypatch.setattr(llama, "answer", {"error": {"type": "exceed_context_size_error"}})
    with pytest.raises(EngineError, match=r"engine\.bad-reply"):
        chat.ask(TURNS, SCHEMA)
    with pytest.raises(EngineError, match=r"engine\.load"):
        open_chat(f"gguf:{tmp_path / 'broken.gguf'}", settings=settings)
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(EngineError, match=r"engine\.extra"):
        open_chat(f"gguf:{tmp_path / 'some.gguf'}", settings=settings)
