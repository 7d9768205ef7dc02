"""Search over a recipe: trials that learn as it says, but for a few values; judged on held-out texts only."""
