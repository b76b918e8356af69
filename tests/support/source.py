"""What stands in the source files, as facts that a test can hold budgets against?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: Path

    @property
    def name(self) -> str:
        """The path below the project's root."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        """The file's text."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text)

    def line(self, number: int) -> str:
        """One line, counted from 1."""
        return self.text.splitlines()[number - 1]

    @property
    def length(self) -> int:
        """Lines, all of them."""
        return self.text.count("\n")

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Every function and method, nested ones too."""
        return tuple(n for n in ast.walk(self.tree) if isinstance(n, Function))

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """Dotted names of the modules it imports, wherever in the file."""
        return tuple(name for node in ast.walk(self.tree) for name in _imported(node))

    @property
    def room(self) -> str:
        """The folder (or module) directly below the package."""
        return self.path.relative_to(ROOT / "gatekeeper").parts[0].removesuffix(".py")

    @property
    def runs(self) -> bool:
        """Whether there is code to test: a function with a body, or a statement that is one."""
        return any(not declares_only(function) for function in self.functions)


def _imported(node: ast.AST) -> Iterator[str]:
    """The modules that an import statement names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module


def sources(*folders: str) -> tuple[Source, ...]:
    """All Python files below these folders of the project, in order."""
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(Source(path) for path in sorted(paths) if "__pycache__" not in path.parts)


def declares_only(function: Function) -> bool:
    """Whether a function is a mere signature: a docstring, `...` or `pass`."""
    return all(
        isinstance(node, ast.Pass)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in function.body
    )


def length(function: Function) -> int:
    """Lines from `def` to the last statement, without the docstring."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if not (isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)):
        return whole
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1)


def arguments(function: Function) -> int:
    """How many arguments a caller may give: all but `self` and `cls`."""
    spec = function.args
    names = [a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def unannotated(function: Function) -> list[str]:
    """Arguments without a type, and `return` if that has none."""
    spec = function.args
    every = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg]
    missing = [a.arg for a in every if a and not a.annotation and a.arg not in {"self", "cls"}]
    return missing + ([] if function.returns else ["return"])


def public_without_docstring(source: Source) -> Iterator[str]:
    """Public classes and functions of a module, and public methods, that say nothing."""
    for node in source.tree.body:
        yield from _silent(node, "")


def _silent(node: ast.stmt, prefix: str) -> Iterator[str]:
    """One definition, and for a class those inside it."""
    if not isinstance(
        node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    ) or node.name.startswith("_"):
        return
    if not ast.get_docstring(node):
        yield prefix + node.name
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            yield from _silent(inner, f"{prefix}{node.name}.")
