"""Does a mapping file become a provider only if all of it is sound, and say where it is not?"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from gatekeeper.errors import PolicyError
from gatekeeper.policy.faults import Fault
from gatekeeper.providers.mapped.load import mapped_of, mapped_providers
from tests.support.acmetel import ACMETEL

FILE = PurePosixPath("acmetel.yaml")


def test_a_sound_file_is_a_provider(tmp_path: Path) -> None:
    (tmp_path / "acmetel.yaml").write_text(ACMETEL)
    (found,) = mapped_providers(tmp_path)
    assert (found.name, found.services[0].hosts) == ("acmetel", ("api.acmetel.example",))


def test_no_folder_is_no_provider(tmp_path: Path) -> None:
    assert mapped_providers(tmp_path / "nothing") == ()


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "acmetel.yaml").write_text(ACMETEL.replace("text: text", "text: txt"))
    (tmp_path / "other.yaml").write_text("provider: [")
    with pytest.raises(PolicyError) as caught:
        mapped_providers(tmp_path)
    files = {line.partition(":")[0] for line in caught.value.faults}
    assert files == {"acmetel.yaml", "other.yaml"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("provider: acmetel", "provider: acme", "provider acme stands in acmetel.yaml"),
        ("provider: acmetel", "provider: Acme", "provider"),
        ("kind: bearer", "kind: header", "header goes with kind: header"),
        ("kind: bearer", "kind: beerer", "bearer"),
        ("text: text\n", "text: txt\n", "text"),
        ("need: [text]", "need: [txt]", "need names txt, which is not among the fields"),
        ("vars/?: variable", "vars//x: variable", "vars//x has an empty step"),
        ("callback: reference", "vars/x: text", "either names that are listed or names"),
        ("/v1/accounts/{account}/messages\n    f", "/v1/{ac/messages\n    f", "name nothing"),
        ("consent.revoked: 4001", "consent.revokd: 4001", "did you mean consent.revoked?"),
        ("other: refused", "content.card: refused", "content.card is no reason"),
        ("operation: form, path", "operation: forn, path", "did you mean form?"),
        ("texts: [Hello]", "texts: [Bye]", "a plain text: texts is read otherwise"),
        ("refused: Unknown field cc", "refused: Unknown field bcc", "it is refused: Unknown"),
        ('cc: "+12122000212"}, refused', "priority: 1}, refused", "it is read, and not refused"),
        ("refused: Body is missing", 'to: ["+12122000211"]', "it is refused: The field Body"),
        ("operation: form, path: /v1", "operation: form, path: /v2", "is not at the path"),
        ("name: form", "name: message", "message is there twice"),
        ("verified_on: 2026-11-25\n", "", "verified_on is missing"),
        ("host: api", "hots: api", "unknown key hots (did you mean host?)"),
    ],
)
def test_every_fault_is_told_at_its_place(old: str, new: str, told: str) -> None:
    assert old in ACMETEL
    faults: list[Fault] = []
    assert mapped_of(ACMETEL.replace(old, new, 1).encode(), FILE, faults) is None
    assert any(told in str(fault) for fault in faults), [str(fault) for fault in faults]
    assert all(str(fault).startswith("acmetel.yaml:") for fault in faults)


def test_a_name_that_is_taken_is_refused() -> None:
    faults: list[Fault] = []
    assert mapped_of(ACMETEL.encode(), FILE, faults, ["acmetel"]) is None
    assert "there is a provider acmetel already" in str(faults[0])


def test_each_operation_needs_a_case_that_is_read_and_one_that_is_refused() -> None:
    faults: list[Fault] = []
    without = ACMETEL[: ACMETEL.index("  - {name: a form without")]
    assert mapped_of(without.encode(), FILE, faults) is None
    assert "form needs a case that is read and one that is refused" in str(faults[0])
