"""``python -m stancekit.cli``: the command, where no script was installed."""

from stancekit.cli.commands import main

if __name__ == "__main__":
    main()
