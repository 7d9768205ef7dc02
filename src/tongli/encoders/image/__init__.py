"""E of pictures: a file to pixels, faces to expressions, and a scene to vectors."""
