"""The store's tests run against a real server."""

from tests.support.valkey import plain, proxy, store, store_url, valkey_url

__all__ = ["plain", "proxy", "store", "store_url", "valkey_url"]
