"""Where the database key lives, how it comes back when it is lost, and the passphrase that may guard it.

The key is 32 random bytes, handed on as 64 hex digits. ``store.key`` (mode 0600) is a small JSON record that always says
*where* the key is: in the system's keyring (``place`` = ``keyring`` and an entry name) or, where there is none, in the
record itself (``place`` = ``file``). With a passphrase the key is stored wrapped: AES-GCM under scrypt. ``check`` is a
hash of the key, enough to tell a wrong key from a damaged database and of no use to anybody else.

A new key is never made while a database exists: a lost key is ``no_key``, and the recovery phrase brings it back. The
phrase is the key and four check bytes as 24 groups of three hex digits: no word list, no input method, printable.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from engine.errors import PassphraseNeeded, RecoveryPhraseWrong, StoreUnusable
from engine.paths import Paths
from engine.store.session import os_reason

SERVICE = "zhanggui"
KEY_BYTES = 32
PHRASE_WORDS = 24
WORD_DIGITS = 3
SCRYPT_COST = 2**15
LOOKALIKES = str.maketrans("olizs", "01125")
"""Letters that are no hex digits and are easily written for one."""


class KeyPlace(StrEnum):
    """Where the key is kept; ``FILE`` is the weaker place and the seller is told so."""

    KEYRING = "keyring"
    FILE = "file"


class Vault(Protocol):
    """A keyring: named secrets. ``get`` gives None for an unknown name; all raise ``VaultGone`` when it is not there."""

    def get(self, name: str) -> str | None:
        """The secret of this name."""
        ...

    def put(self, name: str, secret: str) -> None:
        """Keep a secret."""
        ...

    def remove(self, name: str) -> None:
        """Forget a secret; an unknown name is no error."""
        ...


class VaultGone(Exception):
    """The system has no usable keyring just now."""


class SystemVault:
    """The operating system's keyring."""

    def get(self, name: str) -> str | None:
        """The secret of this name."""
        keyring = self._keyring()
        try:
            secret: str | None = keyring.get_password(SERVICE, name)
        except keyring.errors.KeyringError as error:
            raise VaultGone from error
        return secret

    def put(self, name: str, secret: str) -> None:
        """Keep a secret, and read it back: some keyrings lose what they accept."""
        keyring = self._keyring()
        try:
            keyring.set_password(SERVICE, name, secret)
        except keyring.errors.KeyringError as error:
            raise VaultGone from error
        if self.get(name) != secret:
            raise VaultGone

    def remove(self, name: str) -> None:
        """Forget a secret."""
        keyring = self._keyring()
        try:
            keyring.delete_password(SERVICE, name)
        except keyring.errors.PasswordDeleteError:
            return
        except keyring.errors.KeyringError as error:
            raise VaultGone from error

    def _keyring(self) -> Any:
        """The module, if its backend is a real one (a priority under 1 means plain text or nothing)."""
        import keyring
        import keyring.errors

        if keyring.get_keyring().priority < 1:
            raise VaultGone
        return keyring


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """What ``store.key`` says."""

    place: KeyPlace
    name: str
    check: str
    secret: str = ""
    guarded: bool = False


class KeyRing:
    """The key of one store."""

    def __init__(self, paths: Paths, vault: Vault | None = None) -> None:
        self._file = paths.key_file
        self._store = paths.store
        self._vault: Vault = vault if vault is not None else SystemVault()
        self._key: str | None = None

    @property
    def place(self) -> KeyPlace | None:
        """Where the key is kept, None when there is none yet."""
        record = self._read()
        return record.place if record else None

    @property
    def guarded(self) -> bool:
        """Whether a passphrase is asked at the start."""
        record = self._read()
        return bool(record and record.guarded)

    def obtain(self, *, store_exists: bool) -> str:
        """The key as 64 hex digits; made on the first start.

        Raises:
            StoreUnusable: ``no_key`` when there is a store and its key is gone (restore it with the phrase).
            PassphraseNeeded: when ``unlock`` must come first.
        """
        if self._key is not None:
            return self._key
        record = self._read()
        if record is None:
            if store_exists:
                raise StoreUnusable(self._store, "no_key")
            self._keep(secrets.token_hex(KEY_BYTES))
        else:
            secret = self._secret(record)
            if record.guarded:
                raise PassphraseNeeded(wrong=False)
            self._key = secret
        assert self._key is not None
        return self._key

    def unlock(self, passphrase: str) -> None:
        """Open the wrapped key with the seller's passphrase.

        Raises:
            PassphraseNeeded: ``wrong`` when it does not open.
            StoreUnusable: ``no_key`` when there is nothing to open.
        """
        record = self._read()
        if record is None:
            raise StoreUnusable(self._store, "no_key")
        secret = self._secret(record)
        self._key = _unwrap(secret, passphrase) if record.guarded else secret

    def lock(self) -> None:
        """Forget the key in memory; the next ``obtain`` asks again."""
        self._key = None

    def set_passphrase(self, passphrase: str | None) -> None:
        """Guard the key with a passphrase from now on, or (None or "") no longer."""
        self._keep(self._known(), passphrase or "")

    def recovery_phrase(self) -> str:
        """24 groups of three hex digits to print and keep; whoever has them can open the store."""
        raw = bytes.fromhex(self._known())
        digits = (raw + _phrase_check(raw)).hex()
        return " ".join(digits[at : at + WORD_DIGITS] for at in range(0, len(digits), WORD_DIGITS))

    def restore(self, phrase: str, proof: Callable[[str], None]) -> None:
        """Bring the key back from the printed phrase and keep it as on the first start (without a passphrase).

        ``proof`` gets the key first and raises when it does not open the store: another shop's phrase replaces nothing.

        Raises:
            RecoveryPhraseWrong: a group is missing, holds other characters, or a digit is wrong.
        """
        key = parse_phrase(phrase)
        proof(key)
        self._keep(key)

    def matches(self, key: str) -> bool:
        """Whether this is the key that the record speaks of."""
        record = self._read()
        return bool(record and record.check == _key_check(key))

    def destroy(self) -> bool:
        """Remove the key from every place; False when the keyring is away and still holds it."""
        record = self._read()
        gone = True
        if record and record.place is KeyPlace.KEYRING:
            try:
                self._vault.remove(record.name)
            except VaultGone:
                gone = False
        self._file.unlink(missing_ok=True)
        self._key = None
        return gone

    def _known(self) -> str:
        return self._key if self._key is not None else self.obtain(store_exists=True)

    def _secret(self, record: KeyRecord) -> str:
        if record.place is KeyPlace.FILE:
            return record.secret
        try:
            secret = self._vault.get(record.name)
        except VaultGone as error:
            raise StoreUnusable(self._store, "no_key") from error
        if secret is None:
            raise StoreUnusable(self._store, "no_key")
        return secret

    def _keep(self, key: str, passphrase: str = "") -> None:
        secret = _wrap(key, passphrase) if passphrase else key
        old = self._read()
        name = old.name if old else secrets.token_hex(8)
        place, kept = KeyPlace.KEYRING, ""
        try:
            self._vault.put(name, secret)
        except VaultGone:
            place, kept = KeyPlace.FILE, secret
        self._write(KeyRecord(place, name, _key_check(key), kept, bool(passphrase)))
        self._key = key

    def _read(self) -> KeyRecord | None:
        try:
            data = json.loads(self._file.read_text(encoding="ascii"))
            return KeyRecord(
                KeyPlace(data["place"]),
                str(data["name"]),
                str(data["check"]),
                str(data.get("secret", "")),
                bool(data["guarded"]),
            )
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            return None  # a spoilt record is a lost key: the phrase brings it back
        except OSError as error:
            raise StoreUnusable(self._file, os_reason(error)) from error

    def _write(self, record: KeyRecord) -> None:
        data = {"place": record.place, "name": record.name, "check": record.check, "guarded": record.guarded}
        if record.secret:
            data["secret"] = record.secret
        try:
            write_private(self._file, json.dumps(data).encode("ascii"))
        except OSError as error:
            raise StoreUnusable(self._file, os_reason(error)) from error


def parse_phrase(phrase: str) -> str:
    """The key in a recovery phrase, however it is spaced, in either case, with full-width digits or lookalike letters."""
    plain = unicodedata.normalize("NFKC", phrase).lower().translate(LOOKALIKES)
    digits = "".join(c for c in plain if c.isalnum())
    if len(digits) != PHRASE_WORDS * WORD_DIGITS:
        raise RecoveryPhraseWrong("length")
    try:
        raw = bytes.fromhex(digits)
    except ValueError:
        raise RecoveryPhraseWrong("characters") from None
    key, check = raw[:KEY_BYTES], raw[KEY_BYTES:]
    if check != _phrase_check(key):
        raise RecoveryPhraseWrong("checksum")
    return key.hex()


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def _phrase_check(raw: bytes) -> bytes:
    return hashlib.sha256(b"zhanggui recovery phrase" + raw).digest()[:4]


def _key_check(key: str) -> str:
    return hashlib.sha256(b"zhanggui key check" + bytes.fromhex(key)).hexdigest()[:16]


def _wrap(key: str, passphrase: str) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_stretch(passphrase, salt)).encrypt(nonce, bytes.fromhex(key), None)
    return f"{salt.hex()}:{nonce.hex()}:{sealed.hex()}"


def _unwrap(secret: str, passphrase: str) -> str:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        salt, nonce, sealed = (bytes.fromhex(part) for part in secret.split(":"))
        return AESGCM(_stretch(passphrase, salt)).decrypt(nonce, sealed, None).hex()
    except (InvalidTag, ValueError):
        raise PassphraseNeeded(wrong=True) from None


def _stretch(passphrase: str, salt: bytes) -> bytes:
    text = unicodedata.normalize("NFKC", passphrase).encode()
    return hashlib.scrypt(text, salt=salt, n=SCRYPT_COST, r=8, p=1, maxmem=2**26, dklen=32)
