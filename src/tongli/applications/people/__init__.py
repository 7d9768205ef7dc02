"""People as they declare themselves: read from words, mappings and files, and kept in a store.

One parser serves the command line, JSON lines, TOML and JSON files. No error repeats a declaration.
"""

from tongli.applications.people.declared import named, people_from, person_from
from tongli.applications.people.files import parse_person, read_people
from tongli.applications.people.plain import plain
from tongli.applications.people.store import PeopleStore, exported, known_people

__all__ = [
    "PeopleStore",
    "exported",
    "known_people",
    "named",
    "parse_person",
    "people_from",
    "person_from",
    "plain",
    "read_people",
]
