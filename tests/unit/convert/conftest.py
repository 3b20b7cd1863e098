"""The tiny checkpoint and its F16 GGUF, made once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiny_checkpoint import make_tiny_checkpoint


@pytest.fixture(scope="session")
def tiny_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint folder that tests only read."""
    return make_tiny_checkpoint(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def tiny_f16(tiny_checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The F16 GGUF of the tiny checkpoint."""
    from convert.gguf_model import ModelOrigin, convert_checkpoint

    out = tmp_path_factory.mktemp("f16") / "tiny-f16.gguf"
    origin = ModelOrigin("Tiny", "apache-2.0", "Qwen2.5-Coder-0.5B-Instruct", base_organisation="Qwen")
    return convert_checkpoint(tiny_checkpoint, out, origin).path
