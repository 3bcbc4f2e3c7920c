#!/usr/bin/env bash
# Installs the OpenID provider that the tests sign in with: Node where the machine has none, then
# the packages of tests/support/provider/package-lock.json into tests/support/provider/node_modules.
set -euo pipefail
. "$(dirname "$0")/packages.sh"
cd "$(dirname "$0")/provider"

command -v node >/dev/null && command -v npm >/dev/null || packages nodejs npm
# One at a time: workers of the tests may come here together.
exec 9>.installing.tmp
flock 9
installed=node_modules/.installed.json
if ! cmp -s package-lock.json "$installed"; then
    npm ci --no-progress --loglevel=error
    cp package-lock.json "$installed"
fi
