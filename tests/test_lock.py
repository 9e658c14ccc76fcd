"""pyproject.toml, requirements.lock and environment.yml describe one and the same set of packages."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml  # comes with jupyterlab, as packaging comes with pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

# The packages that a reader of the project is promised in one environment.
PROMISED = ("jupyterlab", "networkx", "pandas", "scipy", "seaborn", "pingouin")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}$")
HOST = re.compile(r"://|--(index|extra-index|find-links|trusted)|\bfile:|@ ")


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def environment(root: Path) -> dict[str, Any]:
    return yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))


def wanted_by(project: dict[str, Any]) -> list[str]:
    """Every requirement that pyproject.toml names: of the library and of each group."""
    groups = project["dependency-groups"].values()
    return [*project["project"]["dependencies"], *(name for group in groups for name in group)]


def entries(lock: str) -> list[tuple[Requirement, list[str]]]:
    """The requirements of a lock, each with its hashes."""
    found = []
    for block in lock.replace("\\\n", " ").splitlines():
        if block.strip() and not block.lstrip().startswith("#"):
            words = block.split("--hash=")
            found.append((Requirement(words[0].strip()), words[1:]))
    return found


def lock_faults(project: dict[str, Any], lock: str) -> list[str]:
    """Say where the lock does not carry out pyproject.toml."""
    locked: dict[str, list[Version]] = {}
    faults = []
    for requirement, hashes in entries(lock):
        pins = [s.version for s in requirement.specifier if s.operator == "=="]
        if len(pins) != 1 or not hashes:
            faults.append(f"{requirement.name}: wants one version and a hash")
        locked.setdefault(canonicalize_name(requirement.name), []).extend(Version(pin) for pin in pins)
    for wanted in map(Requirement, wanted_by(project)):
        versions = locked.get(canonicalize_name(wanted.name), [])
        if not versions:
            faults.append(f"{wanted.name}: not in the lock")
        faults += [f"{wanted}: locked at {v}" for v in versions if v not in wanted.specifier]
    return faults


def form_faults(lock: str) -> list[str]:
    """Say which lines of the lock are neither a pinned requirement nor a sha256, or name a place."""
    faults = [line for line in lock.splitlines() if HOST.search(line)]
    for line in lock.splitlines():
        text = line.removesuffix(" \\").strip()
        if not (HASH.match(text) or re.match(r"^[a-z0-9-]+==\S+( ; .+)?$", text)):
            faults.append(line)
    return faults


def environment_faults(project: dict[str, Any], environment: dict[str, Any]) -> list[str]:
    """Say where environment.yml differs from what pyproject.toml and the lock promise."""
    faults = []
    plain = [item for item in environment["dependencies"] if isinstance(item, str)]
    pip = [item for item in environment["dependencies"] if isinstance(item, dict)]
    python = next((item for item in plain if item.startswith("python=")), "python=0")
    if Version(python.split("=")[1]) not in SpecifierSet(project["project"]["requires-python"]):
        faults.append(f"{python} does not satisfy {project['project']['requires-python']}")
    if {item.split("=")[0] for item in plain} != {"python", "pip"}:
        faults.append("conda gives Python and pip only; the lock gives the rest")
    if pip != [{"pip": ["-r requirements.lock"]}]:
        faults.append("the pip list is the lock and nothing else")
    if environment["name"] != project["project"]["name"]:
        faults.append("the environment is named after the project")
    return faults


def test_lock_carries_out_pyproject(project: dict[str, Any], lock: str) -> None:
    assert lock_faults(project, lock) == []


def test_lock_holds_pins_and_hashes_and_no_place(lock: str) -> None:
    assert form_faults(lock) == []


def test_environment_is_the_lock_with_a_python(project: dict[str, Any], environment: dict[str, Any]) -> None:
    assert environment_faults(project, environment) == []


def test_promised_packages_are_direct_and_locked(project: dict[str, Any], lock: str) -> None:
    direct = {canonicalize_name(Requirement(text).name) for text in wanted_by(project)}
    locked = {canonicalize_name(requirement.name) for requirement, _ in entries(lock)}
    assert set(PROMISED) <= direct & locked


def test_groups_come_by_default(project: dict[str, Any]) -> None:
    assert set(project["tool"]["uv"]["default-groups"]) == set(project["dependency-groups"])
    assert project["tool"]["uv"]["exclude-newer"]


def test_reasons_are_given_for_every_direct_dependency(project: dict[str, Any], root: Path) -> None:
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.split("## Dependencies")[1]
    missing = [name for name in (Requirement(w).name for w in wanted_by(project)) if name not in section]
    assert missing == []


def test_uv_lock_is_not_tracked(root: Path) -> None:
    if not (root / ".git").exists():
        pytest.skip("platform: not a git checkout")
    tracked = subprocess.run(
        ["git", "ls-files", "uv.lock"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    assert tracked == ""
    assert "uv.lock" in (root / ".gitignore").read_text(encoding="utf-8").split()


# The checks themselves must be able to fail.


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("pandas==", "pandaz==", "pandas: not in the lock"),
        ("pandas==3.", "pandas==2.", "pandas>=3.0: locked at 2."),
        ("rdata==1.", "rdata==2.", "rdata<2,>=1.0: locked at 2."),
        ("pingouin==", "pingouin>=", "pingouin: wants one version"),
    ],
)
def test_a_wrong_lock_is_found(project: dict[str, Any], lock: str, old: str, new: str, says: str) -> None:
    assert old in lock
    assert any(says in fault for fault in lock_faults(project, lock.replace(old, new)))


def test_a_lock_without_a_hash_is_found(project: dict[str, Any], lock: str) -> None:
    stripped = re.sub(r"(?m)^(tqdm==\S+) \\\n(    --hash\S+( \\)?\n)+", r"\1\n", lock)
    assert stripped != lock
    assert lock_faults(project, stripped) == ["tqdm: wants one version and a hash"]


@pytest.mark.parametrize(
    "line",
    [
        "--index https://example.org/simple",
        "--find-links /home/me/wheels",
        "tqdm @ file:///home/me/tqdm.whl",
        "-e .",
        "# made on machine seven",
    ],
)
def test_a_place_in_the_lock_is_found(lock: str, line: str) -> None:
    assert line in form_faults(f"{line}\n{lock}")


@pytest.mark.parametrize(
    "dependencies",
    [
        ["python=3.10", "pip", {"pip": ["-r requirements.lock"]}],
        ["python=3.13", "pip", "pandas", {"pip": ["-r requirements.lock"]}],
        ["python=3.13", "pip", {"pip": ["-r requirements.lock", "-e ."]}],
        ["python=3.13", "pip"],
        ["pip", {"pip": ["-r requirements.lock"]}],
    ],
)
def test_a_wrong_environment_is_found(project: dict[str, Any], dependencies: list[Any]) -> None:
    assert environment_faults(project, {"name": "netlearn", "dependencies": dependencies})
