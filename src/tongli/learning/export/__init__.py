"""Trained weights → a release: a folder that others can check, install and read with."""
