"""LoRA adapters on this computer: brought in from a disk, put on the model with a scale, taken off again.

The files lie in a folder of their own; which are on, and how strongly, stands in the setting ``adapters``, the same that a
seller can write by hand. What that names outside the folder is left as it is.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from engine.api.models import SettingsBox
from engine.domain import AdapterFile, InstalledModel
from engine.errors import EngineError, FileUnreadable, FileUnwritable, NotFound, reason_of
from engine.files.model_copy import check_free_space, copy_hashed
from engine.files.names import safe_name
from engine.inference.adapters import SEPARATOR, check_adapters, check_kind, parse_adapters
from engine.progress import Ticket

SUFFIX, PART = ".gguf", ".part"
COPY_STAGE = "copy"
USUAL_SCALE = 1.0


class Adapters:
    """The adapters of one installation.

    Args:
        folder: where they lie.
        settings: which of them are on.
        use: puts a list (as the setting writes it) on the running model; raises when one does not fit.
        model: the model that writes.
    """

    def __init__(
        self,
        folder: Path,
        settings: SettingsBox,
        use: Callable[[str], None],
        model: Callable[[], InstalledModel],
    ) -> None:
        self._folder, self._settings, self._use, self._model = folder, settings, use, model

    def listing(self) -> tuple[AdapterFile, ...]:
        """All of them by name."""
        on = dict(parse_adapters(str(self._settings.get("adapters"))))
        try:
            paths = sorted(path for path in self._folder.iterdir() if path.suffix == SUFFIX)
        except OSError:
            return ()
        return tuple(AdapterFile(p.stem, p.stat().st_size, on.get(p, 0.0), self._problem(p)) for p in paths)

    def add(self, source: Path, ticket: Ticket) -> str:
        """Copy one in, switched off; returns its name.

        Raises:
            FileUnreadable, FileUnwritable, ModelBroken (``not_adapter`` …), Cancelled.
        """
        if not source.is_file():
            raise FileUnreadable(source, "missing")
        check_kind(source)
        size = source.stat().st_size
        check_free_space(self._folder, size)
        target = self._free_path(safe_name(source.stem).replace(SEPARATOR, "-"))
        part = target.with_suffix(PART)

        def report(done: int) -> None:
            ticket.check()
            ticket.report(COPY_STAGE, done, size)

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            copy_hashed(source, part, report)
            os.replace(part, target)
        except OSError as error:
            raise FileUnwritable(target, reason_of(error)) from error
        finally:
            part.unlink(missing_ok=True)
        return target.stem

    def put_on(self, name: str, scale: float = USUAL_SCALE) -> None:
        """Write with it, this strongly, from the next draft on; 0 takes it off, whatever the model makes of the others.

        Raises:
            NotFound, ModelBroken (``adapter_other_model``), SettingInvalid, ModelMissing.
        """
        path = self._path(name)
        wanted = {p: s for p, s in parse_adapters(str(self._settings.get("adapters"))) if p != path}
        if scale:
            check_adapters(self._model().first_file, self._model().manifest.name, (path,))
            wanted[path] = scale
        text = SEPARATOR.join(f"{p}:{s:g}" for p, s in wanted.items())
        with contextlib.suppress(*(() if scale else (EngineError,))):
            self._use(text)
        self._settings.set("adapters", text)

    def remove(self, name: str) -> None:
        """Take it off the model and off the disk; raises as ``put_on``, and ``FileUnwritable``."""
        path = self._path(name)
        if path in dict(parse_adapters(str(self._settings.get("adapters")))):
            self.put_on(name, 0.0)
        try:
            path.unlink()
        except OSError as error:
            raise FileUnwritable(path, reason_of(error)) from error

    def _path(self, name: str) -> Path:
        path = self._folder / f"{name}{SUFFIX}"
        if path.parent != self._folder or not path.is_file():
            raise NotFound("adapter", name)
        return path

    def _free_path(self, stem: str) -> Path:
        candidates = (stem, *(f"{stem}-{number}" for number in range(2, 10_000)))
        return next(p for s in candidates if not (p := self._folder / f"{s}{SUFFIX}").exists())

    def _problem(self, path: Path) -> EngineError | None:
        """Why the model that writes cannot take it."""
        try:
            model = self._model()
            check_adapters(model.first_file, model.manifest.name, (path,))
        except EngineError as problem:
            return problem
        return None
