"""Continual learning: a language or domain is added to trained weights, and what is forgotten is bounded."""
