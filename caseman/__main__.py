"""``python -m caseman``: the command without its installed script."""

from caseman.cli import main

main()
