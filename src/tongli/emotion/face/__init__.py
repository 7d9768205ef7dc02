"""S of faces: what expressions show, with what certainty; not what is felt."""

from tongli.emotion.face.calibration import FACE_LABELS
from tongli.emotion.face.reading import read_faces

__all__ = ["FACE_LABELS", "read_faces"]
