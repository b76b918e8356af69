"""Which check of python-stdnum has this name, ready to be asked?

Some modules look places up in a table that they read from disk when they are first asked (China's
takes 37 ms and 3 MB): it is read here, so that no message waits for it.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable

from stdnum import numdb

_TABLE = re.compile(r"numdb\.get\('([a-z0-9_/]+)'\)")


def check_of(name: str) -> Callable[[str], bool]:
    """The `is_valid` of a module such as `stdnum.cn.ric`; KeyError if there is none."""
    try:
        module = importlib.import_module(name)
        is_valid: Callable[[str], bool] = module.is_valid
    except (ImportError, AttributeError) as unknown:
        raise KeyError(name) from unknown
    for table in _TABLE.findall(inspect.getsource(module)):
        numdb.get(table)
    return is_valid
