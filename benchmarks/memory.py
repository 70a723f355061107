"""How much memory an object and all that it alone leads to takes."""

import gc
import sys
from types import FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

_SHARED = (type, ModuleType, FunctionType, MethodType)


def size_of(root: object) -> int:
    """Bytes of ``root`` and of everything it refers to, arrays with the whole memory that they look into."""
    seen: set[int] = set()
    waiting, total = [root], 0
    while waiting:
        item = waiting.pop()
        if id(item) in seen or isinstance(item, _SHARED):
            continue
        seen.add(id(item))
        total += sys.getsizeof(item)
        waiting.extend(_parts(item))
    return total


def _parts(item: Any) -> list[Any]:
    # The collector doesn't follow arrays to the arrays whose memory they look into.
    base = [item.base] if isinstance(item, np.ndarray) and item.base is not None else []
    return [*gc.get_referents(item), *base]
