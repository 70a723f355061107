"""Headers of every answer, errors included."""

from flask import Flask, Response

from finder.config import Settings

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
_OF_FILES = ("Content-Security-Policy", "X-Content-Type-Options", "Cross-Origin-Resource-Policy")
# Two years: a browser that was here once never comes unencrypted again, nor to a host below ours.
_HTTPS_ALONE = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}


def of_files(app: Flask) -> dict[str, str]:
    """The headers of a file that never changes, which caches may keep."""
    return {name: _HEADERS[name] for name in _OF_FILES} | _of_encryption(app)


def init_app(app: Flask) -> None:
    """Add the headers to each answer that doesn't set its own."""
    headers = _HEADERS | _of_encryption(app)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response


def _of_encryption(app: Flask) -> dict[str, str]:
    settings: Settings = app.extensions["settings"]
    return _HTTPS_ALONE if settings.base_url.startswith("https:") else {}
