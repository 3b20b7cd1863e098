"""The computer's speed is measured and kept; adapters are brought in, put on and taken off."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from engine.api.adapters import Adapters
from engine.api.models import SettingsBox
from engine.api.speed import SpeedFile, Speedometer
from engine.domain import Timing
from engine.errors import Cancelled, ModelBroken, NotFound
from engine.inference import parse_adapters
from engine.paths import Paths
from engine.ports import Generation, TextListener
from engine.progress import Ticket
from tests.tiny_adapter import write_tiny_adapter
from tests.tiny_model import install_tiny_model


class Steady:
    """Reads 1000 tokens a second and writes 100."""

    name, prompt_format = "steady", "brief-v1"

    def generate(self, generation: Generation, listener: TextListener, ticket: Ticket) -> Timing:
        ticket.check()
        tokens = len(generation.prompt.text)
        return Timing(prompt_s=tokens / 1000, tokens_per_second=100.0, prompt_tokens=tokens)

    def stop_sequence(self, index: int) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "店 资料", tmp_path / "assets")


def test_the_speed_is_what_a_click_takes_and_is_kept_with_its_date(paths: Paths) -> None:
    meter = Speedometer(paths.speed, Steady)
    assert meter.last() is None
    speed = meter.measure(Ticket())
    assert (round(speed.read_tokens_s), round(speed.write_tokens_s)) == (1000, 100)
    assert 9.6 < speed.seconds < 10.5 and speed.drafts == 4 and speed.measured_at.tzinfo is UTC
    kept = meter.last()
    assert kept is not None and kept.measured_at == speed.measured_at and kept.model == "steady"


def test_a_stopped_measurement_keeps_nothing(paths: Paths) -> None:
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        Speedometer(paths.speed, Steady).measure(ticket)
    assert not paths.speed.exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"model": "a", "read_tokens_s": -1}', "\x00", "[" * 5000])
def test_a_broken_file_is_as_good_as_none(paths: Paths, content: str) -> None:
    paths.home.mkdir()
    paths.speed.write_text(content, "utf-8")
    assert SpeedFile(paths.speed).load() is None


def test_other_threads_make_the_old_speed_worthless(paths: Paths) -> None:
    meter, settings = Speedometer(paths.speed, Steady), SettingsBox(paths)
    meter.measure(Ticket())
    settings.set("drafts", 5)
    assert meter.last() is not None
    settings.set("threads", 1)
    assert meter.last() is None


def test_an_adapter_is_copied_in_put_on_turned_down_and_removed(paths: Paths, tmp_path: Path) -> None:
    model, used, settings = install_tiny_model(tmp_path / "模型"), [], SettingsBox(paths)
    adapters = Adapters(paths.adapters, settings, used.append, lambda: model)
    assert adapters.listing() == ()
    source = write_tiny_adapter(tmp_path / "我的;口吻.gguf")
    name = adapters.add(source, Ticket())
    source.unlink()
    (found,) = adapters.listing()
    assert (found.name, found.scale, found.problem) == (name, 0.0, None) and ";" not in name
    settings.set("adapters", "elsewhere.gguf:0.5")
    adapters.put_on(name, 0.8)
    assert adapters.listing()[0].scale == 0.8
    assert [scale for _, scale in parse_adapters(used[-1])] == [0.5, 0.8]
    adapters.remove(name)
    assert adapters.listing() == () and settings.get("adapters") == "elsewhere.gguf:0.5"
    with pytest.raises(NotFound):
        adapters.put_on(name)


def test_what_is_no_adapter_or_is_for_another_model_is_refused_with_its_reason(paths: Paths, tmp_path: Path) -> None:
    model, used, settings = install_tiny_model(tmp_path / "模型"), [], SettingsBox(paths)
    adapters = Adapters(paths.adapters, settings, used.append, lambda: model)
    with pytest.raises(ModelBroken) as caught:
        adapters.add(model.first_file, Ticket())
    assert caught.value.reason == "not_adapter" and adapters.listing() == ()
    name = adapters.add(write_tiny_adapter(tmp_path / "别家.gguf", architecture="llama"), Ticket())
    assert isinstance(adapters.listing()[0].problem, ModelBroken)
    with pytest.raises(ModelBroken):
        adapters.put_on(name)
    assert settings.get("adapters") == "" and not used


def test_one_that_another_model_cannot_take_can_still_be_switched_off(paths: Paths, tmp_path: Path) -> None:
    model, settings = install_tiny_model(tmp_path / "模型"), SettingsBox(paths)

    def refuse(text: str) -> None:
        if text:
            raise ModelBroken("x", "adapter_other_model")

    working = Adapters(paths.adapters, settings, lambda _text: None, lambda: model)
    names = [working.add(write_tiny_adapter(tmp_path / f"{n}.gguf"), Ticket()) for n in "甲乙"]
    for name in names:
        working.put_on(name)
    other = Adapters(paths.adapters, settings, refuse, lambda: model)
    other.put_on(names[0], 0.0)
    assert [adapter.scale for adapter in other.listing() if adapter.name == names[0]] == [0.0]
    other.remove(names[1])
    assert settings.get("adapters") == ""


class Far(Steady):
    """The shop's own server tells nothing of reading."""

    name = "far"

    def generate(self, generation: Generation, listener: TextListener, ticket: Ticket) -> Timing:
        return Timing(total_s=1.0, tokens_per_second=50.0)


def test_a_server_that_tells_nothing_of_reading_is_measured_by_what_it_writes(paths: Paths) -> None:
    meter = Speedometer(paths.speed, Far)
    speed = meter.measure(Ticket())
    assert speed.read_tokens_s == 0 and 19 < speed.seconds < 20
    assert meter.last() is not None
