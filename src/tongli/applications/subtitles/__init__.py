"""Subtitles: read, check, lay out, time and write them.

===============  ==================================================================================
``cue``          what a subtitle is: times, text, speaker, emotion and sound with confidence
``files``        files in and out: encodings, formats
``srt`` …        one format each: ``srt``, ``vtt``, ``ass`` (by pysubs2), ``ttml``
``limits``       line length, reading speed and times of a language
``check``        what breaks the limits
``words``        timed words, as speech recognition gives them
``solve``        words → cues: one solver for splitting, layout and times
``make``         subtitles from words, and from the cues of a file anew
``sdh``          speakers, emotions and sounds as text
===============  ==================================================================================
"""
