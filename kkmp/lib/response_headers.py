"""Headers of every answer: what a browser may keep of it, and what its page may use of the device.

What is somebody's is kept by no browser, so that *Back* after signing out shows nothing. It is
left out nowhere, as long as a view does not say that its answer is for everybody
(``Cache-Control: public``), or that it is of no person (:func:`of_nobody`).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOTHING_KEPT = "no-store, private"
#: Cameras read barcodes, passkeys sign in, and addresses are copied; a page asks for nothing else.
POLICY = ", ".join(
    (
        "camera=(self)",
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
        "clipboard-write=(self)",
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer", "autoplay", "clipboard-read", "display-capture",
                "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid",
                "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
                "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
            )
        ),
    )
)  # fmt: skip
_OF_NOBODY = "_is_of_nobody"


def of_nobody(response: HttpResponse) -> HttpResponse:
    """Let a browser keep an answer to somebody as the answer itself says: goods, and no people."""
    setattr(response, _OF_NOBODY, True)
    return response


class HeadersMiddleware:
    """Stands inside of whatever answers static files, and outside of everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = POLICY
        if not _may_be_kept(request, response):
            response["Cache-Control"] = NOTHING_KEPT
            for header in ("ETag", "Last-Modified", "Expires"):
                response.headers.pop(header, None)
        return response


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    said = response.get("Cache-Control", "")
    if response.status_code >= 400 or not said or "no-store" in said:
        return False
    if "public" in said or getattr(response, _OF_NOBODY, False):
        return True
    user = getattr(request, "user", None)
    return not (user and user.is_authenticated) and "Authorization" not in request.headers
