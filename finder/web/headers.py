"""Headers of every answer, errors included."""

from flask import Flask, Response

# Nothing may load but our own style sheet, scripts and images, and scripts ask nobody but us; nobody may frame us or
# post our forms elsewhere.
_POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)


def content_security_policy(*image_hosts: str) -> str:
    """The policy of a page whose images may come from these hosts as well as from us."""
    return "; ".join((*_POLICY, " ".join(("img-src 'self'", *image_hosts))))


_HEADERS = {
    "Content-Security-Policy": content_security_policy(),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), browsing-topics=()",
    # What a person looked for must not stay on a shared computer or in a cache on the way.
    "Cache-Control": "no-store",
}


def init_app(app: Flask) -> None:
    """Add the headers to each answer that doesn't set its own."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response
