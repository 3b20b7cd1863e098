"""Frozen dataclasses and pure rules: what the product is about, without files, models or windows."""

from engine.domain.brief import Attribute, Brief, parse_attribute_line, parse_tone
from engine.domain.channels import CHANNELS, Channel, ChannelSpec, Form, Task, Tone, count_characters
from engine.domain.draft import (
    DEFAULT_CANDIDATES,
    MAX_DRAFTS,
    NOT_SHOWN,
    ComposeRequest,
    ComposeResult,
    Draft,
    HistoryEntry,
    Sampling,
    Score,
    ScorePart,
    StopReason,
    Timing,
)
from engine.domain.finding import Finding, FindingKind, Severity
from engine.domain.model import InstalledModel, ModelFile, ModelManifest

__all__ = [
    "CHANNELS",
    "DEFAULT_CANDIDATES",
    "MAX_DRAFTS",
    "NOT_SHOWN",
    "Attribute",
    "Brief",
    "Channel",
    "ChannelSpec",
    "ComposeRequest",
    "ComposeResult",
    "Draft",
    "Finding",
    "FindingKind",
    "Form",
    "HistoryEntry",
    "InstalledModel",
    "ModelFile",
    "ModelManifest",
    "Sampling",
    "Score",
    "ScorePart",
    "Severity",
    "StopReason",
    "Task",
    "Timing",
    "Tone",
    "count_characters",
    "parse_attribute_line",
    "parse_tone",
]
