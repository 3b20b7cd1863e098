"""What the window needs of the engine, as protocols: the real ``engine.api.Engine`` satisfies them, and so does the
fake engine of the GUI tests. Every call blocks, so every call is made in a job (``desktop.jobs``).
"""

from desktop.face.engine import Door, EngineFace
from desktop.face.work import Heard

__all__ = ["Door", "EngineFace", "Heard"]
