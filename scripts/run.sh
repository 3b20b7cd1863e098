#!/usr/bin/env bash
# Opens the window; where there is no display, says so and drafts the sample product in the terminal.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python

if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$python" -m desktop
fi
echo "这台电脑没有可用的显示器，窗口打不开；先在终端里为示例商品写几条文案。"
echo "(No display here: drafting the sample product in the terminal instead of opening the window.)"
exec "$python" -m engine compose --sample
