"""Help with writing: which of several variants people take up, and why."""
