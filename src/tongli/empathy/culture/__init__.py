"""Culture in the reading: what is culture-bound in a message, and what the answer must respect.

| module | what it reads |
|---|---|
| `found` | where claims of the knowledge base occur in a text |
| `expressions` | idioms, proverbs and slang: meaning, and whether the words are meant as they stand |
| `honorific` | levels of address and respect, on each language's own scale |
| `items` | dishes, festivals, institutions: what an outsider needs explained |
| `readings` | all of them, over a batch |
| `practices` | norms, address, taboo, …: what the answer must respect |
| `perspective` | c_culture |
"""

from tongli.empathy.culture.perspective import CulturePerspective
from tongli.empathy.culture.readings import CultureReader

__all__ = ["CulturePerspective", "CultureReader"]
