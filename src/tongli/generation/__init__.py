"""G: from a reading to an answer.

=============  ==============================================================================
``plan``       what the answer must do
``facts``      what it may repeat and never change
``realiser``   the engine that is always there; ``engines`` holds the others
``verify``     the checks that every draft must pass
``respond``    drafts, verdicts, and the answer
=============  ==============================================================================
"""
