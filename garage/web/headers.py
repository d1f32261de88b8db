"""The headers that every answer carries: nothing foreign is loaded, nothing private is kept."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Bootstrap's CSS carries its small pictures as data
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    ]
)
DOWNLOAD_POLICY = "default-src 'none'; sandbox"
STATIC_SECONDS = 365 * 24 * 3600


def install_headers(app: Flask, *, https: bool) -> None:
    """Put the headers on every answer of `app`."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        static = request.endpoint in {"static", "bootstrap.static"}
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
        response.headers["Cache-Control"] = (
            f"public, max-age={STATIC_SECONDS}, immutable" if static else "no-store"
        )
        if https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response
