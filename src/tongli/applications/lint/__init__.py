"""``tongli lint``: what a text holds that other audiences may stumble over.

====================  =================================================================================
``catalogue``         which claims matter to an audience, and why
``rules``             claims found in a text → findings
``mixing``            two levels of address in one text
``suppress``          ``tongli: ignore`` and ``tongli: off`` … ``tongli: on``
``files``             names and patterns → texts, with what is no prose blanked
``config``            ``.tongli-lint.toml`` and ``[tool.tongli.lint]``
``check``             all of it, for one text
``report``            findings as JSON and SARIF
====================  =================================================================================
"""
