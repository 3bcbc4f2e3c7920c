# Sourced by browser.sh and provider.sh: `packages NAME…` installs system packages, or says which
# are missing where it can't.
packages() {
    [ $# -eq 0 ] && return
    echo "安装 / installing: $*"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null && as_root=(sudo)
    fi
    if ! command -v apt-get >/dev/null || { [ "$(id -u)" -ne 0 ] && [ ${#as_root[@]} -eq 0 ]; }; then
        echo "请先安装这些软件包,再运行测试 / please install these first, then run the tests: $*" >&2
        [ -n "${HINT:-}" ] && echo "$HINT" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
