// Finds a row by member number or by parts of a name; whoever is not on the page is fetched.
const WAIT_MS = 250;
const NARROW = matchMedia("(max-width: 639.98px)");

export class Finder {
  constructor(form, list, box) {
    this.form = form;
    this.list = list;
    this.box = box;
    this.status = form.querySelector("[data-find-status]");
    this.at = 0;
    box.addEventListener("input", () => {
      this.at = 0;
      this.narrow();
      // Behind a phone's keyboard and the sum nothing of what is found would be seen.
      if (NARROW.matches && box.value) box.scrollIntoView({ block: "start" });
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT_MS);
    });
  }

  /** Show only the rows that match, and mark the one that Enter takes. */
  narrow() {
    const text = this.box.value.trim().toLowerCase();
    const rows = Array.from(this.list.querySelectorAll("[data-row]"));
    const found = text ? rank(rows.filter((row) => matches(row, text)), text) : [];
    for (const row of rows) {
      row.hidden = Boolean(text) && !found.includes(row);
      row.classList.remove("is-current");
    }
    this.at = Math.max(0, Math.min(this.at, found.length - 1));
    found[this.at]?.classList.add("is-current");
    this.status.textContent = text && !found.length ? this.form.dataset.nobody : "";
    return found;
  }

  step(by) {
    this.at += by;
    this.narrow()[this.at]?.scrollIntoView({ block: "nearest" });
  }

  async enter() {
    clearTimeout(this.timer);
    await this.ask();
    const row = this.narrow()[this.at];
    // The others come back, so that the list is whole while the amount is typed.
    if (row) this.showAll();
    return row;
  }

  showAll() {
    for (const row of this.list.querySelectorAll("[data-row]")) {
      row.hidden = false;
      row.classList.remove("is-current");
    }
  }

  async ask() {
    const text = this.box.value.trim();
    if (text && !this.narrow().length) {
      await this.fetch({ q: [text] });
      this.narrow();
    }
  }

  /** Put the rows that the server finds under the list; those already there stay as they are. */
  async fetch(wanted) {
    const query = new URLSearchParams();
    for (const [name, values] of Object.entries(wanted)) values.forEach((value) => query.append(name, value));
    if (!query.size) return;
    let answer;
    try {
      answer = await fetch(`${this.form.dataset.people}?${query}`, { headers: { Accept: "text/html" } });
    } catch {
      this.status.textContent = this.form.dataset.offline;
      return;
    }
    if (!answer.ok || answer.redirected) return;
    const holder = document.createElement("tbody");
    holder.innerHTML = await answer.text();
    for (const row of Array.from(holder.querySelectorAll("[data-row]"))) {
      if (this.list.querySelector(`[data-row="${CSS.escape(row.dataset.row)}"]`)) continue;
      this.list.append(row);
      document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: row } }));
    }
  }
}

function matches(row, text) {
  if (/^\d+$/.test(text)) return row.dataset.number.includes(String(Number(text)));
  return text.split(/\s+/).every((word) => row.dataset.name.includes(word));
}

// The very number first, then those that begin with what was typed.
function rank(rows, text) {
  const score = (row) => {
    if (/^\d+$/.test(text)) return row.dataset.number === String(Number(text)) ? 0 : 1;
    return row.dataset.name.startsWith(text) ? 0 : 1;
  };
  return rows.sort((a, b) => score(a) - score(b));
}
