"""Whether a model has room here, and what a repository offers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.domain import Fit
from engine.errors import DownloadFailed
from engine.paths import Paths
from engine.progress import Ticket
from engine.usecases.fit import fit_installed, fit_offered
from engine.usecases.models import ModelCatalogue
from tests.tiny_model import install_tiny_model

GB = 1 << 30


class Shelf:
    """A hub that only lists."""

    def __init__(self, *files: tuple[str, int]) -> None:
        self.found = files

    def files(self, repo: str, ticket: Ticket, revision: str = "main") -> tuple[tuple[str, int], ...]:
        return self.found

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} is not needed to list")


def offers(*files: tuple[str, int], free: int = 8 * GB) -> list[tuple[str, int, Fit]]:
    catalogue = ModelCatalogue(Paths(Path("home"), Path("assets")), Shelf(*files))
    return [(o.filename, o.size, o.fit.fit) for o in catalogue.offers("shop/model", free, Ticket())]


def test_shards_are_one_model_and_the_smallest_comes_first() -> None:
    shards = [(f"q8/big-{n:05d}-of-00003.gguf", 4 * GB) for n in (1, 2, 3)]
    found = offers(("README.md", 9), *shards, ("small-Q4.gguf", GB), ("mmproj-f16.gguf", GB))
    assert found == [("small-Q4.gguf", GB, Fit.FITS), ("q8/big-00001-of-00003.gguf", 12 * GB, Fit.TOO_LARGE)]


def test_a_repository_without_models_is_said_to_have_none() -> None:
    with pytest.raises(DownloadFailed) as caught:
        offers(("model.safetensors", 5))
    assert caught.value.reason == "no_models"


def test_a_model_fits_is_tight_or_does_not_fit(tmp_path: Path) -> None:
    model = install_tiny_model(tmp_path / "模型")
    ample = fit_installed(model, 8 * GB)
    assert ample.fit is Fit.FITS and ample.needed_bytes > model.manifest.size
    assert fit_installed(model, ample.needed_bytes - 1).fit is Fit.TOO_LARGE
    assert fit_installed(model, ample.needed_bytes + 1).fit is Fit.TIGHT
    assert fit_installed(model, 0).fit is Fit.UNKNOWN
    model.first_file.unlink()
    assert fit_installed(model, 8 * GB).fit is Fit.UNKNOWN


def test_an_offer_is_judged_by_its_size() -> None:
    assert [fit_offered(size * GB, 8 * GB).fit for size in (1, 6, 9)] == [Fit.FITS, Fit.TIGHT, Fit.TOO_LARGE]
