"""Is a check of python-stdnum ready when a message needs it?"""

from __future__ import annotations

import pytest
from stdnum import numdb

from gatekeeper.screening.stdnum_modules import check_of


def test_a_check_is_that_of_the_module_of_its_name() -> None:
    assert check_of("stdnum.ca.sin")("123-456-782")
    assert not check_of("stdnum.ca.sin")("123-456-783")


@pytest.mark.parametrize("name", ["stdnum.zz.nothing", "stdnum.numdb"])
def test_what_is_no_check_is_told(name: str) -> None:
    with pytest.raises(KeyError):
        check_of(name)


def test_the_tables_that_a_check_looks_into_are_read_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []
    monkeypatch.setattr(numdb, "get", read.append)
    check_of("stdnum.cn.ric")
    check_of("stdnum.ca.sin")
    assert read == ["cn/loc"]
