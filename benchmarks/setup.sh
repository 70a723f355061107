#!/bin/sh
# What the benchmark needs: Debian's programs of the peers, and a folder benchmarks/.venv with Python packages. Installs
# where it may (as root, or with sudo that asks no password); where it may not, says what to do. A peer whose program
# stays missing is left out of the run, which says so.
set -eu
cd "$(dirname "$0")/.."

say() { printf 'benchmarks: %s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# need WHAT PACKAGES TEST ...
need() {
    what=$1 packages=$2
    shift 2
    if "$@" >/dev/null 2>&1; then return; fi
    mend="$what is missing; its peers will not be measured. Debian and Ubuntu: apt-get install $packages"
    if ! command -v apt-get >/dev/null || ! as_root true 2>/dev/null; then
        say "$mend"
        return
    fi
    say "installing $packages"
    # shellcheck disable=SC2086 # several packages, parted by blanks
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages \
        </dev/null >/dev/null || say "$mend"
}

any_file() {
    for file in "$@"; do if [ -e "$file" ]; then return 0; fi; done
    return 1
}

postgis() { any_file /usr/lib/postgresql/*/lib/postgis-3.so; }
postgres() { any_file /usr/lib/postgresql/*/bin/initdb || command -v initdb; }
lucene() { any_file /usr/share/java/lucene-core-8.*.jar; }

if command -v apt-get >/dev/null && as_root true 2>/dev/null; then as_root apt-get update -qq </dev/null || true; fi
need "PostgreSQL" "postgresql" postgres
need "PostGIS" "postgresql-postgis" postgis
need "Groonga" "groonga" command -v groonga
need "A Java compiler" "default-jdk-headless" command -v javac
need "Lucene 8" "liblucene8-java" lucene
need "ApacheBench" "apache2-utils" command -v ab

python=${PYTHON:-$(if [ -x .venv/bin/python ]; then echo .venv/bin/python; else echo python3; fi)}
[ -x benchmarks/.venv/bin/python ] || "$python" -m venv benchmarks/.venv
benchmarks/.venv/bin/python -m pip install --quiet --require-hashes -r requirements.txt
benchmarks/.venv/bin/python -m pip install --quiet --require-hashes -r benchmarks/requirements.txt
