"""Sellers' bundles collected for retraining: each choice once, in any number of takings, withdrawn ones out."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.domain import Brief, Channel, ComposeRequest, Draft, StopReason
from engine.domain.records import Candidate, ChoiceRecord, Consent, ConsentScope, Feedback
from engine.usecases.bundle import Bundles
from training.__main__ import main
from training.feedback import Taken, collect, feedback_examples, told

NOW = datetime(2026, 3, 14, tzinfo=UTC)
CONSENT = Consent("2026-1", tuple(ConsentScope), NOW)


class Choices:
    """A source of choices."""

    def __init__(self, found: list[ChoiceRecord], withdrawn: list[str]) -> None:
        self._found, self._withdrawn = found, withdrawn

    def records(self) -> list[ChoiceRecord]:
        return self._found

    def withdrawn_keys(self) -> list[str]:
        return self._withdrawn


def choice(number: int, *texts: str, picked: bool = True, final: str = "") -> ChoiceRecord:
    candidates = tuple(
        Candidate(
            Draft(place, text, 9, place, StopReason.END, -1.0, rank=place, draft_id=place + 1),
            Feedback(place + 1, picked=picked and place == 0, final_text=final or None if place == 0 else None),
            None,
        )
        for place, text in enumerate(texts)
    )
    request = ComposeRequest(Brief("雪纺连衣裙", offer="满99减20"), Channel.MOMENTS)
    return ChoiceRecord(f"{number:024x}", number, request, 7, "shop-1", "ab" * 32, NOW, candidates)


def bundle(path: Path, *choices: ChoiceRecord, consent: Consent = CONSENT, withdrawn: tuple[int, ...] = ()) -> Path:
    keys = [f"{number:024x}" for number in withdrawn]
    Bundles(Choices(list(choices), keys), lambda: "0" * 32, (), "0.1").export(path, consent)
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_bundle_taken_twice_changes_nothing(tmp_path: Path) -> None:
    first = bundle(tmp_path / "一 店.zip", choice(1, "裙子到货", "裙子来了"), choice(2, "裙子上新", "新裙子"))
    out = tmp_path / "收集"
    assert collect([first], out) == [Taken("一 店.zip", added=2)]
    before = content(out)
    assert collect([first, first], out) == [Taken("一 店.zip"), Taken("一 店.zip")]
    assert content(out) == before


def test_the_order_of_two_shops_does_not_matter(tmp_path: Path) -> None:
    one, two = bundle(tmp_path / "a.zip", choice(1, "甲", "乙")), bundle(tmp_path / "b.zip", choice(2, "丙", "丁"))
    collect([one, two], tmp_path / "x")
    collect([two], tmp_path / "y")
    collect([one], tmp_path / "y")
    assert content(tmp_path / "x") == content(tmp_path / "y")


def test_a_choice_that_was_mended_later_replaces_the_former_one(tmp_path: Path) -> None:
    collect([bundle(tmp_path / "a.zip", choice(1, "裙子到货", "裙子来了"))], tmp_path / "x")
    found = collect([bundle(tmp_path / "b.zip", choice(1, "裙子到货", "裙子来了", final="裙子到了"))], tmp_path / "x")
    assert found == [Taken("b.zip", changed=1)]
    assert [example.target for example in feedback_examples(tmp_path / "x")] == ["裙子到了"]


def test_what_was_withdrawn_goes_out_and_stays_out(tmp_path: Path) -> None:
    old = bundle(tmp_path / "a.zip", choice(1, "甲稿", "乙稿"), choice(2, "丙稿", "丁稿"))
    collect([old], tmp_path / "x")
    assert collect([bundle(tmp_path / "b.zip", choice(2, "丙稿", "丁稿"), withdrawn=(1,))], tmp_path / "x") == [
        Taken("b.zip", removed=1)
    ]
    assert collect([old], tmp_path / "x") == [Taken("a.zip", left_out={"withdrawn": 1})]
    assert all("甲稿".encode() not in data for data in content(tmp_path / "x").values())


def test_a_broken_bundle_is_refused_with_its_reason_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, broken = bundle(tmp_path / "a.zip", choice(1, "甲", "乙")), tmp_path / "b.zip"
    broken.write_bytes(good.read_bytes()[:-40])
    assert main(["feedback", str(broken), str(good), str(tmp_path / "没有.zip"), "--out", str(tmp_path / "x")]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "b.zip: refused: not_a_zip"
    assert said[1] == "a.zip: 1 added, 0 changed, 0 removed"
    assert said[2].startswith("没有.zip: refused: cannot read")


def test_choices_that_cannot_be_trained_on_are_counted_by_reason(tmp_path: Path) -> None:
    silent, unlawful = choice(1, "甲", "乙", picked=False), choice(2, "全国第一的裙子", "乙")
    found = collect([bundle(tmp_path / "a.zip", silent, unlawful)], tmp_path / "x")
    assert found[0].left_out == {"nothing_said": 1, "unlawful": 1}
    narrow = replace(CONSENT, scope=(ConsentScope.CHOICES,))
    found = collect([bundle(tmp_path / "b.zip", choice(3, "甲", "乙"), consent=narrow)], tmp_path / "x")
    assert found[0].left_out == {"withheld": 1}
    assert list(told(found)) == ["b.zip: 0 added, 0 changed, 0 removed, left out: 1 withheld"]


def test_the_choices_reach_the_mixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mixture = pytest.importorskip("training.mixture")
    collect([bundle(tmp_path / "a.zip", choice(1, "裙子到货，来店里看看", "乙"))], tmp_path / "x")
    for name in ("plain_examples", "formula_examples"):
        monkeypatch.setattr(mixture, name, lambda _data: [])
    monkeypatch.setattr(mixture, "corpus_examples", lambda _data, literary: [])
    train, held = mixture.sft_mixture(tmp_path, 10, 10, tmp_path / "x")
    assert [e.target for e in [*train, *held]] == ["裙子到货，来店里看看"]
    assert {e.source for e in [*train, *held]} == {"feedback"}


def test_rows_are_in_the_form_of_trl(tmp_path: Path) -> None:
    collect([bundle(tmp_path / "a.zip", choice(1, "甲稿", "乙稿", final="定稿"))], tmp_path / "x")
    keys = {
        "sft": {"prompt", "completion"},
        "dpo": {"prompt", "chosen", "rejected"},
        "kto": {"prompt", "completion", "label"},
    }
    for name, wanted in keys.items():
        rows = [json.loads(line) for line in (tmp_path / "x" / f"{name}.jsonl").read_text("utf-8").splitlines()]
        assert rows and all(set(row) == wanted for row in rows)


@pytest.mark.filterwarnings("default")  # the trainers' own deprecations are theirs
@pytest.mark.keeps_threads("torch and datasets keep their workers")
def test_one_step_of_each_trainer_on_the_files_unchanged(tmp_path: Path) -> None:
    """TRL's SFT, DPO and KTO trainers read the bundle's own files through ``datasets``."""
    datasets = pytest.importorskip("datasets", reason="datasets is not installed (extra: preference)")
    trl = pytest.importorskip("trl", reason="trl is not installed (extra: preference)")
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from tiny_checkpoint import make_tiny_checkpoint

    transformers = pytest.importorskip("transformers")
    (tmp_path / "base").mkdir()
    base = make_tiny_checkpoint(tmp_path / "base")
    import zipfile

    made = bundle(tmp_path / "a.zip", *(choice(n, f"甲稿{n}", "乙稿", final=f"定稿{n}") for n in range(4)))
    zipfile.ZipFile(made).extractall(tmp_path / "in")
    tokenizer = transformers.AutoTokenizer.from_pretrained(base)
    if not hasattr(trl, "KTOTrainer"):
        pytest.skip("this TRL has no KTO trainer")
    for name, config, trainer in (
        ("sft", trl.SFTConfig, trl.SFTTrainer),
        ("dpo", trl.DPOConfig, trl.DPOTrainer),
        ("kto", trl.KTOConfig, trl.KTOTrainer),
    ):
        rows = datasets.load_dataset("json", data_files=str(tmp_path / "in" / f"{name}.jsonl"), split="train")
        settings = config(
            output_dir=str(tmp_path / name),
            max_steps=1,
            per_device_train_batch_size=2,
            report_to=[],
            use_cpu=True,
            save_strategy="no",
            bf16=False,
        )
        model = transformers.AutoModelForCausalLM.from_pretrained(base)
        run = trainer(model=model, args=settings, train_dataset=rows, processing_class=tokenizer)
        run.train()
        assert run.state.global_step == 1
