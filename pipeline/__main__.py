"""``python -m pipeline``: the command, and on a fresh machine its own installation."""

import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["episode"]:
        from pipeline import bootstrap

        bootstrap.run_inside(bootstrap.RUN)
    from pipeline.cli import main

    sys.exit(main())
