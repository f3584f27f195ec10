"""Shells complete commands, options, models and formats."""

import os
import subprocess
import sys

import pytest


def completed(words, shell="bash"):
    """Ask as a shell does after the last of some words."""
    env = {
        **os.environ,
        "_STANCEKIT_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": " ".join(words),
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    code = "import sys; sys.argv[0] = 'stancekit'; from stancekit.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env
    )
    return done.stdout.split()


@pytest.mark.slow
def test_commands_are_completed():
    assert completed(["stancekit", "cla"]) == ["classify"]


@pytest.mark.slow
def test_models_and_formats_are_completed():
    assert completed(["stancekit", "label", "--model", "acc"]) == ["accurate"]
    assert completed(["stancekit", "label", "--format", "mastodon-o"]) == ["mastodon-outbox"]


@pytest.mark.slow
def test_options_are_completed():
    assert completed(["stancekit", "label", "--pseu"]) == ["--pseudonymise"]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="installs for bash")
def test_completion_is_installed_for_a_shell(tmp_path):
    code = "import sys; sys.argv[0] = 'stancekit'; from stancekit.cli import main; main()"
    env = {**os.environ, "HOME": str(tmp_path), "SHELL": "/bin/bash"}
    env["_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION"] = "1"
    done = subprocess.run(
        [sys.executable, "-c", code, "--install-completion", "bash"],
        capture_output=True,
        text=True,
        check=False,
        env=env,
    )
    assert done.returncode == 0, done.stderr
    script = tmp_path / ".bash_completions" / "stancekit.sh"
    assert "_STANCEKIT_COMPLETE=complete_bash" in script.read_text()
    assert str(script) in (tmp_path / ".bashrc").read_text()
