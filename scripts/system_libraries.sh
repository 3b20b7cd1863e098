#!/usr/bin/env bash
# Brings the system packages that the Python packages cannot bring: a compiler for llama.cpp, venv, the libraries that
# Qt's window needs, a Chinese font and one for emoji. Installs where it may (Debian, Ubuntu; root or password-free sudo), else names the
# missing ones in one line. Only a missing compiler or venv ends the set-up: without the others the program still drafts
# in the terminal.
#   scripts/system_libraries.sh PYTHON
set -euo pipefail
python=$1

# library → Debian package
window_libraries="
libEGL.so.1 libegl1
libGL.so.1 libgl1
libglib-2.0.so.0 libglib2.0-0
libX11.so.6 libx11-6
libX11-xcb.so.1 libx11-xcb1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-xkb.so.1 libxcb-xkb1
"

missing_tools() {
    { command -v gcc && command -v g++; } >/dev/null || echo build-essential
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
}

missing_libraries() {
    local known library package
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    while read -r library package; do
        [ -z "$library" ] || grep -qF "$library " <<<"$known" || echo "$package"
    done <<<"$window_libraries"
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts ~/.fonts ~/.local/share/fonts -iname '*cjk*' -print -quit 2>/dev/null)" ] \
        || [ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ] || echo fonts-noto-cjk
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts ~/.fonts ~/.local/share/fonts -iname '*emoji*' -print -quit 2>/dev/null)" ] \
        || echo fonts-noto-color-emoji
}

install_packages() {
    command -v apt-get >/dev/null || return 1
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || return 1
        as_root=(sudo -n)
    fi
    echo "Installing system packages: $*"
    "${as_root[@]}" apt-get update -qq || true
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

[ "$(uname -s)" = Linux ] || exit 0
mapfile -t tools < <(missing_tools)
mapfile -t libraries < <(missing_libraries)
[ $((${#tools[@]} + ${#libraries[@]})) -gt 0 ] || exit 0
install_packages "${tools[@]}" "${libraries[@]}" || {
    echo "Missing system packages, please install: ${tools[*]} ${libraries[*]}" >&2
    [ ${#tools[@]} = 0 ]
}
