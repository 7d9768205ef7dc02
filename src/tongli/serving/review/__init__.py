"""The review queue over HTTP: the same service as the page Review and ``tongli review``.

=============  ====================================================================================
``routes``     list, look, submit, approve or edit, reject; the audit trail
``schemas``    what they take and give
=============  ====================================================================================
"""

from __future__ import annotations

from tongli.serving.review.routes import add_review

__all__ = ["add_review"]
