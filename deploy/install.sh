#!/usr/bin/env bash
# 不用网络,安装看板或就地升级 / install the board, or upgrade it in place, without a network.
#   bash install.sh [--store 库] [--prefix 程序] [--config 设置] [--backups 备份] [--account 账户] [--port 端口]
#                   [--python python3.11] [--units 文件夹] [--no-service] [--dry-run]
#   bash install.sh --back        回到上一个版本 / go back to the version before
# 再运行一次就是升级:先停、先备份库,旧程序留着 / run again to upgrade: stops, backs the store up, keeps the old program.
set -euo pipefail
umask 022
bundle=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
UNITS=(board.service board-backup.service board-backup.timer board-verify.service board-verify.timer)
ROOM=2000000 # kB that a release may take

say() { printf '%s\n%s\n' "$1" "$2"; }
stop() {
    printf '■ %s\n■ %s\n' "$1" "$2" >&2
    exit 1
}
# A command, or with --dry-run only its words.
run() { if [ -n "$dry" ]; then printf '  %s\n' "$*"; else "$@"; fi; }

root='' dry='' back='' service=yes
store='' prefix='' config='' backups='' account='' port='' python='' units=''
[ "$(id -u)" -ne 0 ] || root=yes
while [ $# -gt 0 ]; do
    case $1 in
    --store | --prefix | --config | --backups | --account | --port | --python | --units)
        [ $# -ge 2 ] || stop "$1 后面要写值" "$1 takes a value"
        printf -v "${1#--}" %s "$2"
        shift
        ;;
    --no-service) service='' ;;
    --dry-run) dry=yes ;;
    --back) back=yes ;;
    *)
        sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
        [ "$1" = --help ] && exit 0 || exit 2
        ;;
    esac
    shift
done
if [ -n "$root" ]; then
    prefix=${prefix:-/opt/board} config=${config:-/etc/board} account=${account:-board}
else
    prefix=${prefix:-$HOME/board} config=${config:-$prefix/config} account=${account:-$(id -un)}
fi
[ -n "$root" ] || [ -n "$units" ] || service=''
units=${units:-/etc/systemd/system}

# What an earlier installation wrote down stands; a store does not move by being named anew.
kept() { sed -n "s/^$1=//p" "$config/board.env" 2>/dev/null || true; }
if [ -f "$config/board.env" ]; then
    [ -z "$store" ] || [ "$store" = "$(kept BOARD_STORE)" ] ||
        stop "库在 $(kept BOARD_STORE);要换地方,见 docs/operate.md:换机器" "the store is at $(kept BOARD_STORE); to move it see docs/operate.md"
    store=$(kept BOARD_STORE) backups=${backups:-$(kept BOARD_BACKUPS)} port=${port:-$(kept BOARD_PORT)}
elif [ -n "$root" ]; then
    store=${store:-/var/lib/board} backups=${backups:-/var/backups/board}
else
    store=${store:-$prefix/store} backups=${backups:-$prefix/backups}
fi
port=${port:-8501}
for path in "$store" "$prefix" "$config" "$backups" "$units"; do
    [[ $path =~ ^/[^[:space:]\"\'\\\$%\&\|\;\*\?\<\>\(\)\`#]*$ ]] ||
        stop "路径要从 / 写起,不带空格和 \" ' \\ \$ % & 等符号:$path" "paths begin with / and hold no space or sign such as \" ' \\ \$ % &: $path"
done
[[ $port =~ ^[0-9]+$ ]] || stop "端口是一个数:$port" "a port is a number: $port"

# Whether systemd runs here, and reads the folder that units are written to.
managed=''
if [ -n "$service" ] && [ "$units" = /etc/systemd/system ] && [ -d /run/systemd/system ]; then managed=yes; fi
systemd() { [ -z "$managed" ] || run systemctl "$@"; }
stop_service() {
    if [ -n "$managed" ] && systemctl is-active --quiet board; then
        running=yes
        systemd stop board
    fi
}
# Start again what ran before, whatever went wrong on the way.
running=''
trap '[ -z "$running" ] || systemd start board || true' EXIT
as_account() {
    if [ -n "$root" ] && [ "$account" != "$(id -un)" ]; then
        runuser -u "$account" -- "$@"
    else
        "$@"
    fi
}
# A command of the program in a release, over the store.
program() {
    local release=$1
    shift
    as_account env BOARD_STORE="$store" BOARD_SECRETS="$config/secrets.toml" \
        PYTHONPATH="$release/program" "$release/venv/bin/python" -m board "$@"
}
# Turn a link to a release, at once or not at all.
turn() {
    run ln -sfn "releases/$(basename "$2")" "$prefix/.$1.new"
    run mv -fT "$prefix/.$1.new" "$prefix/$1"
}
release_of() { readlink -e "$prefix/$1" 2>/dev/null || true; }

go_back() {
    local now before
    now=$(release_of current) before=$(release_of previous)
    if [ -z "$before" ] || [ ! -f "$before/complete" ]; then
        stop "没有上一个版本可回" "there is no version before this one"
    fi
    stop_service
    turn current "$before"
    turn previous "$now"
    running=''
    systemd start board
    say "已回到 $(basename "$before")。库没有动;旧程序打不开新程序写过的库时,恢复 $backups 里 before-$(basename "$now")-*.tar,见 docs/operate.md" \
        "back at $(basename "$before"). The store was left as it is; if the old program can't open it, restore before-$(basename "$now")-*.tar of $backups: docs/operate.md"
}
if [ -n "$back" ]; then
    go_back
    exit 0
fi

# 1. Is the bundle whole, and can this machine run it?
[ -f "$bundle/MANIFEST.sha256" ] || stop "缺 MANIFEST.sha256:安装包不完整,请重新拷贝" "MANIFEST.sha256 is missing: copy the bundle again"
(cd "$bundle" && sha256sum --check --quiet --strict MANIFEST.sha256 >&2) ||
    stop "安装包里的文件和清单不一样(见上),请重新拷贝" "files differ from the manifest (above): copy the bundle again"
version=$(<"$bundle/VERSION")
machine=$(uname -m)
targets() { sed -n "s/^$1 //p" "$bundle/TARGETS"; }
[ -n "$(targets "$machine")" ] ||
    stop "这台机器是 $machine,安装包只给:$(cut -d' ' -f1 "$bundle/TARGETS" | sort -u | xargs)" "this machine is $machine; the bundle is for $(cut -d' ' -f1 "$bundle/TARGETS" | sort -u | xargs)"
number() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true; }
if [ -z "$python" ]; then
    # The board's own account may not reach a Python below root's home: the system's come first.
    for candidate in $(targets "$machine" | sed 's/^/python/') python3; do
        found=$(PATH=${root:+/usr/bin:/usr/local/bin:}$PATH command -v "$candidate" || true)
        if [ -n "$found" ] && targets "$machine" | grep -qxF "$(number "$found")"; then
            python=$found
            break
        fi
    done
fi
if [ -z "$python" ] || ! targets "$machine" | grep -qxF "$(number "$python")"; then
    wanted=$(targets "$machine" | xargs) here=${python:+$(number "$python")}
    stop "要 Python ${wanted// / 或 },这里${here:-没有}。从系统的安装盘装上,或用 --python 指明" \
        "Python ${wanted// / or } is needed; here it is ${here:-missing}. Install it from the system's medium, or name it with --python"
fi
python=$("$python" -c 'import sys; print(sys.executable)')
"$python" -c 'import platform, sys; name, v = platform.libc_ver(); sys.exit(name != "glibc" or tuple(map(int, v.split("."))) < (2, 28))' ||
    stop "要 glibc 2.28 以上的 Linux($("$python" -c 'import platform; print(*platform.libc_ver())'))" "Linux with glibc 2.28 or newer is needed"
[ "$("$python" -c 'import time; print(time.gmtime().tm_year)')" -ge 2024 ] ||
    stop "这台机器的时间不对:$(date)。先校准" "this machine's clock is wrong: $(date). Set it first"
parent=$prefix
until [ -d "$parent" ]; do parent=$(dirname "$parent"); done
[ "$(df -Pk "$parent" | awk 'NR==2 {print $4}')" -ge "$ROOM" ] ||
    stop "$parent 所在的磁盘要有 $((ROOM / 1000)) MB 空位" "the disk of $parent needs $((ROOM / 1000)) MB free"
release=$prefix/releases/$version
say "看板 $version,$machine,$python ($(number "$python"));程序 $prefix,库 $store,设置 $config,备份 $backups" \
    "board $version, $machine, $python; program $prefix, store $store, settings $config, backups $backups"
[ -z "$dry" ] || say "只列出要做的,什么都不改:" "only lists what it would do:"

# 2. Account and folders. What is in a store is never touched, nor whom it belongs to.
if ! id "$account" >/dev/null 2>&1; then
    [ -n "$root" ] || stop "没有账户 $account" "there is no account $account"
    run useradd --system --user-group --no-create-home --home-dir "$prefix" --shell /usr/sbin/nologin "$account"
fi
run install -d -m 755 "$prefix" "$prefix/releases" "$prefix/bin" "$config"
for folder in "$store" "$backups"; do
    [ -d "$folder" ] || run install -d -m 700 ${root:+-o "$account"} "$folder"
done
[ -n "$dry" ] || as_account "$python" -c '' 2>/dev/null ||
    stop "账户 $account 运行不了 $python,什么都还没有装。用 --python 指明系统的 Python" "the account $account can't run $python; nothing was installed. Name the system's Python with --python"

# 3. The program, beside the one in use.
if [ -n "$dry" ] || [ ! -f "$release/complete" ]; then
    run rm -rf "$release"
    run install -d -m 755 "$release"
    run cp -R "$bundle/program" "$bundle/units" "$bundle/samples" "$bundle/install.sh" "$bundle/VERSION" "$release"
    run chmod -R u=rwX,go=rX "$release"
    # pip comes along: Debian's Python has none without python3-venv.
    run "$python" -m venv --without-pip "$release/venv"
    pip=("$bundle"/wheels/pip-*.whl)
    run env PYTHONDONTWRITEBYTECODE=1 "$release/venv/bin/python" "${pip[0]}/pip" install --quiet --no-index --no-deps --no-compile \
        --disable-pip-version-check --find-links "$bundle/wheels" -r "$release/program/requirements.txt"
    # The service may write nothing beside its store: what Python compiles is made now.
    run "$release/venv/bin/python" -m compileall -q -j 0 "$release/venv/lib" "$release/program" ||
        true # some packages carry files of other Python versions
    if [ -z "$dry" ]; then
        program "$release" --help >/dev/null ||
            stop "装好的程序用账户 $account 运行不了,库没有动。$python 要让它能读" "the installed program does not run as $account; the store was left alone. That account must be able to read $python"
        touch "$release/complete"
    fi
fi

# 4. The store first into a backup, by the program that has served it.
old=$(release_of current)
stop_service
saved=''
if [ -n "$old" ] && [ "$old" != "$release" ] && [ -f "$store/register.sqlite" ]; then
    saved=$backups/before-$version-$(date -u +%Y%m%dT%H%M%SZ).tar
    if [ -n "$dry" ]; then
        printf '  board backup %s\n' "$saved"
    else
        program "$old" backup "$saved" || stop "升级前的备份没有做成(见上),程序没有换。先处理库:board verify" "the backup before the upgrade failed (above); nothing was changed. See to the store first: board verify"
    fi
fi

# 5. Settings, commands and units; settings once written stay.
fill() {
    local home=yes path
    for path in "$prefix" "$store" "$backups" "$(readlink -f "$python")"; do
        case $path in /home/* | /root/* | /run/user/*) home=no ;; *) ;; esac
    done
    sed -e "/@HARDENING@/{r $bundle/units/hardening.conf" -e 'd}' "$bundle/$1" |
        sed -e "s|@PREFIX@|$prefix|g;s|@CONFIG@|$config|g;s|@STORE@|$store|g;s|@BACKUPS@|$backups|g;s|@ACCOUNT@|$account|g;s|@HOME@|$home|g" >"$2.new"
    chmod "$3" "$2.new"
    mv -f "$2.new" "$2"
}
if [ ! -f "$config/board.env" ] && [ -z "$dry" ]; then
    printf 'BOARD_STORE=%s\nBOARD_SECRETS=%s\nBOARD_BACKUPS=%s\nBOARD_PORT=%s\nBOARD_KEEP=14\n' \
        "$store" "$config/secrets.toml" "$backups" "$port" >"$config/board.env"
fi
if [ ! -f "$config/secrets.toml" ]; then
    run install -m 640 ${root:+-g "$(id -gn "$account" 2>/dev/null || echo "$account")"} "$bundle/samples/secrets.toml" "$config/secrets.toml"
fi
run fill board "$prefix/bin/board" 755
run fill board-backup "$prefix/bin/board-backup" 755
if [ -n "$service" ]; then
    run install -d -m 755 "$units"
    for unit in "${UNITS[@]}"; do run fill "units/$unit" "$units/$unit" 644; done
fi
if [ -n "$root" ] && [ "$prefix" = /opt/board ]; then run ln -sfn "$prefix/bin/board" /usr/local/bin/board; fi

# 6. The new program takes over; where it finds the store unsound, the old one stays.
if [ "$old" != "$release" ]; then
    turn current "$release"
    [ -z "$old" ] || turn previous "$old"
fi
if [ -z "$dry" ] && [ -f "$store/register.sqlite" ] && ! program "$release" verify; then
    [ -z "$old" ] || [ "$old" = "$release" ] || turn current "$old"
    stop "新程序核查库,有不对的地方(见上);${old:+仍用 $(basename "$old")。}见 docs/operate.md" "the new program finds the store unsound (above); ${old:+$(basename "$old") stays in use. }See docs/operate.md"
fi
if [ -z "$dry" ]; then
    for other in "$prefix"/releases/*/; do
        other=${other%/}
        [ "$other" = "$(release_of current)" ] || [ "$other" = "$(release_of previous)" ] || rm -rf "$other"
    done
fi
running=''
systemd daemon-reload
systemd enable --quiet board.service board-backup.timer board-verify.timer
systemd start board.service board-backup.timer board-verify.timer
[ -n "$managed" ] || [ -z "$service" ] || say "这里没有运行 systemd:服务文件写好了,没有启用" "systemd does not run here: units are written, not enabled"
[ -z "$saved" ] || say "升级前的备份:$saved" "backup from before the upgrade: $saved"
[ -n "$dry" ] || say "装好了。接下来:$prefix/current/program/docs/operate.md:第一个管理员" "done. Go on with $prefix/current/program/docs/operate.md: First administrator"
