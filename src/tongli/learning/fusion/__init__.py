"""Training of the fusion: readings of texts, voices and faces, paired by label, with channels taken away.

No corpus that may be shipped holds words, voice and face of the same people. So a message is put together
from a text, a voice and a face that show the same; each channel is then independent of the others but for
what is felt, which is what a late fusion assumes.
"""
