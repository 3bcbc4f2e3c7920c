#!/usr/bin/env bash
# Installs what the browser tests need and the machine lacks: Chromium, a Chinese font.
set -euo pipefail
. "$(dirname "$0")/packages.sh"

browser() {
    [ -n "${CHROMIUM:-}" ] && { command -v "$CHROMIUM" >/dev/null; return; }
    command -v chromium || command -v chromium-browser || command -v google-chrome
}
chinese() {
    command -v fc-list >/dev/null && [ -n "$(fc-list ':lang=zh-cn' family)" ]
}

wanted=()
browser >/dev/null || wanted+=(chromium)
chinese || wanted+=(fonts-noto-cjk fontconfig)
HINT="(浏览器在别处时 / for a browser elsewhere: CHROMIUM=… make test)"
packages "${wanted[@]}"
