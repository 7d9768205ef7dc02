"""Read a message and answer it, in a few lines of Python: ``python examples/answer.py``."""

from __future__ import annotations

from tongli import Message, Person, Tongli

customer = Person(name="Ines Weber", given="Ines", family="Weber", title="Frau", address={"de": "formal"})
message = Message("Seit drei Wochen warte ich auf Paket A-1042, und niemand antwortet!", author=customer)

response = Tongli().respond(message)

for claim in response.reading.decided("emotion", scheme="ekman6"):
    words = ", ".join(message.text[slice(*item.span)] for item in claim.evidence)
    print(f"{claim.label} ({claim.score:.2f}), from: {words}")  # noqa: T201
print(response.text if not response.needs_person else "A person should answer this.")  # noqa: T201
