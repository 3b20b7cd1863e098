# How llama.cpp is compiled; read by set_up.sh and gpu.sh.
#
# For this very processor, without what the program does not use. Without the tile instructions (AMX) of some servers'
# processors: ggml's code for them dies of an illegal instruction (seen with 0.3.36 when a model that was read, not
# mapped, decodes), and they would serve 2 MiB of the default model.
plain=""
tiles="-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
if [ "$(uname -m)" = x86_64 ] && echo | "${CC:-cc}" $tiles -E - >/dev/null 2>&1; then plain="$tiles"; fi
export CFLAGS="${CFLAGS:-} $plain" CXXFLAGS="${CXXFLAGS:-} $plain"
export CMAKE_ARGS="${CMAKE_ARGS:--DLLAVA_BUILD=OFF -DLLAMA_OPENSSL=OFF}"
