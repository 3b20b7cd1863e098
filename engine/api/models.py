"""Models on this computer, the computer itself, and the seller's settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.api.machine import NotesFile
from engine.api.speed import SpeedFile
from engine.domain import InstalledModel, ModelFit, OfferedModel
from engine.inference.machine_notes import MachineNotes
from engine.paths import Paths
from engine.progress import Ticket
from engine.settings import Settings, changed, load_settings, save_settings
from engine.usecases.models import ModelCatalogue, ModelListing

TRIED_OUT = ("threads", "gpu")


@dataclass(frozen=True, slots=True)
class Machine:
    """What writes: cores, threads used for writing, free memory in bytes, graphics devices by name."""

    cores: int
    threads: int
    free_bytes: int
    gpus: tuple[str, ...]


class SettingsBox:
    """The settings of one installation; a change is on disk when ``set`` returns.

    Who sets threads or GPU (again) wants them tried anew: what was learnt of this computer is then forgotten.
    """

    def __init__(self, paths: Paths) -> None:
        self._path, self._notes, self._speed = paths.settings, NotesFile(paths.machine), SpeedFile(paths.speed)
        self._settings = load_settings(self._path)

    @property
    def current(self) -> Settings:
        """All of them."""
        return self._settings

    def get(self, name: str) -> Any:
        """One value."""
        return getattr(self._settings, name)

    def notes(self) -> MachineNotes:
        """What was learnt of this computer."""
        return self._notes.load()

    def set(self, name: str, value: Any) -> None:
        """Change one value; raises ``ChoiceUnknown`` and the like for one that does not fit."""
        settings = changed(self._settings, name, value)
        save_settings(self._path, settings)
        self._settings = settings
        if name in TRIED_OUT:
            self._notes.forget()
            self._speed.forget()


class Models:
    """The installed models and which one writes."""

    def __init__(self, paths: Paths, settings: SettingsBox, on_change: Callable[[], None]) -> None:
        self._paths, self._settings, self._on_change = paths, settings, on_change

    @property
    def _catalogue(self) -> ModelCatalogue:
        """Made anew each time: the mirror may have been changed."""
        return ModelCatalogue(self._paths, _hub(self._settings))

    def weights_hash(self, name: str) -> str:
        """The SHA-256 that names an installed model's weights; "" for any other (a server's, say)."""
        return next((model.manifest.sha256 for model in self.installed() if model.manifest.name == name), "")

    def listing(self) -> ModelListing:
        """All model folders, those that cannot be used with the reason."""
        return self._catalogue.listing()

    def installed(self) -> list[InstalledModel]:
        """The models that can write."""
        return list(self._catalogue.listing().models)

    def default(self) -> InstalledModel:
        """The one that writes; raises ``ModelMissing`` or ``ModelBroken``."""
        return self._catalogue.choose(str(self._settings.get("model")))

    def set_default(self, name: str) -> None:
        """Write with this model from the next request on."""
        self._catalogue.choose(name)
        self._settings.set("model", name)
        self._on_change()

    def import_from(self, path: Path, ticket: Ticket) -> InstalledModel:
        """Copy a model folder or a GGUF from a disk or a stick."""
        return self._catalogue.import_from(path, ticket)

    def fits(self) -> dict[str, ModelFit]:
        """For each model that can write, by name, whether it has room in memory now."""
        from engine.inference.hardware import free_memory
        from engine.usecases.fit import fit_installed

        free = free_memory()
        return {model.manifest.name: fit_installed(model, free) for model in self.installed()}

    def offers(self, repo: str, ticket: Ticket) -> tuple[OfferedModel, ...]:
        """The models of a repository on the hub or its mirror; uses the network."""
        from engine.inference.hardware import free_memory

        return self._catalogue.offers(repo, free_memory(), ticket)

    def download(self, repo: str, filename: str, ticket: Ticket) -> InstalledModel:
        """Fetch a GGUF from the hub or its mirror."""
        return self._catalogue.download(repo, filename, ticket)

    def verify(self, name: str, ticket: Ticket) -> None:
        """Read every byte and compare; raises ``ModelBroken``."""
        self._catalogue.verify(name, ticket)

    def remove(self, name: str) -> None:
        """Delete a model that the seller installed."""
        if self._settings.get("model") == name:
            self._settings.set("model", "")
        self._on_change()
        self._catalogue.remove(name)

    def machine(self) -> Machine:
        """The computer, as far as writing cares."""
        from engine.inference.hardware import choose_threads, fingerprint, survey

        hardware, notes = survey(with_devices=False), self._settings.notes()
        tuned = notes.threads if notes.fingerprint == fingerprint() else 0
        threads = int(self._settings.get("threads")) or tuned or choose_threads(hardware.physical_cores)
        return Machine(hardware.physical_cores, threads, hardware.free_bytes, ())


def _hub(settings: SettingsBox) -> Any:
    from engine.hub.download import HubDownloader

    return HubDownloader(endpoint=str(settings.get("mirror")))
