"""`python -m mtqg_cli.cli`: the program without its launcher."""

from mtqg_cli.cli.app import main

main()
