"""Under which keys does the store keep a person and a list?

A person is known by a subject of 16 bytes, HMAC(tenant, address). Its first 16 bits name a bucket,
the hash tag of all the person's keys; the other 14 bytes are the field in it. 65,536 buckets hold
15 people each at one million and 76 at five million, so a bucket stays a small packed hash
(listpack) up to some eight million people under Redis' default of 128 entries, and up to thirty
under the embedded server's 512.
"""

from __future__ import annotations

from functools import lru_cache

BUCKET_BYTES = 2
SUBJECT_BYTES = 16


def tag_and_field(subject: bytes) -> tuple[str, bytes]:
    """The bucket's tag (4 hex digits) and the person's field; ValueError for another length."""
    if len(subject) != SUBJECT_BYTES:
        raise ValueError("a subject has 16 bytes")
    return subject[:BUCKET_BYTES].hex(), subject[BUCKET_BYTES:]


def scope_name(tenant: str | None, list_id: str) -> str:
    """A list's name among all tenants; the length keeps `a` + `b:c` apart from `a:b` + `c`."""
    return f"{len(tenant)}:{tenant}:{list_id}" if tenant else f"0::{list_id}"


def split_scope(scope: str) -> tuple[str | None, str]:
    """Tenant and list id of a name that `scope_name` made."""
    length, _, rest = scope.partition(":")
    return rest[: int(length)] or None, rest[int(length) + 1 :]


@lru_cache(4096)
def pointer_fields(tenant: str, lists: tuple[str, ...]) -> tuple[str, ...]:
    """Two fields of `gk:meta` for each list: the one common to all tenants, the tenant's own."""
    scopes = ((scope_name(None, name), scope_name(tenant, name)) for name in lists)
    return tuple(f"list:{scope}" for pair in scopes for scope in pair)


def e164_digits(number: str | None) -> str:
    """The digits of a number in E.164; empty for any other address."""
    digits = number[1:] if number and number.startswith("+") else ""
    return digits if digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 15 else ""
