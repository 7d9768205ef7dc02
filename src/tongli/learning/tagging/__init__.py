"""Token tagging: from texts with marked spans to a tagger, measured through the files that ship."""
