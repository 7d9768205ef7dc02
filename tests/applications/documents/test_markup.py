from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.documents.markup import decoded, escaped, tokens
from tongli.core import InputError


@given(st.text("ab<>/&;!-[]?\"'= x#1", max_size=60))
def test_tokens_never_overlap_and_text_is_what_stands_there(source):
    end = 0
    for token in tokens(source):
        start, stop = token.span
        assert end <= start < stop <= len(source)
        if token.kind == "text":
            assert source[start:stop] == token.value
        end = stop


@given(st.text(max_size=40))
def test_escaped_text_reads_as_it_was(text):
    assert "".join(token.value for token in tokens(escaped(text))) == text


def test_attributes():
    (token,) = tokens("<a b='1 &amp; 2' c:d = \">\"/>")
    assert (token.kind, token.attributes()) == ("empty", {"b": "1 & 2", "c:d": ">"})


@pytest.mark.timeout(30)
@pytest.mark.parametrize("piece", ['<a "', "<!--", "<![CDATA[", "<!DOCTYPE [", "<a b='", "<?", "&a", "< "])
def test_hostile_markup_takes_no_longer_than_its_length_allows(piece):
    source = piece * 50_000
    assert all(0 <= token.span[0] < token.span[1] <= len(source) for token in tokens(source))


def test_an_entity_of_a_document_type_is_not_expanded():
    source = '<!DOCTYPE html [<!ENTITY a "he">]><p>&a;</p>'
    assert [token.value for token in tokens(source) if token.kind == "entity"] == ["&a;"]


def test_bytes_that_are_not_what_they_say():
    with pytest.raises(InputError, match=r"document\.encoding"):
        decoded(b"\xff\xffabc", name="a.xml")
    with pytest.raises(InputError, match=r"document\.encoding"):
        decoded(b'<?xml version="1.0" encoding="made-up"?>', name="a.xml")
