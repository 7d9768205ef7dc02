"""Engines that draft: ``gguf`` (a local model) and ``openai`` (any OpenAI-compatible endpoint)."""
