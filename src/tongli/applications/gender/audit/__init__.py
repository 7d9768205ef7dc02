"""How an engine's drafts change with nothing but the declared forms, or the name, of whoever wrote.

References:
    Garg et al. (2019), "Counterfactual fairness in text classification through robustness", AIES.
    Kiritchenko and Mohammad (2018), "Examining gender and race bias in 200 sentiment systems".
"""

from tongli.applications.gender.audit.audit import audit_lines
from tongli.applications.gender.audit.report import Gap, Pair, Report

__all__ = ["Gap", "Pair", "Report", "audit_lines"]
