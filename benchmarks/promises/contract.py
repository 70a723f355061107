"""Promise 21: the API keeps its contract."""

import json
import subprocess
import tempfile
from pathlib import Path

from benchmarks.promises.measured import Measured
from benchmarks.promises.site import Site
from benchmarks.servers import free_port
from finder.config import PROJECT

_EXAMPLES = 200
_SCRIPT = PROJECT / "benchmarks" / "contract" / "run.sh"


def the_api_keeps_its_contract(examples: int = _EXAMPLES) -> Measured:
    """Schemathesis asks what the OpenAPI document allows and what it doesn't, of the demonstration directory."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), f"sqlite:///{folder}/finder.db", (), "", "")
        for arguments in (("db", "upgrade"), ("seed",)):
            if site.start(*arguments).wait():
                raise RuntimeError(f"finder {' '.join(arguments)} failed")
        report = Path(folder) / "contract.json"
        done = subprocess.run(
            [_SCRIPT, "--max-examples", str(examples), "--wait-for-schema", "300", "--report-json-path", report],
            env=site.environment | {"PORT": str(free_port())},
            capture_output=True,
            text=True,
            check=False,
        )
        if not report.exists():
            raise RuntimeError(f"nothing was asked: {done.stderr[-2_000:]}")
        cases = json.loads(report.read_text())["test_cases"]
    generated, wrong = cases["generated"], cases["with_failures"] + cases["errored"]
    figure = f"{generated:,} cases, up to {examples} examples an operation, all checks: {wrong} failures"
    return Measured(figure, done.returncode == 0 and wrong == 0 and generated > 0)
