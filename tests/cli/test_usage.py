from types import SimpleNamespace

from tongli.cli.usage import tell_usage
from tongli.generation.engines.openai import OpenAI, Usage


def counting(**env):
    engine = OpenAI(env={"TONGLI_OPENAI_MODEL": "m1", **env})
    engine._usage = Usage(requests=1200, prompt_tokens=34000, completion_tokens=800)
    return engine


def test_requests_tokens_and_cost(capsys):
    tell_usage([counting(TONGLI_OPENAI_PRICES="0.5,2")])
    out, err = capsys.readouterr()
    assert (out, err) == ("", "openai (m1): 1,200 requests, 34,000 tokens asked, 800 answered, cost 0.0186\n")


def test_a_translator_tells_of_its_engine_and_others_of_nothing(capsys):
    tell_usage([SimpleNamespace(engine=counting()), SimpleNamespace(name="realiser"), OpenAI(env={})])
    assert capsys.readouterr().err == "openai (m1): 1,200 requests, 34,000 tokens asked, 800 answered\n"


def test_prices_that_are_none_lose_no_work(capsys):
    tell_usage([counting(TONGLI_OPENAI_PRICES="cheap")])
    assert "prices that are no two numbers: Set TONGLI_OPENAI_PRICES" in capsys.readouterr().err
