"""Evaluation: measures with intervals, significance, fairness and robustness of predictions."""
