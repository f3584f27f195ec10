import os
import subprocess
import sys

import pytest

import stancekit


def test_help_names_every_command(command):
    shown = command("--help")
    assert shown.exit_code == 0
    for name in ("classify", "label", "train", "explain", "info", "formats"):
        assert f"\n  {name} " in shown.stdout


@pytest.mark.parametrize("name", ["classify", "label", "train", "explain", "info"])
def test_each_commands_help_has_examples(command, name):
    assert f"\n  stancekit {name}" in command(name, "--help").stdout


def test_version(command):
    assert command("--version").stdout == f"stancekit {stancekit.__version__}\n"


def test_a_failure_is_1_with_one_message_and_no_trace(command):
    failed = command("label", "gone.zip", "-o", "out.csv")
    assert failed.exit_code == 1
    assert failed.stdout == ""
    assert failed.stderr == "stancekit: gone.zip: no such file or folder. Check the path.\n"


def stancekit_command(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stancekit.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


@pytest.mark.slow
def test_a_real_process_tells_failures_and_usage_apart(tmp_path):
    env = {**os.environ, "PYTHONWARNINGS": "error"}
    failed = stancekit_command("label", "gone.zip", "-o", str(tmp_path / "out.csv"), env=env)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith("stancekit: gone.zip: no such file")
    assert "Traceback" not in failed.stderr
    assert stancekit_command("bogus", env=env).returncode == 2
    assert stancekit_command("--version", env=env).returncode == 0


def test_help_loads_nothing_heavy():
    code = (
        "import sys, stancekit.cli\n"
        "print(sorted({'numpy', 'pandas', 'pyarrow', 'sklearn', 'spacy'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX pipe")
def test_a_reader_who_leaves_early_is_no_failure():
    done = subprocess.run(
        f"{sys.executable} -m stancekit.cli formats | true; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")
