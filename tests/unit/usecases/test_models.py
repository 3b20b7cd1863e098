"""Which models there are, bringing one in from a USB stick or the hub, and taking one away."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path

import pytest

from engine.errors import (
    Cancelled,
    DownloadFailed,
    FileUnreadable,
    FileUnwritable,
    ModelBroken,
    ModelMissing,
)
from engine.hub.transport import RemoteFile
from engine.paths import Paths
from engine.progress import Step, Ticket
from engine.usecases.models import ModelCatalogue, shard_names


def gguf(salt: bytes = b"", shards: int = 1) -> bytes:
    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value.encode())) + value.encode()

    pairs = [
        text("general.architecture") + struct.pack("<I", 8) + text("qwen2"),
        text("general.name") + struct.pack("<I", 8) + text("Qwen 测试"),
        text("qwen2.context_length") + struct.pack("<II", 4, 1_000_000),
        text("split.count") + struct.pack("<IH", 2, shards),
    ]
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(pairs)) + b"".join(pairs) + salt * 9


def put_model(root: Path, name: str, content: bytes) -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "m.gguf").write_bytes(content)
    (folder / "MODEL_CARD.md").write_text("卡片", "utf-8")
    file = {"name": "m.gguf", "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    texts = dict.fromkeys(("title", "base", "licence", "quantisation"), "x")
    data = {"name": name, "prompt_format": "brief-v1", "context_tokens": 64, "files": [file], "evaluation": {}} | texts
    (folder / "manifest.json").write_text(json.dumps(data), "utf-8")
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "C盘 我的 文件"


@pytest.fixture
def paths(root: Path) -> Paths:
    found = Paths(root / "数据", root / "资源")
    put_model(found.shipped_models, "starter", gguf(b"s"))
    return found


@pytest.fixture
def stick(root: Path) -> Path:
    path = root / "U盘 备份"
    path.mkdir(parents=True)
    return path


def test_the_shipped_model_is_the_default_and_own_ones_follow(paths: Paths) -> None:
    put_model(paths.models, "aaa", gguf(b"a"))
    catalogue = ModelCatalogue(paths)
    assert [m.manifest.name for m in catalogue.listing().models] == ["starter", "aaa"]
    assert catalogue.choose().shipped and not catalogue.choose("aaa").shipped
    assert catalogue.choose("aaa").first_file.read_bytes() == gguf(b"a")


def test_without_any_model_one_is_missing(root: Path) -> None:
    with pytest.raises(ModelMissing):
        ModelCatalogue(Paths(root, root / "x")).choose()


def test_a_broken_model_is_listed_with_its_reason_and_hides_no_other(paths: Paths) -> None:
    (put_model(paths.models, "坏的", gguf(b"b")) / "m.gguf").write_bytes(b"GGUF")
    catalogue = ModelCatalogue(paths)
    (broken,) = catalogue.listing().broken
    assert isinstance(broken.problem, ModelBroken) and broken.problem.reason == "file_size:m.gguf"
    assert catalogue.choose().manifest.name == "starter"
    with pytest.raises(ModelBroken):
        catalogue.choose("坏的")
    with pytest.raises(ModelMissing):
        catalogue.choose("没有的")


def test_a_bare_gguf_from_a_stick_gets_a_manifest_from_its_header(paths: Paths, stick: Path) -> None:
    (stick / "Qwen2.5 0.5B（量化）.gguf").write_bytes(gguf(b"q"))
    steps: list[Step] = []
    model = ModelCatalogue(paths).import_from(stick / "Qwen2.5 0.5B（量化）.gguf", Ticket(steps.append))
    manifest = model.manifest
    assert (manifest.name, manifest.title, manifest.base) == ("Qwen2.5 0.5B-量化", "Qwen 测试", "qwen2")
    assert (manifest.prompt_format, manifest.context_tokens) == ("plain-v1", 32_768)
    assert manifest.files[0].sha256 == hashlib.sha256(gguf(b"q")).hexdigest()
    assert steps[-1].done == steps[-1].total == len(gguf(b"q"))
    assert [path.name for path in paths.models.iterdir()] == [manifest.name]
    assert ModelCatalogue(paths).verify(manifest.name, Ticket()) == model


def test_a_model_folder_is_copied_with_its_card(paths: Paths, stick: Path) -> None:
    source = put_model(stick, "shop", gguf(b"f"))
    model = ModelCatalogue(paths).import_from(source, Ticket())
    assert model.manifest.prompt_format == "brief-v1"
    assert (model.folder / "MODEL_CARD.md").read_text("utf-8") == "卡片"


def test_a_folder_with_one_gguf_and_no_manifest_is_a_model_too(paths: Paths, stick: Path) -> None:
    (stick / "a.gguf").write_bytes(gguf(b"x"))
    assert ModelCatalogue(paths).import_from(stick, Ticket()).manifest.name == "a"
    (stick / "b.gguf").write_bytes(gguf(b"y"))
    with pytest.raises(ModelBroken) as caught:
        ModelCatalogue(paths).import_from(stick, Ticket())
    assert caught.value.reason == "several_gguf"


def test_the_same_bytes_are_not_kept_twice_and_the_same_name_gets_a_number(paths: Paths, stick: Path) -> None:
    catalogue = ModelCatalogue(paths)
    first = catalogue.import_from(put_model(stick, "shop", gguf(b"1")), Ticket())
    assert catalogue.import_from(stick / "shop", Ticket()) == first
    assert catalogue.import_from(put_model(stick / "neu", "shop", gguf(b"2")), Ticket()).manifest.name == "shop-2"
    assert catalogue.import_from(put_model(stick, "starter", gguf(b"3")), Ticket()).manifest.name == "starter-2"


def test_shards_come_in_together_or_not_at_all(paths: Paths, stick: Path) -> None:
    names = shard_names("m-00001-of-00002.gguf")
    (stick / names[0]).write_bytes(gguf(b"1", shards=2))
    with pytest.raises(ModelBroken) as caught:
        ModelCatalogue(paths).import_from(stick / names[0], Ticket())
    assert caught.value.reason == f"file_missing:{names[1]}"
    (stick / names[1]).write_bytes(gguf(b"2", shards=2))
    model = ModelCatalogue(paths).import_from(stick / names[1], Ticket())
    assert model.manifest.name == "m" and model.first_file.name == names[0]
    assert [file.name for file in model.manifest.files] == list(names)


def test_one_shard_under_another_name_is_not_a_whole_model(paths: Paths, stick: Path) -> None:
    (stick / "m.gguf").write_bytes(gguf(shards=3))
    with pytest.raises(ModelBroken) as caught:
        ModelCatalogue(paths).import_from(stick / "m.gguf", Ticket())
    assert caught.value.reason == "shards"


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"<html>", "not_gguf"), (gguf()[:40], "truncated"), (b"GGUF" + b"\xff" * 64, "gguf_version")],
)
def test_a_file_that_is_no_gguf_is_refused_before_it_is_copied(
    paths: Paths, stick: Path, content: bytes, reason: str
) -> None:
    (stick / "a.gguf").write_bytes(content)
    with pytest.raises(ModelBroken) as caught:
        ModelCatalogue(paths).import_from(stick / "a.gguf", Ticket())
    assert caught.value.reason == reason and not any(paths.models.glob("*"))


def test_a_copy_that_does_not_match_its_manifest_leaves_nothing(paths: Paths, stick: Path) -> None:
    source = put_model(stick, "shop", gguf(b"a"))
    (source / "m.gguf").write_bytes(gguf(b"b"))
    with pytest.raises(ModelBroken) as caught:
        ModelCatalogue(paths).import_from(source, Ticket())
    assert caught.value.reason == "file_hash:m.gguf" and not any(paths.models.iterdir())


def test_a_cancelled_import_leaves_nothing(paths: Paths, stick: Path) -> None:
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        ModelCatalogue(paths).import_from(put_model(stick, "shop", gguf()), ticket)
    assert not any(paths.models.iterdir())


def test_what_a_killed_import_left_is_swept_away(paths: Paths, stick: Path) -> None:
    (paths.models / ".incoming-x.part").mkdir(parents=True)
    assert not ModelCatalogue(paths).listing().broken
    ModelCatalogue(paths).import_from(put_model(stick, "shop", gguf()), Ticket())
    assert [path.name for path in paths.models.iterdir()] == ["shop"]


def test_a_disk_without_room_is_noticed_first(paths: Paths, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.files.model_copy.RESERVE_BYTES", 1 << 62)
    with pytest.raises(FileUnwritable) as caught:
        ModelCatalogue(paths).import_from(put_model(stick, "shop", gguf()), Ticket())
    assert caught.value.reason == "disk_full"


def test_nothing_at_the_named_place_is_said(paths: Paths, stick: Path) -> None:
    for place in (stick / "没有.gguf", stick):
        with pytest.raises((ModelMissing, FileUnreadable)):
            ModelCatalogue(paths).import_from(place, Ticket())


def test_own_models_can_be_removed_and_shipped_ones_cannot(paths: Paths) -> None:
    put_model(paths.models, "aaa", gguf(b"a"))
    (put_model(paths.models, "坏", gguf(b"b")) / "m.gguf").unlink()
    catalogue = ModelCatalogue(paths)
    catalogue.remove("aaa")
    catalogue.remove("坏")
    assert not any(paths.models.iterdir())
    with pytest.raises(FileUnwritable) as caught:
        catalogue.remove("starter")
    assert caught.value.reason == "read_only"
    with pytest.raises(ModelMissing):
        catalogue.remove("aaa")


class FakeHub:
    """Serves files from a dictionary and records what was asked."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.fetched: list[str] = []

    def describe(self, repo: str, filename: str, ticket: Ticket, revision: str = "main") -> RemoteFile:
        if filename not in self.files:
            raise DownloadFailed(filename, "not_found")
        return RemoteFile(f"http://x/{repo}/{filename}", filename, len(self.files[filename]), "")

    def describe_url(self, url: str, ticket: Ticket, sha256: str = "") -> RemoteFile:
        return self.describe("", url.rsplit("/", 1)[-1], ticket)

    def fetch(self, remote: RemoteFile, folder: Path, ticket: Ticket) -> Path:
        self.fetched.append(remote.name)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / remote.name).write_bytes(self.files[remote.name])
        return folder / remote.name


def test_a_download_becomes_a_model_with_all_its_shards(paths: Paths) -> None:
    names = shard_names("big-00001-of-00002.gguf")
    hub = FakeHub({name: gguf(name.encode(), shards=2) for name in names})
    model = ModelCatalogue(paths, hub).download("shop/big", names[0], Ticket())
    assert hub.fetched == list(names)
    assert ModelCatalogue(paths).verify("big", Ticket()) == model
    assert (
        ModelCatalogue(paths, FakeHub({"a.gguf": gguf()})).download_url("http://x/a.gguf", Ticket()).manifest.name
        == "a"
    )


def test_a_failed_download_adds_no_model(paths: Paths) -> None:
    with pytest.raises(DownloadFailed):
        ModelCatalogue(paths, FakeHub({})).download("shop/big", "a.gguf", Ticket())
    with pytest.raises(DownloadFailed):
        ModelCatalogue(paths).download("shop/big", "a.gguf", Ticket())
    assert [m.manifest.name for m in ModelCatalogue(paths).listing().models] == ["starter"]
