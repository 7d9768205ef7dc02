"""The pages of audiences are what the claims say today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tongli.knowledge.claim_files import SHIPPED

ROOT = Path(__file__).parents[2]


def test_pages_are_as_the_claims_are(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "audience_pages.py", tmp_path], check=True)
    written = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()}
    assert set(written) == {f"{tag}.md" for tag in SHIPPED.audiences}
    for name, text in written.items():
        kept = (ROOT / "docs" / "audiences" / name).read_text("utf-8")
        assert text == kept, f"run python scripts/audience_pages.py: {name} is behind the claims"


def test_every_practice_is_told_with_its_source(tmp_path: Path) -> None:
    for tag in SHIPPED.audiences:
        text = (ROOT / "docs" / "audiences" / f"{tag}.md").read_text("utf-8")
        for claim in SHIPPED.own(tag).values():
            if claim.kind not in {"idiom", "proverb", "slang"}:
                assert f"`{claim.id}`" in text
        assert text.count("    - source: ") == text.count("\n- **")
