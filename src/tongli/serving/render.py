"""JSON responses for whatever text was sent."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import JSONResponse


class Json(JSONResponse):
    """UTF-8 JSON; escaped where a lone surrogate, which UTF-8 cannot hold, is given back."""

    def render(self, content: Any) -> bytes:
        """The body."""
        try:
            return super().render(content)
        except UnicodeEncodeError:
            return json.dumps(content, allow_nan=False, separators=(",", ":")).encode("ascii")
