"""The formatter, the linter and the type checker, so that one command runs all there is."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parent.parent


def run_check(*command: str) -> None:
    if find_spec(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed; the dev extra has it")
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "command", [["ruff", "format", "--check", "."], ["ruff", "check", "."]], ids=" ".join
)
def test_style_is_kept(command):
    run_check(*command)


@pytest.mark.skipif(
    np.lib.NumpyVersion(np.__version__) >= "2.5.0",
    reason="numpy 2.5's stubs reject max() of an array whose dtype is not told; Python 3.11 gets older ones",
)
def test_types_hold():
    run_check("mypy")
