from tongli.generation.verify.references import references


def test_replies_to_one_kind_of_plan_are_read_once(subject, reader):
    first = references(subject("One.", feeling="anger", seed=1, keep=("A-1",), culture={"salutation": "Ana"}))
    read = len(reader.encoded)
    second = references(subject("Two.", feeling="anger", seed=2, avoid=("sorry",)))
    assert second is first
    assert len(reader.encoded) == read
    assert len(first.sentences) == len(first.scores) == 3
    assert not any("Ana" in text or "A-1" in text for text in reader.encoded)
    assert references(subject("One.", feeling="joy")) is not first


def test_the_highest_value(subject, reader):
    found = references(subject("One.", feeling="anger"))
    assert found.highest("ekman6", "joy") == 0.1
    assert found.highest("ekman6", "hope") is None
    assert found.highest("politeness", "polite") is None


def test_none_where_the_realiser_does_not_write(subject):
    assert references(subject("Ni dupe.", lang="yo")) is None
    assert references(subject("x", feeling="no such feeling")) is None
