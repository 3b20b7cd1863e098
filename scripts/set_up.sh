#!/usr/bin/env bash
# Makes .venv and installs the project into it at the versions of constraints.txt.
#   scripts/set_up.sh PYTHON [EXTRA,...]      EXTRA: dev, training
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
extras=${2:-}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer is needed; $python is $("$python" --version 2>&1). Try: make PYTHON=/path/to/python3.11 …" >&2
    exit 1
}
bash scripts/system_libraries.sh "$python"
[ -x .venv/bin/python ] || "$python" -m venv .venv

# llama.cpp is compiled once; pip keeps the result.
. scripts/compiler_flags.sh
.venv/bin/python -c 'import llama_cpp' 2>/dev/null \
    || echo "Installing the packages. The language engine may have to be compiled: 4 to 10 minutes, only this once."
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".${extras:+[$extras]}"
