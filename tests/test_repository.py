"""What must be true of the repository itself: the rules of the house that a program can see."""

import ast
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("chronicle", "events", "media")
# What a public server runs without: nothing in chronicle/ may lean on it.
DESK_ONLY = {f"django.contrib.{name}" for name in ("admin", "auth", "contenttypes", "messages", "sessions")}
# Put together here, or this file would break the rules that it checks.
LEFT_FOR_LATER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")
REGISTRY_HOST = re.compile(
    r"\b(" + "|".join(("pythonhosted", "pypi", "npmjs", "debian")) + r")\.(org|com|io)\b"
)
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(work|root|home)/\w")
TOO_LONG_FOR_A_TEMPLATE = re.compile(".{161}")
SILENCER = re.compile(
    r"#\s*(noqa\b(: *[A-Z0-9, ]+)?|type: ignore\b(\[[\w, -]+\])?|pragma: no cover)(?P<reason>.*)"
)


@cache
def committed() -> tuple[Path, ...]:
    """Every text file of the repository, and those about to be added; without .git, what lies in it."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (ROOT / ".git").exists() and shutil.which("git"):
        names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split(
            "\0"
        )
        paths = [ROOT / name for name in names if name]
    else:
        folders = (*ROOMS, "tests", "docs", ".ci")
        paths = [*ROOT.glob("*"), *(path for folder in folders for path in (ROOT / folder).rglob("*"))]
    return tuple(sorted(path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096]))


def written_by_hand(*suffixes: str, rooms: tuple[str, ...] = ROOMS) -> Iterator[Path]:
    """Our own files of the rooms; migrations are written by a program, vendored files by others."""
    for path in committed():
        parts = path.relative_to(ROOT).parts
        if parts[0] in rooms and path.suffix in suffixes and not {"migrations", "vendor"} & set(parts):
            yield path


def syntax(*rooms: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in written_by_hand(".py", rooms=rooms or ROOMS):
        yield path, ast.parse(path.read_text())


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def lines_with(pattern: re.Pattern[str], paths: Iterator[Path] | tuple[Path, ...]) -> list[str]:
    return [
        f"{place(path, number)}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of everything that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def functions_too_long(tree: ast.Module, limit: int = 40) -> list[tuple[int, str]]:
    return [
        (node.lineno, node.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 >= limit
    ]


def imports_inside_functions(tree: ast.Module) -> list[int]:
    """Lines that import something inside a function; AppConfig.ready is where Django asks for it."""
    return [
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name != "ready"
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def variables_read(tree: ast.Module) -> set[str]:
    """Names of the environment variables that a settings module reads, by ``env`` or by ``os``."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and re.fullmatch(
            r"env\.\w+|os\.getenv|os\.environ\.get", ast.unparse(node.func)
        ):
            names |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else {ast.unparse(node)}
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            names |= {str(ast.literal_eval(node.slice))}
    return names


def test_no_file_is_longer_than_300_lines():
    lengths = {path: len(path.read_text().splitlines()) for path in written_by_hand(".py", ".html", ".js")}

    assert {place(path, length) for path, length in lengths.items() if length > 300} == set()


def test_no_line_of_a_template_is_longer_than_160_characters():
    assert lines_with(TOO_LONG_FOR_A_TEMPLATE, tuple(written_by_hand(".html"))) == []


def test_no_function_is_40_lines_long():
    found = [(path, *function) for path, tree in syntax() for function in functions_too_long(tree)]

    assert [f"{place(path, line)} {name}" for path, line, name in found] == []


def test_nothing_is_imported_inside_a_function():
    found = [place(path, line) for path, tree in syntax() for line in imports_inside_functions(tree)]

    assert found == []


def test_the_site_leans_on_nothing_that_only_the_desk_installs():
    found = [
        f"{place(path, line)} {name}"
        for path, tree in syntax("chronicle")
        for line, name in imported(tree)
        if any(name == app or name.startswith(f"{app}.") for app in DESK_ONLY)
    ]

    assert found == []


def test_every_variable_of_the_environment_is_in_the_readme():
    names = variables_read(ast.parse((ROOT / "chronicle" / "settings.py").read_text()))
    names |= {name for _, tree in syntax() for name in variables_read(tree)}

    assert "DATABASE_URL" in names
    assert {name for name in names if name not in (ROOT / "README.md").read_text()} == set()


def test_nothing_is_left_for_later():
    paths = written_by_hand(".py", ".html", ".js", ".css", rooms=(*ROOMS, "tests"))

    assert lines_with(LEFT_FOR_LATER, tuple(paths)) == []


def test_no_registry_and_no_path_of_a_machine_is_named():
    assert lines_with(REGISTRY_HOST, committed()) == []
    assert lines_with(MACHINE_PATH, committed()) == []


def test_what_silences_a_check_gives_its_reason_beside_it():
    silenced = [
        place(path, number)
        for path in written_by_hand(".py", rooms=(*ROOMS, "tests"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if path != Path(__file__)
        and (match := SILENCER.search(line))
        and len(match["reason"].strip(" -–:#")) < 10
    ]

    assert silenced == []


def test_no_model_changed_without_a_migration():
    """As ``makemigrations --check`` says it, which would want a migrated database besides."""
    written, models = MigrationLoader(None), ProjectState.from_apps(apps)

    assert written.detect_conflicts() == {}
    assert MigrationAutodetector(written.project_state(), models).changes(written.graph) == {}


@pytest.mark.parametrize(
    ("code", "check"),
    [
        ("def long():\n" + "    x = 1\n" * 39, functions_too_long),
        ("def hidden():\n    import os\n", imports_inside_functions),
        ("x = env.flag('NEW')\n", variables_read),
        ("x = os.environ['NEW']\n", variables_read),
    ],
)
def test_control_each_check_sees_what_it_is_for(code: str, check: Callable):
    assert check(ast.parse(code))


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (LEFT_FOR_LATER, "# TO" + "DO: the rest"),
        (REGISTRY_HOST, "https://files.pythonhosted" + ".org/x"),
        (MACHINE_PATH, "open('/ro" + "ot/x')"),
        (TOO_LONG_FOR_A_TEMPLATE, "<p>" + "x" * 158),
    ],
)
def test_control_each_pattern_sees_what_it_is_for(pattern: re.Pattern[str], line: str):
    assert pattern.search(line)


def test_both_locks_hold_the_direct_dependencies_and_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    direct = {re.split(r"[\[<>=~ ]", name)[0] for name in project["project"]["dependencies"]}
    dev = {re.split(r"[\[<>=~ ]", name)[0] for name in project["dependency-groups"]["dev"]}

    runtime, everything = (
        dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    )

    assert direct <= set(runtime)
    assert dev <= set(everything)
    assert runtime.items() <= everything.items()
