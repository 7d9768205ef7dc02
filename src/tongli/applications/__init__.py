"""Whole jobs built on the pipeline: batch annotation, later support, monitoring and subtitles."""

from tongli.applications.annotate import BatchReader, annotate
from tongli.applications.job import Job, Tally, check

__all__ = ["BatchReader", "Job", "Tally", "annotate", "check"]
