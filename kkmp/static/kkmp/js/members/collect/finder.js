// Finds a row by member number or by parts of a name; whoever is not on the page is fetched.
// What is found is a suggestion; money is booked to somebody only where nobody else can be meant.
const WAIT_MS = 250;
const NARROW = matchMedia("(max-width: 39.999rem)");

export class Finder {
  constructor(form, list, box) {
    this.form = form;
    this.list = list;
    this.box = box;
    this.status = form.querySelector("[data-find-status]");
    // Which of the rows found was stepped to; -1 for none.
    this.at = -1;
    box.addEventListener("input", () => {
      this.at = -1;
      this.narrow();
      // Behind a phone's keyboard and the sum nothing of what is found would be seen.
      if (NARROW.matches && box.value) box.scrollIntoView({ block: "start" });
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), WAIT_MS);
    });
  }

  /** Show only the rows that match, and mark the one that Enter would take. */
  narrow() {
    const text = typed(this.box);
    const rows = this.rows();
    const found = text ? rank(rows.filter((row) => matches(row, text)), text) : [];
    for (const row of rows) {
      row.hidden = Boolean(text) && !found.includes(row);
      row.classList.remove("is-current");
    }
    this.at = Math.min(this.at, found.length - 1);
    this.choice(found, text)?.classList.add("is-current");
    this.status.textContent = text && !found.length ? this.form.dataset.nobody : "";
    return found;
  }

  /** The one that is meant: its very number, stepped to by hand, or the only one of a name. */
  choice(found, text) {
    if (this.at >= 0) return found[this.at];
    if (isNumber(text)) return found.find((row) => row.dataset.number === String(Number(text)));
    return found.length === 1 ? found[0] : undefined;
  }

  step(by) {
    this.at = Math.max(this.at + by, 0);
    this.narrow()[this.at]?.scrollIntoView({ block: "nearest" });
  }

  /** The row that Enter takes; none as long as several may be meant. */
  async enter() {
    clearTimeout(this.timer);
    const text = typed(this.box);
    const isKnown = this.at >= 0 || (isNumber(text) && this.choice(this.narrow(), text));
    // Whoever bears the same name may stand on another page.
    const isAsked = isKnown || (await this.fetch({ q: [text] }));
    if (typed(this.box) !== text) return undefined;
    const found = this.narrow();
    const row = isAsked ? this.choice(found, text) : undefined;
    // The others come back, so that the list is whole while the amount is typed.
    if (row) this.showAll();
    else if (!isAsked) this.status.textContent = this.form.dataset.offline;
    else if (found.length) this.status.textContent = this.form.dataset.several;
    return row;
  }

  showAll() {
    for (const row of this.rows()) {
      row.hidden = false;
      row.classList.remove("is-current");
    }
  }

  rows() {
    return Array.from(this.list.querySelectorAll("[data-row]"));
  }

  async ask() {
    const text = typed(this.box);
    if (!text || this.narrow().length) return;
    const isAsked = await this.fetch({ q: [text] });
    this.narrow();
    if (!isAsked) this.status.textContent = this.form.dataset.offline;
  }

  /**
   * Put the rows that the server finds under the list; those already there stay as they are.
   *
   * @returns whether it answered
   */
  async fetch(wanted) {
    const query = new URLSearchParams();
    for (const [name, values] of Object.entries(wanted)) values.forEach((value) => query.append(name, value));
    if (!query.size) return true;
    let answer;
    try {
      answer = await fetch(`${this.form.dataset.people}?${query}`, { headers: { Accept: "text/html" } });
    } catch {
      return false;
    }
    if (!answer.ok || answer.redirected) return false;
    const holder = document.createElement("tbody");
    holder.innerHTML = await answer.text();
    for (const row of Array.from(holder.querySelectorAll("[data-row]"))) {
      if (this.list.querySelector(`[data-row="${CSS.escape(row.dataset.row)}"]`)) continue;
      this.list.append(row);
      document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: row } }));
    }
    return true;
  }
}

function typed(box) {
  return box.value.normalize("NFC").trim().toLowerCase();
}

/** Longer rows of digits are telephones, which the server finds. */
function isNumber(text) {
  return /^\d{1,9}$/.test(text);
}

// A number is suggested by how it begins; the digits in the midst of others mean nobody.
function matches(row, text) {
  if (isNumber(text)) return row.dataset.number.startsWith(String(Number(text)));
  return text.split(/\s+/).every((word) => row.dataset.name.includes(word));
}

// The very number first, then those that begin with what was typed.
function rank(rows, text) {
  const score = (row) => {
    if (isNumber(text)) return row.dataset.number === String(Number(text)) ? 0 : 1;
    return row.dataset.name.startsWith(text) ? 0 : 1;
  };
  return rows.sort((a, b) => score(a) - score(b));
}
