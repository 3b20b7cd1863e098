"""The rules of shape that a machine can check; what may import what is import-linter's (``make check``).

The measure is the source on disk, so a rule holds for a file the moment it is written. An exception is a row in a table
here with its reason, and the tables only shrink.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("engine", "desktop", "convert", "training")
CHECKED = (*PACKAGES, "benchmarks", "scripts", "tests")

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
MAX_CLASS_METHODS = 20
MAX_PARAMETERS = 6

NAMELESS_FOLDERS = {"utils", "util", "misc", "common", "helpers", "helper", "managers", "lib"}

# Who of the product may print, besides every __main__: the command line.
MAY_PRINT = ("engine/cli/",)

# library → the only folders of the product that may import it
DOORS = {
    "llama_cpp": ("engine/inference/",),
    "jieba": ("engine/text/",),
    "peewee": ("engine/store/",),
    "playhouse": ("engine/store/",),
    "sqlcipher3": ("engine/store/",),
    "openpyxl": ("engine/files/",),
    "docx": ("engine/files/",),
    "huggingface_hub": ("engine/hub/",),
    "keyring": ("engine/store/",),
    "PySide6": ("desktop/",),
    "torch": (),
    "transformers": (),
}

# Built from pieces so that this file does not find itself.
MACHINE_PATH = re.compile("(?<![\\w./-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "home/[a-z]+", "fa" + "rm"]) + ")/")


@cache
def _sources() -> tuple[Path, ...]:
    """Every Python file of the project."""
    return tuple(sorted(path for folder in CHECKED for path in (ROOT / folder).rglob("*.py")))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(_tree(path)) if isinstance(node, ast.ClassDef))


def _imported(path: Path) -> set[str]:
    """Top names of all imports, those inside functions too."""
    names: set[str] = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    arguments = function.args
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return sum(argument.arg not in ("self", "cls") for argument in given)


def _product_files() -> list[Path]:
    return [path for path in _sources() if _name(path).startswith(("engine/", "desktop/"))]


def test_there_is_something_to_check() -> None:
    assert {_name(path).split("/")[0] for path in _sources()} >= {"engine", "tests"}


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _sources()}
    assert not {name: count for name, count in lengths.items() if count > MAX_FILE_LINES}


def test_no_function_is_longer_than_60_lines() -> None:
    lengths = {
        f"{_name(path)}:{function.lineno} {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in _sources()
        for function in _functions(path)
    }
    assert not {name: count for name, count in lengths.items() if count > MAX_FUNCTION_LINES}


def test_no_class_has_more_than_20_methods() -> None:
    counts = {
        f"{_name(path)} {node.name}": sum(isinstance(part, ast.FunctionDef) for part in node.body)
        for path in _sources()
        for node in _classes(path)
    }
    assert not {name: count for name, count in counts.items() if count > MAX_CLASS_METHODS}


def test_no_function_takes_more_than_6_parameters() -> None:
    counts = {
        f"{_name(path)}:{function.lineno} {function.name}": _parameters(function)
        for path in _sources()
        if not _name(path).startswith("tests/")
        for function in _functions(path)
    }
    assert not {name: count for name, count in counts.items() if count > MAX_PARAMETERS}


def test_every_folder_is_an_idea() -> None:
    parts = {(part, _name(path)) for path in _sources() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not {place for part, place in parts if part in NAMELESS_FOLDERS}


def test_only_command_lines_and_tools_print() -> None:
    offenders = [
        f"{_name(path)}:{node.lineno}"
        for path in _product_files()
        if path.name != "__main__.py" and not _name(path).startswith(MAY_PRINT)
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not offenders


@pytest.mark.parametrize("library", sorted(DOORS))
def test_a_foreign_library_has_one_door(library: str) -> None:
    offenders = [
        _name(path)
        for path in _product_files()
        if library in _imported(path) and not _name(path).startswith(DOORS[library] or ("-",))
    ]
    assert not offenders


def test_threads_are_made_in_jobs_alone() -> None:
    makers = {"QThread", "QThreadPool", "QRunnable"}
    offenders = [
        _name(path)
        for path in _product_files()
        if _name(path).startswith("desktop/") and not _name(path).startswith("desktop/jobs")
        for node in ast.walk(_tree(path))
        if (isinstance(node, ast.ImportFrom) and makers & {alias.name for alias in node.names})
        or (isinstance(node, ast.Attribute) and node.attr == "terminate" and "Thread" in ast.dump(node.value))
    ]
    assert not offenders


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    """Whether the handler takes any exception and does not raise it on."""
    caught = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else None
    raised_on = any(isinstance(node, ast.Raise) for node in ast.walk(handler))
    return (caught is None or bool(caught & {"Exception", "BaseException"})) and not raised_on


def _has_comment(path: Path, line: int) -> bool:
    """Whether the line, or the one after it, holds a comment."""
    return any("#" in text for text in path.read_text(encoding="utf-8").splitlines()[line - 1 : line + 1])


def test_catching_everything_carries_its_reason() -> None:
    """Only the last frame of a thread or a process may; a comment on that line or the next says which."""
    offenders = [
        f"{_name(path)}:{node.lineno}"
        for path in _product_files()
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node) and not _has_comment(path, node.lineno)
    ]
    assert not offenders


def test_no_tracked_file_names_a_path_of_one_machine() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: no list of tracked files")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    offenders = []
    for name in filter(None, listed.decode("utf-8").split("\0")):
        path = ROOT / name
        if not path.is_file() or path.stat().st_size > 5_000_000:
            continue
        text = path.read_bytes()
        if b"\0" not in text and MACHINE_PATH.search(text.decode("utf-8", "replace")):
            offenders.append(name)
    assert not offenders


def test_importing_a_package_writes_and_loads_nothing() -> None:
    """The four packages can be imported without a native library, a window or a model being loaded."""
    heavy = "{'llama_cpp', 'jieba', 'torch', 'PySide6.QtWidgets', 'peewee'} & set(sys.modules)"
    code = f"import sys, engine, desktop, convert, training, engine.domain; found = {heavy}; assert not found, found"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
