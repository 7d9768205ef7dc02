"""Explanations of a whole reading: attribution, counterfactuals and reports."""
