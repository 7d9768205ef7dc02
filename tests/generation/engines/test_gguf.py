import dataclasses
import sys
import time
from itertools import chain
from types import ModuleType, SimpleNamespace
from typing import ClassVar

import pytest

from tongli.core import CultureContext, Engine, EngineError, Settings
from tongli.generation.engines import gguf
from tongli.generation.engines.gguf import Gguf


class FakeServer:
    """Streams scripted texts as llama.cpp does; ``answers`` are consumed one a request."""

    answers: ClassVar[list] = []
    requests: ClassVar[list] = []
    params: ClassVar[list] = []

    def __init__(self, params):
        if "broken" in params.model.path:
            raise RuntimeError("Failed to init server, please check the input params.")
        self.params.append(params)

    def handle_chat_completions(self, request, callback):
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, dict):
            callback(answer)
            return
        for piece in chain([None], answer):
            if callback({"choices": [{"delta": {"content": piece}}]}):
                return


@pytest.fixture
def llama(monkeypatch):
    def params():
        return SimpleNamespace(
            model=SimpleNamespace(path=""), cpuparams=SimpleNamespace(), cpuparams_batch=SimpleNamespace()
        )

    module = ModuleType("xllamacpp")
    module.CommonParams = params
    module.Server = FakeServer
    monkeypatch.setitem(sys.modules, "xllamacpp", module)
    for name in ("answers", "requests", "params"):
        monkeypatch.setattr(FakeServer, name, [])
    return FakeServer


@pytest.fixture
def settings(tmp_path):
    return Settings(cache=tmp_path, threads=1, offline=True)


@pytest.fixture
def engine(tmp_path, llama, settings):
    path = tmp_path / "some.gguf"
    path.write_bytes(b"GGUF")
    return Gguf(model_path=path, settings=settings)


def failure(call):
    with pytest.raises(EngineError) as error:
        call()
    return error.value.code


def test_is_an_english_engine(engine):
    assert isinstance(engine, Engine)
    assert engine.languages() == {"en"}


def test_drafts_one_a_seed(engine, llama, plan, reading):
    llama.answers[:] = [["I'm", " sorry. ", "We will look."], ["Thank", " you."], ["Thank you."]]
    drafts = engine.draft(plan, reading, n=3)
    assert [draft.text for draft in drafts] == ["I'm sorry. We will look.", "Thank you."]
    assert [draft.provenance.seed for draft in drafts] == [3, 4]
    assert drafts[0].provenance.model == "some.gguf"
    assert drafts[0].provenance.prompt == "small.v1"
    assert [request["seed"] for request in llama.requests] == [3, 4, 5]


def test_stops_and_cuts_after_two_sentences(engine, llama, plan, reading):
    llama.answers[:] = [["One is 3.5 long. ", "Two! ", "Three?", " Never reached."]]
    assert engine.draft(plan, reading)[0].text == "One is 3.5 long. Two!"


def test_an_unfinished_sentence_is_dropped(engine, llama, plan, reading):
    llama.answers[:] = [["Complete. ", "and then it just"]]
    assert engine.draft(plan, reading)[0].text == "Complete."


def test_keeps_within_the_plan(engine, llama, plan, reading):
    llama.answers[:] = [["Short one. ", "This sentence does not fit any more."]]
    [draft] = engine.draft(dataclasses.replace(plan, max_chars=30), reading)
    assert draft.text == "Short one."
    assert llama.requests[0]["max_tokens"] == 10


def test_nothing_usable(engine, llama, plan, reading):
    llama.answers[:] = [["no end"]]
    assert failure(lambda: engine.draft(plan, reading)) == "engine.bad-reply"


def test_an_error_of_the_server(engine, llama, plan, reading):
    llama.answers[:] = [{"error": {"type": "exceed_context_size_error", "message": "5031 tokens"}}]
    assert failure(lambda: engine.draft(plan, reading)) == "engine.bad-reply"


def test_the_time_limit_stops_it_but_keeps_what_is_there(engine, llama, plan, reading):
    def slow():
        for _ in range(100):
            time.sleep(0.02)
            yield "on and "

    engine.time_limit = 0.05
    llama.answers[:] = [["Ready."], slow(), ["Never asked."]]
    assert [draft.text for draft in engine.draft(plan, reading, n=3)] == ["Ready."]
    llama.answers[:] = [slow()]
    assert failure(lambda: engine.draft(plan, reading)) == "engine.timeout"


def test_other_languages_are_refused_before_anything_loads(engine, llama, plan, reading):
    culture = CultureContext(lang="zh", locale="zh-CN", register="neutral", address="formal")
    assert (
        failure(lambda: engine.draft(dataclasses.replace(plan, culture=culture), reading))
        == "engine.language"
    )
    assert llama.params == []


def test_the_port_is_guarded(engine, llama):
    engine.load()
    engine.load()
    [params] = llama.params
    assert params.hostnames == ["127.0.0.1"]
    assert len(params.api_keys[0]) > 30
    assert params.offline is True


def test_a_refused_file(llama, settings, tmp_path):
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"")
    assert failure(Gguf(model_path=path, settings=settings).load) == "engine.load"


def test_the_extra_is_missing(monkeypatch, settings, tmp_path):
    path = tmp_path / "some.gguf"
    path.write_bytes(b"")
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    assert failure(Gguf(model_path=path, settings=settings).load) == "engine.extra"


def test_finds_the_model(monkeypatch, settings, tmp_path):
    monkeypatch.delenv("TONGLI_GGUF", raising=False)
    monkeypatch.setattr(gguf, "installed", lambda _: None)
    with pytest.raises(EngineError, match=r"tongli models pull gguf") as error:
        gguf.find_model(None, settings)
    assert error.value.code == "engine.no-model"
    cached = gguf.cached_model(settings)
    cached.parent.mkdir()
    cached.write_bytes(b"GGUF")
    assert gguf.find_model(None, settings) == cached
    package = tmp_path / cached.name
    package.write_bytes(b"GGUF")
    monkeypatch.setattr(gguf, "installed", lambda _: package)
    assert gguf.find_model(None, settings) == package


def test_the_environment_chooses_a_file(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("TONGLI_GGUF", str(tmp_path / "mine.gguf"))
    engine = Gguf(settings=settings)
    assert engine.model_path == tmp_path / "mine.gguf"
    assert failure(engine.load) == "engine.no-model"


@pytest.fixture(scope="module")
def real_path():
    pytest.importorskip("xllamacpp")
    try:
        return gguf.find_model(None, Settings.from_env())
    except EngineError as error:
        pytest.skip(error.code)


@pytest.mark.slow
def test_the_pinned_model_answers_in_english(real_path, plan, reading):
    engine = Gguf(model_path=real_path)
    first = engine.draft(plan, reading, n=2)
    again = engine.draft(plan, reading, n=2)
    assert [draft.text for draft in first] == [draft.text for draft in again]
    for draft in first:
        assert 10 < len(draft.text) <= plan.max_chars
        assert draft.text[-1] in ".!?\"'"


@pytest.mark.slow
def test_the_openai_engine_speaks_to_llama_cpp(real_path, plan, reading):
    import xllamacpp

    from tongli.generation.engines.openai import OpenAI

    params = xllamacpp.CommonParams()
    params.model.path = str(real_path)
    params.n_ctx = 2048
    params.warmup = False
    params.verbosity = -1
    params.api_keys = ["local-key"]
    server = xllamacpp.Server(params)
    env = {"TONGLI_OPENAI_API_KEY": "local-key"}
    engine = OpenAI(base_url=f"{server.listening_address}/v1", model="smollm2", env=env)
    try:
        assert engine.draft(dataclasses.replace(plan, max_chars=120), reading)[0].text
    except EngineError as error:
        # A model of this size does not always close its JSON in time; the exchange itself must work.
        assert error.code == "engine.bad-reply"  # noqa: PT017
    assert engine.usage.requests == 1
    assert engine.usage.completion_tokens > 0
    stranger = OpenAI(base_url=f"{server.listening_address}/v1", model="smollm2", env={})
    with pytest.raises(EngineError) as error:
        stranger.draft(plan, reading)
    assert error.value.code == "engine.no-key"
