"""A bundle for one reader: sealed to an X25519 public key (HKDF-SHA256, ChaCha20-Poly1305), opened with the private one.

Layout: magic, ephemeral public key (32 bytes), nonce (12), ciphertext with tag. The magic and both public keys are
authenticated, so a bundle cannot be passed off as meant for another reader. Keys are 64 hex digits.
"""

from __future__ import annotations

import secrets

from engine.errors import BundleInvalid

MAGIC = b"ZGBUNDLE1\n"
KEY_BYTES, NONCE_BYTES = 32, 12


def is_sealed(data: bytes) -> bool:
    """Whether these bytes are a sealed bundle."""
    return data.startswith(MAGIC)


def make_key_pair() -> tuple[str, str]:
    """A new private and public key; the private one stays with whoever will read the bundles."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    return private.private_bytes_raw().hex(), private.public_key().public_bytes_raw().hex()


def seal(data: bytes, public_key: str) -> bytes:
    """Encrypt to the holder of the private key.

    Raises:
        BundleInvalid: not a public key.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    recipient = X25519PublicKey.from_public_bytes(_key_bytes(public_key))
    own = X25519PrivateKey.generate()
    head = MAGIC + own.public_key().public_bytes_raw()
    nonce = secrets.token_bytes(NONCE_BYTES)
    bound = head + recipient.public_bytes_raw()
    try:
        shared = own.exchange(recipient)
    except ValueError:
        raise BundleInvalid("bad_key") from None
    return head + nonce + ChaCha20Poly1305(_derive(shared, bound)).encrypt(nonce, data, bound)


def unseal(data: bytes, private_key: str) -> bytes:
    """Decrypt what ``seal`` made.

    Raises:
        BundleInvalid: another reader's bundle, or a changed one.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    private = X25519PrivateKey.from_private_bytes(_key_bytes(private_key))
    head, rest = data[: len(MAGIC) + KEY_BYTES], data[len(MAGIC) + KEY_BYTES :]
    bound = head + private.public_key().public_bytes_raw()
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(head[len(MAGIC) :]))
        return ChaCha20Poly1305(_derive(shared, bound)).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):
        raise BundleInvalid("cannot_decrypt") from None


def _key_bytes(key: str) -> bytes:
    try:
        raw = bytes.fromhex(key.strip())
    except ValueError:
        raise BundleInvalid("bad_key") from None
    if len(raw) != KEY_BYTES:
        raise BundleInvalid("bad_key")
    return raw


def _derive(shared: bytes, bound: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt=None, info=bound).derive(shared)
