#!/usr/bin/env bash
# Installs what the browser tests need and the machine lacks: Chromium, a Chinese font.
set -euo pipefail

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
[ ${#wanted[@]} -eq 0 ] && exit 0

echo "安装 / installing: ${wanted[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null && as_root=(sudo)
fi
if ! command -v apt-get >/dev/null || { [ "$(id -u)" -ne 0 ] && [ ${#as_root[@]} -eq 0 ]; }; then
    echo "请先安装这些软件包,再运行测试 / please install these first, then run the tests: ${wanted[*]}" >&2
    echo "(浏览器在别处时 / for a browser elsewhere: CHROMIUM=… make test)" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
