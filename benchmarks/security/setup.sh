#!/bin/sh
# What `make security` needs: nginx, and a folder benchmarks/security/.venv with the scanners. Installs nginx where it may
# (as root, or with sudo that asks no password), without starting Debian's own service; where it may not, says what to do.
set -eu
cd "$(dirname "$0")/../.."
here=$PWD/benchmarks/security

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

if ! PATH=$PATH:/usr/sbin command -v nginx >/dev/null; then
    if ! { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y -qq --no-install-recommends nginx; } </dev/null >/dev/null; then
        echo "security: nginx is missing. Debian and Ubuntu: apt-get install nginx" >&2
        exit 1
    fi
fi

python=${PYTHON:-$(if [ -x .venv/bin/python ]; then echo .venv/bin/python; else echo python3; fi)}
# After a change of requirements.in:
# uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
#   benchmarks/security/requirements.in -o benchmarks/security/requirements.txt
[ -x "$here/.venv/bin/python" ] || "$python" -m venv "$here/.venv"
"$here/.venv/bin/python" -m pip install --quiet --require-hashes -r "$here/requirements.txt"
