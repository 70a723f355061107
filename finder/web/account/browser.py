"""What its owner knows a browser by: enough to find it in a list, too little to follow anybody."""

# In this order: each of the later ones is named in what the earlier ones say of themselves, too.
_BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrom": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def browser_of(user_agent: str) -> str:
    """ "Firefox on Windows"; empty where it says nothing that we know."""
    found = [next((name for sign, name in names.items() if sign in user_agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return " on ".join(name for name in found if name)
