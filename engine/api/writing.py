"""Writing drafts: the composer, made at first use with the model that the seller chose."""

from __future__ import annotations

import threading
from collections.abc import Callable

from engine.domain import Channel, ComposeRequest, ComposeResult, Sampling
from engine.domain.sample import sample_brief
from engine.errors import SettingInvalid
from engine.inference.adapters import parse_adapters
from engine.ports import Adaptable, Generation, TextListener, TextModel
from engine.progress import Ticket
from engine.prompts import render_brief_v1
from engine.usecases.compose import ComposeListener, Composer, checked_request


class Writing:
    """Writes drafts with one model; ``use_other_model`` lets the next request choose anew."""

    def __init__(self, make_model: Callable[[], TextModel], make_composer: Callable[[TextModel], Composer]) -> None:
        self._make_model, self._make_composer = make_model, make_composer
        self._lock = threading.Lock()
        self._model: TextModel | None = None

    def compose(self, request: ComposeRequest, listener: ComposeListener, ticket: Ticket) -> ComposeResult:
        """Write the drafts of a request; they come back in the order to show.

        Raises:
            BriefInvalid, ChoiceUnknown, Cancelled, and what the model raises (see ``engine.ports.TextModel``).
        """
        request = checked_request(request)
        return self.composer().compose(request, listener, ticket)

    def stop_draft(self, index: int) -> None:
        """End one draft of the running request; what it has is kept."""
        if self._model is not None:
            self._model.stop_sequence(index)

    def warm_up(self, ticket: Ticket) -> None:
        """Load the model and read one short prompt, so that the first draft comes at once."""
        prompt = render_brief_v1(sample_brief(), Channel.TITLE)
        generation = Generation(prompt, 1, 1, Sampling(), max_tokens=1)
        self.model().generate(generation, TextListener(lambda _i, _t: None, lambda _g: None), ticket)

    def use_adapters(self, text: str) -> None:
        """Put LoRA adapters (``FILE[:scale]``, several with ``;`` between) on the model without loading it again.

        Raises:
            SettingInvalid: no such way to write it, or the model is one that takes none (the shop's own server).
            FileUnreadable, ModelBroken: an adapter is not there, is none, or is made for another model.
        """
        adapters, model = parse_adapters(text), self.model()
        if not isinstance(model, Adaptable):
            raise SettingInvalid("adapters", "not_a_choice", "只有本机的模型能加")
        model.set_adapters(adapters)

    def model_name(self) -> str:
        """The model that writes."""
        return self.model().name

    def composer(self) -> Composer:
        """The composer of the current model."""
        return self._make_composer(self.model())

    def model(self) -> TextModel:
        """The current model; its files are looked up now, loaded when it writes.

        Raises:
            ModelMissing, ModelBroken: as they say.
        """
        with self._lock:
            if self._model is None:
                self._model = self._make_model()
            return self._model

    def use_other_model(self) -> None:
        """Give the current model's memory back; the next request opens what is chosen then."""
        with self._lock:
            model, self._model = self._model, None
        if model is not None:
            model.close()
