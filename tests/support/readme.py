"""What do the README's tables say? They are made from the code: `python -m tests.support.readme`.

The same command renews the schemas of policy files, and the first line of each that names its own.

Each table stands between `<!-- NAME:begin -->` and `<!-- NAME:end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import typer.main
from typer.core import TyperGroup

from gatekeeper.cli import app
from gatekeeper.cli.policy_list import categories, languages
from gatekeeper.domain.fault_codes import MEANING, WARNINGS, Code
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Family
from gatekeeper.policy.model import Policy
from gatekeeper.policy.replies import all_rules
from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.contract import Provider, door_name
from gatekeeper.providers.twilio.codes import ANSWERS
from gatekeeper.proxy.help import HELP
from gatekeeper.proxy.metrics import Metrics
from gatekeeper.rollout.file_kinds import SCHEMAS, with_modeline, write_schemas
from gatekeeper.rollout.ready import loaded
from gatekeeper.settings import CHECKOUT, Settings, shipped_folder

README = CHECKOUT / "README.md"
Row = Iterable[str]


class Fence(NamedTuple):
    """A fenced block of code: its language, its text and the line it begins in."""

    language: str
    text: str
    line: int


def fences(markdown: str) -> Iterator[Fence]:
    """Every fenced block, in order."""
    for found in re.finditer(r"^```(\w*)\n(.*?)^```$", markdown, re.S | re.M):
        yield Fence(found[1], found[2], markdown.count("\n", 0, found.start()) + 1)


def settings() -> str:
    """Every setting with its default."""
    fields = Settings.model_fields.items()
    rows = ((f"`GATEKEEPER_{name.upper()}`", _default(name), field.description or "")
            for name, field in fields)  # fmt: skip
    return _table(("setting", "default", "meaning"), rows)


def commands() -> str:
    """Every command with its first sentence."""
    return _table(("command", "what it does"), _commands(typer.main.get_command(app), ""))


def reasons() -> str:
    """Every reason code with what Twilio's SDK is told."""
    rows = ((f"`{reason}`", *_answer(reason), HELP[reason].meaning) for reason in Reason)
    return _table(("reason", "status", "message", "call", "meaning"), rows)


def rules() -> str:
    """Every shipped rule."""
    rows = (
        (f"`{rule.id}`", rule.verdict.label + ("" if rule.mode == "enforce" else f" ({rule.mode})"),
         rule.title, rule.citation)
        for rule in _policy().rules
    )  # fmt: skip
    return _table(("rule", "verdict", "what it says", "source"), rows)


def detectors() -> str:
    """Every family of detectors: `gatekeeper policy list --detectors` shows each detector."""
    names = ("family", "what it is about", "detectors", "categories", "languages", "verdict")
    return _table(names, _families())


def _families() -> Iterator[Row]:
    for family in Family:
        found = [each for each in _policy().detectors if each.family is family]
        if found:
            about = HELP[Reason(f"content.{family}")].meaning
            told = str(len(found)), categories(found), languages(found), _verdicts(family)
            yield f"`{family}`", about, *told


def _verdicts(family: Family) -> str:
    """What the rules make of its matches, the strictest first."""
    rules = (rule for rule in _policy().rules if rule.mode == "enforce")
    speak = [rule for rule in rules if getattr(rule.params, "family", None) is family]
    labels = dict.fromkeys(rule.verdict for rule in sorted(speak, key=lambda r: -r.verdict))
    return ", ".join(verdict.label for verdict in labels)


def replies() -> str:
    """Every shipped rule of replies."""
    rows = (
        (f"`{each.id}`", ("" if each.certain else "perhaps ") + each.kind, each.title)
        for each in all_rules(_policy())
    )
    return _table(("rule", "means", "what it reads"), rows)


def faults() -> str:
    """Every kind of fault that a policy file may have."""
    rows = ((f"`{code}`", "warning" if code in WARNINGS else "", MEANING[code]) for code in Code)
    return _table(("code", "", "what is wrong"), rows)


def metrics() -> str:
    """Every metric."""
    return _table(("metric", "meaning"), _metrics())


def attach() -> str:
    """Every built-in provider with its doors, its account and its SDKs."""
    rows = (
        (f"`{provider.name}`", ", ".join(f"`{door}`" for door in _doors(provider)),
         provider.attach.account or "none", "; ".join(_sdks(provider)))
        for provider in PROVIDERS
    )  # fmt: skip
    return _table(("provider", "doors", "account", "SDKs, and their ways"), rows)


def _doors(provider: Provider) -> Iterator[str]:
    return (door_name(provider, service.name) for service in provider.services)


def _sdks(provider: Provider) -> Iterator[str]:
    ways: dict[tuple[str, str], list[str]] = {}
    for lines in provider.attach.lines:
        ways.setdefault((lines.sdk, lines.language), []).extend(lines.ways)
    return (f"{sdk} ({language}): {', '.join(by)}" for (sdk, language), by in ways.items())


SECTIONS: Mapping[str, Callable[[], str]] = {
    "settings": settings,
    "commands": commands,
    "reasons": reasons,
    "rules": rules,
    "detectors": detectors,
    "replies": replies,
    "faults": faults,
    "metrics": metrics,
    "attach": attach,
}
"""The tables, by the name in their markers."""


def section(markdown: str, name: str) -> str:
    """What stands between the markers now."""
    return _parts(markdown, name)[1]


def renewed(markdown: str) -> str:
    """The README with every table as the code has it."""
    for name, make in SECTIONS.items():
        begin, _, rest = _parts(markdown, name)
        markdown = f"{begin}{make()}{rest}"
    return markdown


def _parts(markdown: str, name: str) -> tuple[str, str, str]:
    """What stands before the table, in it and after it, the markers outside."""
    begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->"
    before, _, rest = markdown.partition(begin)
    table, marker, after = rest.partition(end)
    if not marker:
        raise LookupError(f"the README has no markers of {name}")
    return before + begin, table, marker + after


def _default(name: str) -> str:
    field = Settings.model_fields[name]
    if field.default_factory is not None:
        return "as shipped"
    return "" if field.default is None else f"`{str(field.default).lower()}`"


def _commands(group: object, before: str) -> Iterator[tuple[str, str]]:
    assert isinstance(group, TyperGroup)
    for name, command in group.commands.items():
        words = f"{before}{name}"
        if isinstance(command, TyperGroup):
            yield from _commands(command, words + " ")
        else:
            yield f"`gatekeeper {words}`", _sentence(command.help or "")


def _sentence(text: str) -> str:
    return " ".join(text.partition("\n\n")[0].split())


def _answer(reason: Reason) -> tuple[str, str, str]:
    answer = ANSWERS[reason]
    return str(answer.status), str(answer.message), str(answer.call)


def _policy() -> Policy:
    return loaded(Settings().policies).policy


def _metrics() -> Iterator[tuple[str, str]]:
    told = re.findall(r"^# HELP (\S+) (.*)$", Metrics().render().decode(), re.M)
    return ((f"`{name}`", meaning) for name, meaning in told if not name.endswith("_created"))


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [list(head), ["---" for _ in head], *map(list, rows)]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n"
                   for line in lines)  # fmt: skip


def renew_policies(folder: Path) -> None:
    """The schemas that ship beside the policies, and the line of each file that names its own."""
    write_schemas(folder / SCHEMAS)
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        renewed_text = with_modeline(PurePosixPath(path.relative_to(folder)), text)
        if renewed_text != text:
            path.write_text(renewed_text, encoding="utf-8")


if __name__ == "__main__":
    renew_policies(shipped_folder("policies"))
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"the tables of {Path(README).name} are those of the code")
