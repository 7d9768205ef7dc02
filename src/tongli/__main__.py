"""``python -m tongli``."""

from tongli.cli import main

main()
