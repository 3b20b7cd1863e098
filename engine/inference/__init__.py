"""Text models for the rest of the engine: a local GGUF in a worker process, or the shop's own server.

The only package that knows llama.cpp. Importing it loads no native library; that happens in the worker.
"""

from engine.inference.adapters import parse_adapters
from engine.inference.client import InferenceOptions, LocalTextModel
from engine.inference.gguf_check import GgufHead, check_gguf, read_head, shard_files
from engine.inference.hardware import Device, Hardware, list_devices, survey
from engine.inference.remote import RemoteOptions, RemoteTextModel

__all__ = [
    "Device",
    "GgufHead",
    "Hardware",
    "InferenceOptions",
    "LocalTextModel",
    "RemoteOptions",
    "RemoteTextModel",
    "check_gguf",
    "list_devices",
    "parse_adapters",
    "read_head",
    "shard_files",
    "survey",
]
