"""Where the program's files live: one data folder per user, the shipped assets, the installed models.

Nothing is created here; whoever writes creates. ``ZHANGGUI_HOME`` overrides the data folder (tests, portable use).
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

APP_NAME = "zhanggui"
HOME_VARIABLE = "ZHANGGUI_HOME"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one installation: ``home`` is the seller's data, ``assets`` what ships with the app."""

    home: Path
    assets: Path

    @classmethod
    def default(cls) -> Paths:
        """The user's folder (or ``ZHANGGUI_HOME``) and the assets beside the code or in the frozen bundle."""
        override = os.environ.get(HOME_VARIABLE)
        home = Path(override) if override else user_data_path(APP_NAME, appauthor=False)
        root = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
        return cls(home, root / "assets")

    @property
    def store(self) -> Path:
        """The seller's encrypted database."""
        return self.home / "store.db"

    @property
    def key_file(self) -> Path:
        """The database key where there is no keyring."""
        return self.home / "store.key"

    @property
    def backups(self) -> Path:
        """Copies of the store."""
        return self.home / "backups"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.home / "settings.json"

    @property
    def machine(self) -> Path:
        """What was learnt of this computer."""
        return self.home / "machine.json"

    @property
    def speed(self) -> Path:
        """How fast this computer was when it was last measured."""
        return self.home / "speed.json"

    @property
    def adapters(self) -> Path:
        """LoRA adapters that the seller added."""
        return self.home / "adapters"

    @property
    def logs(self) -> Path:
        """Rotating logs without customer text."""
        return self.home / "logs"

    @property
    def pictures(self) -> Path:
        """Product pictures, kept with their product."""
        return self.home / "pictures"

    @property
    def shipped_models(self) -> Path:
        """Models that came with the app."""
        return self.assets / "models"

    @property
    def models(self) -> Path:
        """Models that the seller installed."""
        return self.home / "models"
