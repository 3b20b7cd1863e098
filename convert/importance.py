"""The importance matrix: for every matrix the mean square of each input column over calibration texts.

A column with large inputs carries its rounding errors far, so the quantiser weighs squared errors with these numbers
(llama.cpp's "imatrix"). The tied embedding is weighed as the output matrix, by the inputs of ``lm_head``.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from convert.checkpoint import open_checkpoint
from convert.errors import ConvertRefused, Refusal
from convert.staging import publish, staging_folder
from convert.tensors import weighed_names
from convert.torch_model import TorchModel
from engine.errors import FileUnreadable

SUMMARY_KEY = "__summary__"


@dataclass(frozen=True, slots=True)
class Importance:
    """Mean squared inputs by GGUF tensor name; ``tokens`` seen in ``windows`` windows of the texts of ``source``."""

    columns: Mapping[str, NDArray[np.float32]]
    tokens: int
    windows: int
    source: str


def collect_importance(folder: Path, windows: Sequence[Sequence[int]], source: str, *, threads: int = 1) -> Importance:
    """Run the checkpoint over windows of token ids and sum up what every matrix is fed."""
    names = weighed_names(open_checkpoint(folder).shape)
    sums: dict[str, NDArray[np.float64]] = {}
    model = TorchModel(folder, threads=threads)

    def hear(name: str, inputs: NDArray[np.float32]) -> None:
        squares = np.square(inputs, dtype=np.float64).sum(0)
        sums[name] = sums[name] + squares if name in sums else squares

    stop = model.watch_inputs(tuple(names), hear)
    for ids in windows:
        model.read(ids)
    stop()
    tokens = sum(len(ids) for ids in windows)
    if not tokens:
        raise ConvertRefused(Refusal.TOO_FEW_LINES, "no calibration text was given")
    columns = {names[name]: (total / tokens).astype(np.float32) for name, total in sums.items()}
    return Importance(columns, tokens, len(windows), source)


def save_importance(importance: Importance, out: Path) -> None:
    """Write ``.npz``; atomic."""
    summary = json.dumps({"tokens": importance.tokens, "windows": importance.windows, "source": importance.source})
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **{SUMMARY_KEY: np.array(summary)}, **dict(importance.columns))
    with staging_folder(out.parent) as staging:
        staged = staging / out.name
        staged.write_bytes(buffer.getvalue())
        publish([staged], out.parent)


def load_importance(path: Path) -> Importance:
    """Read what ``save_importance`` wrote."""
    try:
        with np.load(path, allow_pickle=False) as data:
            summary = json.loads(str(data[SUMMARY_KEY]))
            columns = {name: data[name].astype(np.float32) for name in data.files if name != SUMMARY_KEY}
    except (OSError, ValueError, KeyError) as error:
        raise FileUnreadable(path, f"it is not an importance matrix ({error})") from error
    return Importance(columns, int(summary["tokens"]), int(summary["windows"]), str(summary["source"]))
