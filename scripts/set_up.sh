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

# llama.cpp is compiled once for its flags; pip keeps the result, but not the flags: those lie beside it and in .venv.
. scripts/compiler_flags.sh
pip="$PWD/.venv/bin/python -m pip --disable-pip-version-check"
processor=$({ grep -m1 '^flags' /proc/cpuinfo || sysctl -n machdep.cpu.brand_string || uname -m; } 2>/dev/null | cksum)
flags="$CMAKE_ARGS$CXXFLAGS for processor $processor" # a disk may move to another computer
built=.venv/.llama-flags # what `make gpu` wrote there is left alone
kept="$($pip cache dir 2>/dev/null || echo .venv)/llama-cpp-python.flags"
if [ "$(cat $built 2>/dev/null)" != "$flags" ] && ! grep -qs '^gpu' $built; then
    echo "Installing the packages. The language engine may have to be compiled: 4 to 10 minutes, only this once."
    if [ "$(cat "$kept" 2>/dev/null)" != "$flags" ]; then $pip cache remove --quiet llama_cpp_python >/dev/null 2>&1 || true; fi
    $pip install --quiet -c constraints.txt --force-reinstall --no-deps llama-cpp-python
    echo "$flags" >$built
    { mkdir -p "$(dirname "$kept")" && echo "$flags" >"$kept"; } 2>/dev/null || true
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".${extras:+[$extras]}"
