import pytest

from tongli.generation.realiser.shape import ACTS, POOLS, band, pool_of


@pytest.mark.parametrize(
    ("intensity", "name"),
    [(0.0, "low"), (1.49, "low"), (1.5, "mid"), (2.49, "mid"), (2.5, "high"), (3.0, "high")],
)
def test_bands(intensity, name):
    assert band(intensity) == name


def test_every_plan_has_its_pools(plans):
    for plan in plans("en"):
        acts = [act for act in ACTS if act != "name_feeling" or plan.feeling]
        assert all(pool_of(act, plan) in POOLS for act in (*acts, "greeting", "signoff"))


def test_every_pool_is_asked_for(plans):
    asked = {
        pool_of(act, plan)
        for salutation in ("", "Ana")
        for strategy in ("inform", "question", "affirm")
        for plan in plans("en", salutation=salutation, strategy=strategy)
        for act in (*ACTS, "greeting", "signoff")
    }
    assert {pool for pool in POOLS if not pool.startswith("reference.")} <= asked


@pytest.mark.parametrize(
    ("feeling", "intensity", "level"),
    [
        ("anger", 0.2, "low"),
        ("anger", 0.4, "mid"),
        ("sadness", 1.4, "mid"),
        ("fear", 2.6, "high"),
        ("joy", 0.4, "low"),
    ],
)
def test_a_painful_feeling_is_slight_only_when_it_is_surely_faint(plan, feeling, intensity, level):
    assert (
        pool_of("name_feeling", plan("en", feeling, intensity=intensity)) == f"name_feeling.{feeling}.{level}"
    )
