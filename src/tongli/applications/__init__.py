"""Whole jobs built on the pipeline: batch annotation, later support, monitoring and subtitles."""

from tongli.applications.job import Job, Tally, check

__all__ = ["Job", "Tally", "check"]
