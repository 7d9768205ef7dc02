"""People as they declare themselves: read from words, mappings and files, and kept in a store.

One parser serves the command line, JSON lines, TOML and JSON files. No error repeats a declaration.
"""

from tongli.applications.people.declared import people_from, person_from
from tongli.applications.people.files import parse_person, read_people

__all__ = ["parse_person", "people_from", "person_from", "read_people"]
