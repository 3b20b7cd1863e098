#!/usr/bin/env bash
# Compiles llama.cpp anew for a GPU and installs it into .venv:   scripts/gpu.sh cuda | vulkan | metal | none
# What each needs is named in one line where it is missing. `none` goes back to the processor alone.
set -euo pipefail
cd "$(dirname "$0")/.."

need() { # program, what brings it
    command -v "$1" >/dev/null || { echo "$1 is not there: $2" >&2; exit 1; }
}

case "${1:-}" in
    cuda)
        need nvcc "install NVIDIA's CUDA toolkit (12 or newer) and put its bin folder on the PATH"
        switch=-DGGML_CUDA=ON ;;
    vulkan)
        need glslc "install the Vulkan SDK, or: apt install libvulkan-dev glslc spirv-headers"
        switch=-DGGML_VULKAN=ON ;;
    metal)
        [ "$(uname -s)" = Darwin ] || { echo "metal is Apple's: it can be compiled on a Mac only" >&2; exit 1; }
        switch=-DGGML_METAL=ON ;;
    none) switch= ;;
    *) echo "usage: make gpu GPU=cuda|vulkan|metal|none" >&2; exit 2 ;;
esac

[ -x .venv/bin/python ] || { echo "there is no .venv yet: make run comes first" >&2; exit 1; }
. scripts/compiler_flags.sh
export CMAKE_ARGS="$CMAKE_ARGS $switch"
# --no-cache-dir: pip would hand out what it compiled before, whatever the flags
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt \
    --no-cache-dir --force-reinstall --no-deps llama-cpp-python
if [ -n "$switch" ]; then echo "gpu $switch" >.venv/.llama-flags; else rm -f .venv/.llama-flags; fi
.venv/bin/python -c 'import llama_cpp; print("ready; GPU used:", "yes" if llama_cpp.llama_supports_gpu_offload() else "no")'
