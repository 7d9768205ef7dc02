import json
import subprocess
import sys

import pytest

from tongli.core import ConfigError, InputError
from tongli.knowledge.claim_files import SHIPPED, ClaimFiles, claims, lines


def test_an_audience_inherits_its_language_and_replaces_its_claims(write_claims, claim_data):
    write_claims("languages/es/idioms", claim_data("es.idiom.a"), claim_data("es.idiom.b"))
    write_claims("cultures/es-MX/own", claim_data("es.idiom.b", status="disputed"))
    root = write_claims("cultures/es-MX/practices", claim_data("es-mx.norm.c"))
    files = ClaimFiles(root)
    assert (files.languages, files.audiences) == (("es",), ("es-MX",))
    found = files.claims("es-MX")
    assert list(found) == ["es.idiom.a", "es.idiom.b", "es-mx.norm.c"]
    assert (found["es.idiom.b"].status, files.claims("es")["es.idiom.b"].status) == ("disputed", "draft")
    assert files.lineage("es-MX") == ("es", "es-MX")
    assert files.lineage("es-AR") == ("es",)
    assert list(files.claims("es_mx")) == list(found)


@pytest.fixture
def own(write_claims, claim_data, monkeypatch):
    """A folder of the user's own, which the settings name."""
    write_claims("languages/nl/idioms", claim_data("nl.idiom.appeltje-eitje", "appeltje eitje"))
    changed = claims("en")["en.idiom.spill-the-beans"].to_dict() | {"status": "disputed"}
    root = write_claims("languages/en/mine", json.dumps(changed))
    monkeypatch.setenv("TONGLI_CLAIMS", str(root))
    return root


def test_claims_of_ones_own_lie_above_those_that_ship(own):
    files = ClaimFiles(None)
    assert list(files.claims("nl-BE")) == ["nl.idiom.appeltje-eitje"]
    assert set(files.languages) == {*SHIPPED.languages, "nl"}
    assert files.claims("en")["en.idiom.spill-the-beans"].status == "disputed"
    assert len(files.claims("en")) == len(SHIPPED.claims("en"))
    assert SHIPPED.claims("en")["en.idiom.spill-the-beans"].status == "draft"
    assert {"idioms.jsonl", "mine.jsonl"} <= {file.name for file, tag in files.files() if tag == "en"}
    assert list(files.without_tables().claims("nl")) == ["nl.idiom.appeltje-eitje"]


def test_a_folder_of_ones_own_without_claims(tmp_path, monkeypatch):
    monkeypatch.setenv("TONGLI_CLAIMS", str(tmp_path))
    with pytest.raises(ConfigError, match=r"claims\.folder.*TONGLI_CLAIMS"):
        ClaimFiles(None).claims("en")


def test_a_macrolanguage_serves_its_members(write_claims, claim_data):
    files = ClaimFiles(write_claims("languages/ar/idioms", claim_data("ar.idiom.a")))
    assert files.lineage("arz") == ("ar",)


def test_only_what_is_asked_for_is_read(write_claims, claim_data):
    write_claims("languages/de/idioms", "broken")
    files = ClaimFiles(write_claims("languages/es/idioms", claim_data("es.idiom.a")))
    assert list(files.claims("es")) == ["es.idiom.a"]
    assert files.claims("es") is files.claims("es")


@pytest.mark.parametrize("tag", ["ja", "und"])
def test_where_there_are_none(write_claims, claim_data, tag):
    files = ClaimFiles(write_claims("languages/es/idioms", claim_data("es.idiom.a")))
    with pytest.raises(InputError) as caught:
        files.claims(tag)
    assert caught.value.code == "claims.audience"
    assert caught.value.allowed == "es"


def test_no_claims_at_all(tmp_path):
    with pytest.raises(InputError, match="no claims are installed"):
        ClaimFiles(tmp_path).claims("es")


def test_what_is_no_tag():
    with pytest.raises(InputError, match=r"locale\.tag"):
        claims("?")


@pytest.mark.parametrize("line", ["", "{", "[]", "3", '{"id": "es.idiom.b"}', "[" * 100_000])
def test_a_damaged_line_is_named(write_claims, claim_data, line):
    root = write_claims("languages/es/idioms", claim_data("es.idiom.a"), line, claim_data("es.idiom.c"))
    with pytest.raises(ConfigError) as caught:
        ClaimFiles(root).claims("es")
    assert caught.value.code == "claims.line"
    assert "es/idioms.jsonl, line 2" in caught.value.received


def test_bytes_that_are_no_text(tmp_path, write_claims, claim_data):
    root = write_claims("languages/es/idioms", claim_data("es.idiom.a"))
    with (root / "languages/es/idioms.jsonl").open("ab") as file:
        file.write(b"\xff\n")
    with pytest.raises(ConfigError, match="line 2, with bytes that are not UTF-8"):
        ClaimFiles(root).claims("es")


def test_an_id_twice(write_claims, claim_data):
    root = write_claims("languages/es/idioms", claim_data("es.idiom.a"), claim_data("es.idiom.a"))
    with pytest.raises(ConfigError) as caught:
        ClaimFiles(root).claims("es")
    assert (caught.value.code, "line 2: es.idiom.a" in caught.value.received) == ("claims.double", True)


def test_lines(tmp_path):
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "some.jsonl").write_text('"a\u2028b"\nc', encoding="utf-8")
    assert list(lines(tmp_path / "empty.jsonl")) == []
    assert list(lines(tmp_path / "some.jsonl")) == [(1, '"a\u2028b"'), (2, "c")]


def test_reading_claims_imports_nothing_heavy():
    code = (
        "import sys\n"
        "from tongli.knowledge.claim_matcher import matcher\n"
        "matcher('en').find('break a leg')\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"jsonschema", "torch", "onnxruntime"} & {name.split(".")[0] for name in done.stdout.split()}


def test_there_are_claims():
    assert "en" in SHIPPED.languages
    assert all(claims(tag) for tag in (*SHIPPED.languages, *SHIPPED.audiences))
