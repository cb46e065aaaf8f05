"""What the bench says of a register of all members: whose memory it was."""

import time

from kkmp.bench import papers, processes


class Server:
    """Two processes that serve, and a third one for as long as a document takes."""

    def __init__(self):
        self.living = {1: 50.0, 2: 124.0}
        self.looks = 0

    def family(self, _server):
        self.looks += 1
        return list(self.living)


class Browser:
    """Asks for documents; each answer comes once the process has been looked at."""

    def __init__(self, server):
        self.server, self.asked = server, []

    def get(self, path):
        self.asked.append(path)
        self.server.living[3] = 1_200.0
        before, deadline = self.server.looks, time.monotonic() + 10
        while self.server.looks < before + 2 and time.monotonic() < deadline:
            time.sleep(0.005)
        del self.server.living[3]


def test_the_web_process_and_the_one_that_sets_it_are_told_apart(monkeypatch):
    server = Server()
    monkeypatch.setattr(papers, "_LOOK_SECONDS", 0.005)
    monkeypatch.setattr(processes, "family", server.family)
    monkeypatch.setattr(processes, "peak_mb", lambda number: server.living.get(number, 0.0))
    browser = Browser(server)
    taken, web, apart = papers.measure(browser, "3374", 1)
    assert browser.asked == ["/k/3374/anggota/buku/daftar-anggota.pdf"] * papers.TIMES
    assert (taken.unit, web.value, web.baseline, web.target) == ("s", 124.0, 124.0, 300)
    assert apart.value == 1_200.0
