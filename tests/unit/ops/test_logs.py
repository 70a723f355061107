"""What a library logs is a JSON object a line, without what anybody typed."""

import json
import logging
import sys

from finder.ops.logs import JsonLines


def test_an_error_that_a_library_logs_tells_its_kind_and_place_and_not_its_message() -> None:
    try:
        float("12 Canary Street")
    except ValueError:
        record = logging.LogRecord("library", logging.ERROR, __file__, 1, "It %s", ("failed",), sys.exc_info())

    line = JsonLines().format(record)
    told = json.loads(line)

    assert (told["event"], told["logger"], told["level"]) == ("It failed", "library", "error")
    assert told["kind"] == "ValueError"
    assert told["where"][0].startswith(__file__)
    assert "Canary" not in line
    assert "\n" not in line
