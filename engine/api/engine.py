"""``Engine``: opens the seller's store and wires everything; the composition root of the program without its window."""

from __future__ import annotations

from types import TracebackType

from engine.api.adapters import Adapters
from engine.api.campaigns import Campaigns
from engine.api.desk import Desk
from engine.api.feedback import FeedbackFace
from engine.api.library import Library, Products
from engine.api.machine import NotesFile
from engine.api.models import Models, SettingsBox
from engine.api.people import Audiences, Voices
from engine.api.pictures import Pictures
from engine.api.privacy import Privacy
from engine.api.speed import Speedometer
from engine.api.templates import Templates
from engine.api.texts import Texts
from engine.api.writing import Writing
from engine.paths import Paths
from engine.ports import TextModel
from engine.ranking import load_discriminator
from engine.store import KeyRing, Store, Vault
from engine.text.segment import cut_words
from engine.usecases.batch import Batch
from engine.usecases.compose import Composer
from engine.usecases.taste import ShopRanker, Taste


class Engine:
    """The whole product, group by group; open it once a process (``Engine.open``) and close it at the end."""

    def __init__(self, paths: Paths, store: Store, keys: KeyRing, text_model: TextModel | None = None) -> None:
        self.paths, self._store, self._keys, self._given_model = paths, store, keys, text_model
        self._taste = Taste(store)
        self.settings = SettingsBox(paths)
        self.texts = Texts(paths.assets)
        self.library = Library(store, self._taste)
        self.products = Products(store)
        self.pictures = Pictures(store, paths.assets)
        self.desk = Desk(store)
        self.templates = Templates(store, paths.assets)
        self.voices, self.audiences = Voices(store), Audiences(store)
        self.writing = Writing(self._make_model, self._make_composer)
        self.models = Models(paths, self.settings, self.writing.use_other_model)
        self.speed = Speedometer(paths.speed, self.writing.model)
        self.adapters = Adapters(paths.adapters, self.settings, self.writing.use_adapters, self.models.default)
        store.model_hash = self.models.weights_hash
        self.batch = Batch(self.writing.composer)
        self.campaigns = Campaigns(store, self.writing.composer)
        self.feedback = FeedbackFace(store, self._taste, lambda: [m.manifest for m in self.models.installed()], paths)
        self.privacy = Privacy(store, keys, paths, self._taste)

    @classmethod
    def open(
        cls,
        paths: Paths | None = None,
        *,
        text_model: TextModel | None = None,
        vault: Vault | None = None,
        keys: KeyRing | None = None,
    ) -> Engine:
        """Open the seller's store; the model is looked up and loaded when it first writes.

        Args:
            text_model: writes in place of an installed model (tests, benchmarks).
            vault: where the key lies; the system's keyring by default.
            keys: the key itself, where it is known already (``engine.api.door``).

        Raises:
            StoreUnusable, StoreTooNew: as ``engine.store.Store.open`` says.
        """
        paths = paths or Paths.default()
        keys = keys or KeyRing(paths, vault)
        store = Store(paths, keys, cut_words).open()
        return cls(paths, store, keys, text_model)

    def close(self) -> None:
        """Give the model's memory back and close the store; a second call does nothing."""
        self.writing.use_other_model()
        self._store.close()

    def lock(self) -> None:
        """Close, and forget the key: the next opening asks for the passphrase."""
        self.close()
        self._keys.lock()

    def maintain(self) -> None:
        """The day's backup and the recycle bin; for a thread beside the window."""
        if self.settings.get("backup"):
            self._store.maintain()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _make_model(self) -> TextModel:
        if self._given_model is not None:
            return self._given_model
        remote = str(self.settings.get("remote_url"))
        if remote:
            from engine.inference.remote import RemoteOptions, RemoteTextModel

            return RemoteTextModel(RemoteOptions(url=remote))
        from engine.inference import InferenceOptions, LocalTextModel, parse_adapters

        options = InferenceOptions(
            threads=int(self.settings.get("threads")),
            gpu_layers=-1 if self.settings.get("gpu") == "auto" else 0,
            idle_seconds=60.0 * int(self.settings.get("idle_minutes")),
            adapters=parse_adapters(str(self.settings.get("adapters"))),
        )
        return LocalTextModel(self.models.default(), options, NotesFile(self.paths.machine))

    def _make_composer(self, model: TextModel) -> Composer:
        ranker = ShopRanker(self._store, self._taste, load_discriminator(self.paths.assets / "ranking"))
        checker = self.texts.checker
        reader = checker if self.settings.get("grounded") else checker.without_grounding()
        return Composer(model, self._store, checker, reader, ranker, self._store.voices)
