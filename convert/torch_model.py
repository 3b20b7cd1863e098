"""The checkpoint in PyTorch: the truth that a GGUF is held against, and the source of the importance matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SAMPLE_SEED = 20240501
Hearer = Callable[[str, NDArray[np.float32]], None]


@dataclass(frozen=True, slots=True)
class LinearTrace:
    """What one linear layer did at some positions: its inputs (positions, columns) and, of the log-probability of a
    text that the model itself would write, the gradients at its outputs (positions, rows).
    """

    inputs: NDArray[np.float32]
    gradients: NDArray[np.float32]


class TorchModel:
    """A checkpoint folder loaded in float32 on the CPU."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        import torch
        from transformers import AutoModelForCausalLM
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
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

    def trace(self, ids: Sequence[int], names: Sequence[str], positions: Sequence[int]) -> dict[str, LinearTrace]:
        """Inputs and output gradients of the named linear modules at some positions of one window.

        The next tokens are drawn from the model's own distribution, so that the mean square of a gradient is the
        curvature of the divergence (Fisher information), whatever the text says.
        """
        torch, seen = self._torch, dict[str, list[Any]]()
        handles = [m.register_forward_hook(_recorder(n, seen)) for n, m in self._linears(names)]
        self.model.requires_grad_(False)
        torch.manual_seed(SAMPLE_SEED)
        embedded = self.model.get_input_embeddings()(torch.tensor([list(ids)])).requires_grad_(True)
        with torch.autocast("cpu", torch.bfloat16):
            logits = self.model(inputs_embeds=embedded).logits[0].float()
        drawn = torch.distributions.Categorical(logits=logits.detach()).sample()
        logits.log_softmax(-1).gather(1, drawn[:, None]).sum().backward()
        for handle in handles:
            handle.remove()
        rows = torch.tensor(list(positions))
        return {
            n: LinearTrace(*(t.reshape(-1, t.shape[-1])[rows].float().numpy() for t in two)) for n, two in seen.items()
        }

    def watch_inputs(
        self, names: Sequence[str], hear: Callable[[str, NDArray[np.float32]], None]
    ) -> Callable[[], None]:
        """Call ``hear(name, inputs)`` with the inputs (tokens, columns) of the named linear modules at every pass.

        Returns:
            A function that ends the watching.
        """
        handles = [module.register_forward_pre_hook(_listener(name, hear)) for name, module in self._linears(names)]

        def stop() -> None:
            for handle in handles:
                handle.remove()

        return stop

    def _linears(self, names: Sequence[str]) -> list[tuple[str, Any]]:
        found = [(name, module) for name, module in self.model.named_modules() if name in set(names)]
        if len(found) != len(set(names)):
            raise KeyError(f"{len(set(names)) - len(found)} modules of {len(set(names))} are not in the model")
        return found


def _listener(name: str, hear: Hearer) -> Callable[[Any, Any], None]:
    def hook(_module: Any, inputs: Any) -> None:
        values = inputs[0].detach().float()
        hear(name, values.reshape(-1, values.shape[-1]).numpy())

    return hook


def _recorder(name: str, seen: dict[str, list[Any]]) -> Callable[[Any, Any, Any], None]:
    def hook(_module: Any, inputs: Any, output: Any) -> None:
        seen[name] = [inputs[0].detach()]
        output.register_hook(lambda gradient: seen[name].append(gradient.detach()))

    return hook
