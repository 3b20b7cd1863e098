"""LoRA adapters on a running model: they change the text, are changed without loading again, and are checked in words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.__main__ import main
from engine.cli.words import BAD_FILE, BAD_INPUT, BAD_MODEL, OK
from engine.domain import InstalledModel, Sampling
from engine.errors import FileUnreadable, ModelBroken, SettingInvalid
from engine.inference import InferenceOptions, LocalTextModel, parse_adapters
from engine.paths import Paths
from engine.ports import Generated, Generation, TextListener
from engine.progress import Ticket
from engine.prompts import Prompt
from tests.tiny_adapter import write_tiny_adapter
from tests.tiny_model import install_tiny_model

REQUEST = Generation(Prompt("商品：", "雪纺连衣裙"), 2, 5, Sampling(temperature=0.0), 16)
OPTIONS = InferenceOptions(threads=1, gpu_layers=0, idle_seconds=0)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> InstalledModel:
    return install_tiny_model(tmp_path_factory.mktemp("m"))


@pytest.fixture(scope="module")
def model(installed: InstalledModel) -> Iterator[LocalTextModel]:
    local = LocalTextModel(installed, OPTIONS)
    write(local)
    yield local
    local.close()


@pytest.fixture
def adapters(tmp_path: Path) -> tuple[Path, Path]:
    return write_tiny_adapter(tmp_path / "甲.gguf"), write_tiny_adapter(tmp_path / "乙.gguf", seed=8)


def write(model: LocalTextModel, request: Generation = REQUEST) -> list[str]:
    done: list[Generated] = []
    model.generate(request, TextListener(lambda _i, _t: None, done.append), Ticket())
    return [g.text for g in sorted(done, key=lambda g: g.index)]


def test_adapters_change_the_text_by_their_scale_and_go_again_without_a_reload(model, adapters):
    model.set_adapters(())
    plain, pid = write(model), model.worker_pid
    one, other = adapters
    seen = []
    for wanted in (((one, 1.0),), ((one, 0.3),), ((other, 1.0),), ((one, 1.0), (other, 1.0))):
        model.set_adapters(wanted)
        seen.append(write(model)[0])
        assert seen[-1] == write(model)[0]
    assert plain[0] not in seen and len(set(seen)) >= 3
    model.set_adapters(((one, 0.0),))
    assert write(model) == plain
    model.set_adapters(())
    assert write(model) == plain and model.worker_pid == pid


def test_an_adapter_given_at_the_start_counts_from_the_first_request(installed, model, adapters):
    model.set_adapters(((adapters[0], 1.0),))
    late = write(model)
    model.set_adapters(())
    early = LocalTextModel(installed, replace(OPTIONS, adapters=((adapters[0], 1.0),)))
    try:
        assert write(early) == late
    finally:
        early.close()


def test_a_running_request_is_written_to_its_end_before_other_adapters_are_put_on(model, adapters):
    model.set_adapters(())
    long = replace(REQUEST, max_tokens=120, count=4)
    plain, short = write(model, long), write(model)
    began, texts = threading.Event(), {}

    def run() -> None:
        done: list[Generated] = []
        model.generate(long, TextListener(lambda _i, _t: began.set(), done.append), Ticket())
        texts["long"] = [g.text for g in sorted(done, key=lambda g: g.index)]

    thread = threading.Thread(target=run)
    thread.start()
    assert began.wait(10)
    model.set_adapters(((adapters[0], 1.0),))
    after = write(model)
    thread.join()
    model.set_adapters(())
    assert texts["long"] == plain and after != short


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"architecture": "llama"}, "adapter_other_model"),
        ({"kind": "model"}, "not_adapter"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_before_it_is_put_on(model, tmp_path, change, reason):
    path = write_tiny_adapter(tmp_path / "x.gguf", **change)
    with pytest.raises(ModelBroken) as caught:
        model.set_adapters(((path, 1.0),))
    assert caught.value.reason == reason
    with pytest.raises(FileUnreadable):
        model.set_adapters(((tmp_path / "none.gguf", 1.0),))


def test_shapes_that_do_not_fit_refuse_requests_until_other_adapters_come(model, tmp_path):
    model.set_adapters(())
    plain = write(model)
    model.set_adapters(((write_tiny_adapter(tmp_path / "x.gguf", width=32), 1.0),))
    with pytest.raises(ModelBroken) as caught:
        write(model)
    assert (caught.value.name, caught.value.reason) == ("x.gguf", "adapter_other_model")
    model.set_adapters(())
    assert write(model) == plain


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a.gguf", [("a.gguf", 1.0)]),
        ("a.gguf:0.5; b c.gguf:-1;", [("a.gguf", 0.5), ("b c.gguf", -1.0)]),
        ("C:\\甲\\a.gguf:2", [("C:\\甲\\a.gguf", 2.0)]),
        ("C:\\甲\\a.gguf", [("C:\\甲\\a.gguf", 1.0)]),
        ("", []),
    ],
)
def test_a_person_names_files_and_scales(text, found):
    assert parse_adapters(text) == tuple((Path(name), scale) for name, scale in found)


@pytest.mark.parametrize("text", [":0.5", "a.gguf:nan", "a.gguf:99", "a.gguf:inf"])
def test_a_scale_that_makes_no_sense_is_refused(text):
    with pytest.raises(SettingInvalid):
        parse_adapters(text)


def test_the_command_line_puts_adapters_on(capsys, private_home, tmp_path, monkeypatch, adapters):
    monkeypatch.setattr(Paths, "shipped_models", property(lambda self: tmp_path / "none"))
    install_tiny_model(private_home / "models" / "tiny")

    def compose(*more: str) -> tuple[int, str, str]:
        code = main(
            [
                "compose",
                "--product",
                "雪纺裙",
                "--channel",
                "title",
                "-n",
                "1",
                "--candidates",
                "1",
                "--seed",
                "3",
                *more,
            ]
        )
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    plain, other = compose(), compose("--adapter", f"{adapters[0]}:1.5", "--adapter", str(adapters[1]))
    assert plain[0] == other[0] == OK and plain[1] != other[1]
    assert compose("--adapter", str(tmp_path / "none.gguf"))[0] == BAD_FILE
    assert compose("--adapter", "x.gguf:100")[0] == BAD_INPUT
    code, _, err = compose("--adapter", str(write_tiny_adapter(tmp_path / "l.gguf", architecture="llama")))
    assert code == BAD_MODEL and "l.gguf" in err
