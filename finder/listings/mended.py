"""Which groups of facts a change concerns, as people check them."""

from collections.abc import Mapping
from typing import Any

from finder.domain.review import FACTS_OF, FieldGroup, group_of_facet


def groups_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[FieldGroup]:
    """The groups that say something else after a change; a tag belongs to the group of its facet."""
    changed = {group_of_facet(tag.facet) for tag in before["tags"] ^ after["tags"]}
    for group, names in FACTS_OF.items():
        if any(before[name] != after[name] for name in names if name != "tags"):
            changed.add(group)
    return frozenset(changed)
