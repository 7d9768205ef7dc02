"""Heads for the voice: clips with the feelings they were spoken with, to weights and a card."""
