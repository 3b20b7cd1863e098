"""Feedback bundles for whoever retrains: opened without a store, checked through and through."""

from __future__ import annotations

from pathlib import Path

from engine.usecases.bundle_format import DATASET_INFO, BundleSummary
from engine.usecases.bundle_reading import OpenedBundle, open_bundle
from engine.usecases.bundle_rows import Rows, training_rows

__all__ = ["DATASET_INFO", "BundleSummary", "OpenedBundle", "Rows", "open_bundle", "schemas_of", "training_rows"]


def schemas_of(assets: Path) -> Path:
    """The folder of the bundle's JSON Schemas."""
    return assets / "schemas"
