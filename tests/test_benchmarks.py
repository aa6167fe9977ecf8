"""The benchmarks take minutes and are run by hand; what they take from the portal must be there."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("actors", "policies", "portal", "tests")
MODULES = sorted((ROOT / "benchmarks").glob("*.py"))


def taken(source: str) -> Iterator[tuple[str, str]]:
    """``(module, name)`` of everything that a benchmark imports from the project, wherever."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OURS:
            yield from ((node.module, alias.name) for alias in node.names)


def lost(source: str) -> list[str]:
    return [
        f"{module}.{name}"
        for module, name in taken(source)
        if not hasattr(import_module(module), name) and not _is_module(f"{module}.{name}")
    ]


def _is_module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").exists()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_everything_that_a_benchmark_takes_from_the_project_is_there(module):
    assert lost(module.read_text("utf-8")) == []


def test_a_name_that_is_gone_would_be_found():
    assert sum(len([*taken(each.read_text("utf-8"))]) for each in MODULES) > 50
    source = "def late():\n    from portal.delivery.place import own_store, no_such_store\n"
    assert lost(source) == ["portal.delivery.place.no_such_store"]
