"""The forms of a page as a browser reads them and sends them back."""

from xml.etree.ElementTree import Element

import html5lib
from werkzeug.datastructures import MultiDict


def form_on(page: str, *, with_field: str) -> MultiDict[str, str]:
    """What a browser sends of the form that has a field of this name, by name, as it stands: no button is pressed."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    forms = [form for form in root.iter("form") if any(each.get("name") == with_field for each in form.iter())]
    assert len(forms) == 1, f"{len(forms)} forms with the field {with_field}"
    return MultiDict(pair for control in forms[0].iter() for pair in _sent(control))


def _sent(control: Element) -> list[tuple[str, str]]:
    name = control.get("name", "")
    match control.tag, control.get("type", "text"):
        case "input", "checkbox" | "radio":
            return [(name, control.get("value", "on"))] if "checked" in control.attrib else []
        case "input", "hidden":
            return [(name, control.get("value", "").replace("\n", "\r\n"))]
        case "input", _:
            return [(name, control.get("value", "").replace("\r", "").replace("\n", ""))]
        case "textarea", _:
            return [(name, (control.text or "").replace("\n", "\r\n"))]
        case "select", _:
            options = list(control.iter("option"))
            chosen = [option for option in options if "selected" in option.attrib] or options[:1]
            return [(name, option.get("value", "")) for option in chosen]
    return []
