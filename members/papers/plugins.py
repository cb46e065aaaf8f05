"""What papers add to a member's page."""

from members.papers.panels import elsewhere, links, papers
from members.register import panels


def register() -> None:
    panels.register(elsewhere, weight=20)
    panels.register(papers, weight=50)
    panels.register(links, weight=70)
