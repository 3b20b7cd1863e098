"""Fine-tuning: LoRA on all linear layers, or all weights, on packed trees (brief → copy examples, or plain passages).

Frozen weights are bfloat16, trained ones float32, products in bfloat16 (autocast). Logits are computed for answer
positions only. With ``quantised`` the forward pass sees the weights on the grid of the shipped file
(``training.grid``). A checkpoint (trained weights, optimiser, tokens read) is written every ``checkpoint_minutes`` and
at the end; a run continues from it unless told to start anew. Works on CPU (one pack at a time) and CUDA (many).
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import torch
from transformers import Qwen2ForCausalLM

from training.grid import OnGrid, break_ties, grid_weights
from training.packed import PACK_TOKENS
from training.packing import Pack, Tree, ahead, build_pack, pack_trees, side_by_side

REPORT_SECONDS = 1.0
"""A report reads the loss from the device and so waits for it; not after every step of a fast one."""

LORA_TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


@dataclass(frozen=True, slots=True)
class SftSettings:
    """How a run trains; ``rank`` 0 tunes all weights, else layers from ``first_layer`` on get an adapter.

    Token numbers count what is read, prompts included. ``packs_at_once`` are read side by side: more fill a GPU, one
    spares a CPU's memory.
    """

    rank: int = 32
    first_layer: int = 4
    alpha: int = 64
    learning_rate: float = 1.5e-4
    warmup_share: float = 0.04
    final_share: float = 0.1
    pack_tokens: int = PACK_TOKENS
    step_tokens: int = 3000
    packs_at_once: int = 1
    quantised: bool = False
    weight_decay: float = 0.0
    epochs: float = 1.0
    seed: int = 1
    checkpoint_minutes: float = 5.0
    max_minutes: float | None = None


Report = Callable[[dict[str, float]], None]


class SftRun:
    """One fine-tuning run in a folder: ``train()`` until done, ``merged()`` for the finished model."""

    def __init__(self, base: Path, out: Path, settings: SftSettings) -> None:
        if settings.quantised and settings.rank:
            raise ValueError("quantisation-aware tuning needs all weights: rank 0")
        self.settings, self.out, self.base = settings, out, base
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(settings.seed)
        self.model = self._load_model()
        self.trained = [p for p in self.model.parameters() if p.requires_grad]
        self.grid = grid_weights(self.model) if settings.quantised else []
        self.optimizer = torch.optim.AdamW(
            self.trained,
            lr=settings.learning_rate,
            betas=(0.9, 0.95),
            weight_decay=settings.weight_decay,
            fused=self.device.type == "cuda",
        )
        self.tokens_done = 0
        self.steps_left_out = 0
        """Updates whose gradient was not finite: one of them would ruin every weight."""

    def _load_model(self) -> torch.nn.Module:
        full = self.settings.rank == 0
        model = Qwen2ForCausalLM.from_pretrained(self.base, dtype=torch.float32 if full else torch.bfloat16)
        model.config.use_cache = False
        if full:
            return model.to(self.device)
        from peft import LoraConfig, get_peft_model

        first = min(self.settings.first_layer, model.config.num_hidden_layers - 1)
        config = LoraConfig(
            r=self.settings.rank,
            lora_alpha=self.settings.alpha,
            target_modules=LORA_TARGETS,
            layers_to_transform=list(range(first, model.config.num_hidden_layers)),
        )
        return get_peft_model(model, config).to(self.device)

    def train(self, trees: Sequence[Tree], held: Sequence[Tree], report: Report) -> None:
        """Train over ``trees``; ``report`` gets tokens, loss, held-out loss, tokens a second and minutes left."""
        held_packs = self._packs(held, random.Random(0))
        total = int(sum(t.length for t in trees) * self.settings.epochs)
        if not self.resume():
            break_ties(self.grid)
        report({"tokens_planned": total, "held_loss": self.held_loss(held_packs)})
        started = saved = told = time.monotonic()
        first = self.tokens_done
        for number, step in enumerate(ahead(self._steps(trees)), 1):
            if self.tokens_done >= total or self._out_of_time(started):
                break
            loss = self._optimise(step, self._learning_rate(total, started))
            self.tokens_done += sum(len(pack.ids) for pack in step)
            if time.monotonic() - told >= REPORT_SECONDS:
                told = time.monotonic()
                rate = (self.tokens_done - first) / (told - started)
                left = (total - self.tokens_done) / rate / 60
                report({"tokens": self.tokens_done, "loss": float(loss), "rate": rate, "minutes_left": left})
            if time.monotonic() - saved > self.settings.checkpoint_minutes * 60:
                self.save()
                saved = time.monotonic()
                if number % 4 == 0:
                    report({"tokens": self.tokens_done, "held_loss": self.held_loss(held_packs)})
        self.save()
        report({"tokens": self.tokens_done, "held_loss": self.held_loss(held_packs), "left_out": self.steps_left_out})
        if self.grid:
            report({"tokens": self.tokens_done, "held_loss_before_rounding": self.held_loss(held_packs, rounded=False)})

    def held_loss(self, packs: Sequence[Pack], *, rounded: bool = True) -> float:
        """Mean loss in nats a target token on held-out packs, with the weights on the grid if the run has one."""
        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad(), self._rounded() if rounded else nullcontext():
            for batch in self._batches(packs):
                total += float(self._losses(batch).sum())
                count += len(batch.targets)
        self.model.train()
        return total / max(1, count)

    def save(self) -> None:
        """Write the checkpoint: first to a temporary name, then renamed."""
        self.out.mkdir(parents=True, exist_ok=True)
        names = {name for name, p in self.model.named_parameters() if p.requires_grad}
        state = {
            "weights": {k: v for k, v in self.model.state_dict().items() if k in names},
            "optimizer": self.optimizer.state_dict(),
            "tokens_done": self.tokens_done,
        }
        part = self.out / "checkpoint.part"
        torch.save(state, part)
        part.replace(self.out / "checkpoint.pt")
        (self.out / "settings.json").write_text(json.dumps(asdict(self.settings), indent=1), encoding="utf-8")

    def resume(self) -> bool:
        """Load the folder's checkpoint if there is one."""
        path = self.out / "checkpoint.pt"
        if not path.exists():
            return False
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["weights"], strict=False)
        self.optimizer.load_state_dict(state["optimizer"])
        self.tokens_done = int(state["tokens_done"])
        return True

    def merged(self) -> Qwen2ForCausalLM:
        """The model with its adapter merged or its weights on the grid, in float32 on the CPU."""
        model: Any = self.model.cpu().float()
        with OnGrid(self.grid, keep=True):
            merged = model.merge_and_unload() if self.settings.rank else model
        return cast(Qwen2ForCausalLM, merged)

    def _rounded(self) -> AbstractContextManager[None]:
        return OnGrid(self.grid) if self.grid else nullcontext()

    def _out_of_time(self, started: float) -> bool:
        limit = self.settings.max_minutes
        return limit is not None and time.monotonic() - started > limit * 60

    def _learning_rate(self, total: int, started: float) -> float:
        """Linear warm-up, then a cosine to ``final_share``, over tokens or over the time limit, whichever is nearer."""
        done = self.tokens_done / max(1, total)
        if self.settings.max_minutes:
            done = max(done, (time.monotonic() - started) / 60 / self.settings.max_minutes)
        warm = min(1.0, (done + 1e-3) / self.settings.warmup_share)
        low = self.settings.final_share
        return self.settings.learning_rate * warm * (low + (1 - low) * 0.5 * (1 + math.cos(math.pi * min(1.0, done))))

    def _steps(self, trees: Sequence[Tree]) -> Iterator[list[Pack]]:
        """Packs grouped to ``step_tokens``, epoch after epoch, from where a resumed run stood."""
        skip, epoch = self.tokens_done, 0
        while True:
            group: list[Pack] = []
            for pack_of_trees in pack_trees(
                trees, self.settings.pack_tokens, random.Random(self.settings.seed + epoch)
            ):
                length = sum(t.length for t in pack_of_trees)
                if skip > 0:
                    skip -= length
                    continue
                group.append(build_pack(pack_of_trees))
                if sum(len(p.ids) for p in group) >= self.settings.step_tokens:
                    yield group
                    group = []
            if group:
                yield group
            epoch += 1

    def _packs(self, trees: Sequence[Tree], rng: random.Random) -> list[Pack]:
        return [build_pack(group) for group in pack_trees(trees, self.settings.pack_tokens, rng)]

    def _batches(self, packs: Sequence[Pack]) -> Iterator[Pack]:
        """Packs side by side, ``packs_at_once`` of them, on the device."""
        size = self.settings.packs_at_once
        for at in range(0, len(packs), size):
            yield side_by_side(packs[at : at + size]).to(self.device)

    def _optimise(self, packs: Sequence[Pack], learning_rate: float) -> torch.Tensor:
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate
        weight = sum(float(pack.weights.sum()) for pack in packs)
        total = torch.zeros((), device=self.device)
        with self._rounded():
            for batch in self._batches(packs):
                loss = (self._losses(batch) * batch.weights).sum() / weight
                loss.backward()
                total += loss.detach()
        norm = torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        if torch.isfinite(norm):
            self.optimizer.step()
        else:
            self.steps_left_out += 1
        self.optimizer.zero_grad(set_to_none=True)
        return total

    def _losses(self, batch: Pack) -> torch.Tensor:
        """Cross-entropy of each target, shape (targets,)."""
        causal = cast(Any, self.model.get_base_model() if self.settings.rank else self.model)
        with torch.autocast(self.device.type, torch.bfloat16):
            hidden = causal.model(
                input_ids=batch.ids,
                position_ids=batch.positions,
                attention_mask=batch.mask().to(torch.bfloat16),
                use_cache=False,
            ).last_hidden_state
            logits = causal.lm_head(hidden.flatten(0, 1)[batch.predictors])
        return torch.nn.functional.cross_entropy(logits.float(), batch.targets, reduction="none")
