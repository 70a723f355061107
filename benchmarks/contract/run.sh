#!/bin/sh
# Does the interface at /hsds keep what its OpenAPI document says? schemathesis asks it thousands of questions, right ones
# and wrong ones, and goes from lists to their entries. FINDER_DATABASE_URL names a directory with listings, which is
# only read. It ends with an error where something is not as the document says.
#
#   benchmarks/contract/run.sh                       200 examples an operation: five minutes with SAMHSA's directory
#   benchmarks/contract/run.sh --phases coverage     the same 800 questions each time, in half a minute
#
# Further options are those of `schemathesis run`. The package of everything has no parameters to vary, and is left out.
set -eu
cd "$(dirname "$0")/../.."
here=$PWD/benchmarks/contract

python=${PYTHON:-$(if [ -x .venv/bin/python ]; then echo .venv/bin/python; else echo python3; fi)}
port=${PORT:-8171}
# After a change of requirements.in:
# uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
#   benchmarks/contract/requirements.in -o benchmarks/contract/requirements.txt
[ -x "$here/.venv/bin/python" ] || "$python" -m venv "$here/.venv"
"$here/.venv/bin/python" -m pip install --quiet --require-hashes -r "$here/requirements.txt"

# All questions come from one address: without a limit.
PORT=$port FINDER_BASE_URL=http://127.0.0.1:$port FINDER_DATA_REQUESTS_PER_MINUTE=0 \
    "$python" -m gunicorn --config deploy/gunicorn.conf.py 'finder.app:create_app()' &
server=$!
scratch=$(mktemp -d)  # it keeps what it found where it is started
trap 'kill $server; wait $server || true; rm -rf "$scratch"' EXIT

cd "$scratch"
"$here/.venv/bin/schemathesis" --config-file "$here/schemathesis.toml" run "http://127.0.0.1:$port/hsds/openapi.json" \
    --wait-for-schema 60 --checks all --max-examples 200 --seed 1 --continue-on-failure \
    --exclude-path /datapackage.zip --request-timeout 300 --max-response-time 60 --suppress-health-check all "$@"
