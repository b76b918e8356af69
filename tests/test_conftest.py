"""Does a strict run fail on every way to leave a test out?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WAYS = {
    "skip": "import pytest\ndef test_a(): pytest.skip('no server')",
    "mark": "import pytest\n@pytest.mark.skip(reason='later')\ndef test_a(): pass",
    "xfail": "import pytest\n@pytest.mark.xfail\ndef test_a(): assert False",
    "xpass": "import pytest\n@pytest.mark.xfail\ndef test_a(): pass",
    "module": "import pytest\npytest.importorskip('no_such_module')\ndef test_a(): pass",
}


def run(folder: Path, source: str, **environment: str) -> int:
    """The exit status of a run of its own, outside this project, over one test file."""
    (folder / "test_it.py").write_text(source)
    root = Path(__file__).parent.parent
    plain = {k: v for k, v in os.environ.items() if k not in {"CI", "GATEKEEPER_NO_SKIPS"}}
    options = f"-q -p tests.conftest -p no:cacheprovider -c /dev/null --rootdir {folder} {folder}"
    plain |= {"PYTHONPATH": str(root), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options.split()],
        env=plain | environment,
        cwd=folder,
        check=False,
        capture_output=True,
        timeout=60,
    ).returncode


@pytest.mark.parametrize("way", WAYS)
def test_a_test_left_out_fails_a_strict_run(tmp_path: Path, way: str) -> None:
    assert run(tmp_path, WAYS[way], CI="true") == 1 + (way == "module")


def test_a_run_that_is_not_strict_may_leave_tests_out(tmp_path: Path) -> None:
    assert run(tmp_path, WAYS["skip"]) == 0


def test_a_strict_run_of_whole_tests_passes(tmp_path: Path) -> None:
    assert run(tmp_path, "def test_a(): pass", GATEKEEPER_NO_SKIPS="1") == 0
