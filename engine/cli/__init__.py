"""The command line, ``python -m engine``: a thin layer over ``engine.api`` with Chinese words for people.

One line on stderr and a documented exit code for everything that is the user's or the machine's situation
(``engine.cli.words``); results go to stdout, as JSON where ``--json`` asks for it (docs/cli.md).
"""
