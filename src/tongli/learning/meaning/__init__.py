"""Learning to tell whether two texts say the same: pairs, planted faults, a network over both texts."""
