"""The ledger's tests run on a real journal and against a real server."""

from tests.support.ledgers import books
from tests.support.valkey import plain, proxy, store_url, valkey_url

__all__ = ["books", "plain", "proxy", "store_url", "valkey_url"]
