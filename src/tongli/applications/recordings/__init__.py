"""Recordings to words: transcripts of sound and video files.

=================  ==================================================================================
``transcript``     a file to its transcript, with progress, resumable
``journal``        what a run has heard so far, on disk
``feelings``       what the voice shows in each segment
``texts``          transcripts as text and JSON, and as timed words for subtitles
=================  ==================================================================================
"""
