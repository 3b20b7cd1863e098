"""The public face of the engine: ``Engine`` and what its calls take and return."""

from engine.api.campaigns import Campaigns
from engine.api.desk import Desk
from engine.api.door import StoreDoor
from engine.api.engine import Engine
from engine.api.feedback import BundlePreview, FeedbackFace
from engine.api.library import ImportReport, Library, Products
from engine.api.models import Machine, Models, SettingsBox
from engine.api.people import Audiences, Voices
from engine.api.pictures import Pictures
from engine.api.privacy import Privacy
from engine.api.templates import Templates
from engine.api.texts import ReviewReport, Texts
from engine.api.writing import Writing
from engine.usecases.batch import Batch, BatchControl, BatchOptions, BatchProgress, BatchReport, RowResult
from engine.usecases.bundle import BundleOptions
from engine.usecases.compose import ComposeListener

__all__ = [
    "Audiences",
    "Batch",
    "BatchControl",
    "BatchOptions",
    "BatchProgress",
    "BatchReport",
    "BundleOptions",
    "BundlePreview",
    "Campaigns",
    "ComposeListener",
    "Desk",
    "Engine",
    "FeedbackFace",
    "ImportReport",
    "Library",
    "Machine",
    "Models",
    "Pictures",
    "Privacy",
    "Products",
    "ReviewReport",
    "RowResult",
    "SettingsBox",
    "StoreDoor",
    "Templates",
    "Texts",
    "Voices",
    "Writing",
]
