"""The command line where it was not installed: ``python -m tasks.cli``."""

from tasks.cli.app import main

main()
