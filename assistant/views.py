from django.views.decorators.http import require_http_methods

from trupaths import crisis
from trupaths.pages import render_page

from .answers import answer

LONGEST = 500


@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    """Tru AI. What is typed travels by POST, is answered and forgotten."""
    q = request.POST.get("q", "").replace("\x00", "").strip()
    danger = crisis.detect(q) if q else None
    # People in danger get help first; the search goes on only when they ask for it.
    found = answer(q[:LONGEST], request.visitor) if q and danger is None else None
    response = render_page(
        request,
        "assistant/page.html",
        {
            "q": q[:LONGEST],
            "answer": found,
            "crisis": danger,
            "too_long": len(q) > LONGEST,
        },
        partial="assistant/_turn.html",
    )
    response["Cache-Control"] = "private, no-store"
    return response
