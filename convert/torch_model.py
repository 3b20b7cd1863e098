"""The checkpoint in PyTorch: the truth that a GGUF is held against, and the source of the importance matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Hearer = Callable[[str, NDArray[np.float32]], None]


class TorchModel:
    """A checkpoint folder loaded in float32 on the CPU."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        import torch
        from transformers import AutoModelForCausalLM

        torch.set_num_threads(threads)
        self._torch: Any = torch
        self.model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()

    def logits(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Logits at every position; shape (len(ids), vocabulary)."""
        with self._torch.inference_mode():
            result = self.model(self._torch.tensor([list(ids)])).logits[0].float().numpy()
        return np.asarray(result, np.float32)

    def read(self, ids: Sequence[int]) -> None:
        """Run the model in bfloat16, for those who watch it: several times faster, and exact enough for statistics."""
        with self._torch.inference_mode(), self._torch.autocast("cpu", self._torch.bfloat16):
            self.model(self._torch.tensor([list(ids)]))

    def watch_inputs(
        self, names: Sequence[str], hear: Callable[[str, NDArray[np.float32]], None]
    ) -> Callable[[], None]:
        """Call ``hear(name, inputs)`` with the inputs (tokens, columns) of the named linear modules at every pass.

        Returns:
            A function that ends the watching.
        """
        wanted = set(names)
        handles = [
            module.register_forward_pre_hook(_listener(name, hear))
            for name, module in self.model.named_modules()
            if name in wanted
        ]
        if len(handles) != len(wanted):
            raise KeyError(f"{len(wanted) - len(handles)} modules of {len(wanted)} are not in the model")

        def stop() -> None:
            for handle in handles:
                handle.remove()

        return stop


def _listener(name: str, hear: Hearer) -> Callable[[Any, Any], None]:
    def hook(_module: Any, inputs: Any) -> None:
        values = inputs[0].detach().float()
        hear(name, values.reshape(-1, values.shape[-1]).numpy())

    return hook
