"""E of videos: frames over time, turned upright, and the faces in them followed from frame to frame."""
