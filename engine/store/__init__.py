"""The seller's work in one encrypted SQLite file (Peewee on SQLCipher); domain values in and out, no row outside."""

from engine.store.backups import Backup, BackupKind
from engine.store.erase import Erased
from engine.store.keys import KeyPlace, KeyRing, SystemVault, Vault, VaultGone, parse_phrase
from engine.store.lock import InstanceLock
from engine.store.salvage import Salvage
from engine.store.search import Tokenizer, character_pairs
from engine.store.store import Store

__all__ = [
    "Backup",
    "BackupKind",
    "Erased",
    "InstanceLock",
    "KeyPlace",
    "KeyRing",
    "Salvage",
    "Store",
    "SystemVault",
    "Tokenizer",
    "Vault",
    "VaultGone",
    "character_pairs",
    "parse_phrase",
]
