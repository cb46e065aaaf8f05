// A meeting's collection: type a number or name, Enter, an amount, Enter, and on to the next.
// The form works without this; here come the search, the running total and the kept draft.
import { formatRupiah, readRupiah } from "../base/rupiah.js";
import * as drafts from "./collect/draft.js";
import { Finder } from "./collect/finder.js";

export const selector = "[data-collect]";

export function bind(form) {
  new Collect(form).start();
}

class Collect {
  constructor(form) {
    this.form = form;
    this.list = form.querySelector("[data-rows]");
    this.find = form.querySelector("[data-find]");
    this.save = form.querySelector("[data-save]");
    this.place = form.dataset.place;
    this.key = form.elements.key.value;
  }

  start() {
    this.offerDraft();
    if (!this.list) return;
    this.finder = new Finder(this.form, this.list, this.find);
    this.list.addEventListener("input", (event) => this.typed(event.target));
    this.list.addEventListener("change", (event) => this.typed(event.target));
    this.list.addEventListener("keydown", (event) => this.pressed(event));
    this.form.elements.title.addEventListener("input", () => this.keep());
    this.form.elements.title.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.next(event);
    });
    this.find.addEventListener("keydown", (event) => this.searched(event));
    this.form.addEventListener("submit", (event) => this.sending(event), { capture: true });
    this.form.addEventListener("formdata", (event) => dropEmpty(event.formData));
    this.draw();
    this.restore();
    if (matchMedia("(pointer: fine)").matches) (this.form.elements.title.value ? this.find : this.form.elements.title).focus();
  }

  rows() {
    return Array.from(this.list.querySelectorAll("[data-row]"));
  }

  // --- Typing ------------------------------------------------------------------------------

  typed(control) {
    const row = control.closest("[data-row]");
    const tick = row.querySelector("[data-tick]");
    // Either what is due or another amount: the last one said counts.
    if (control === tick && tick.checked) row.querySelector("[data-amount]").value = "";
    if (control.matches("[data-amount]") && control.value && tick) tick.checked = false;
    this.draw();
    this.keep();
  }

  pressed(event) {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    const row = event.target.closest("[data-row]");
    const tick = row.querySelector("[data-tick]");
    if (event.target.matches("[data-amount]") && !event.target.value && tick) tick.checked = true;
    this.draw();
    this.keep();
    this.next(event);
  }

  searched(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.finder.step(event.key === "ArrowDown" ? 1 : -1);
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (!this.find.value.trim()) this.save.focus();
    else this.finder.enter().then((row) => row?.querySelector("[data-amount]").focus());
  }

  next(event) {
    event.preventDefault();
    this.find.value = "";
    this.finder.narrow();
    this.find.focus();
    this.find.scrollIntoView({ block: "nearest" });
  }

  // --- The sum -----------------------------------------------------------------------------

  draw() {
    let people = 0;
    let total = 0;
    for (const row of this.rows()) {
      const taken = this.of(row);
      row.classList.toggle("is-taken", taken > 0);
      people += taken > 0 ? 1 : 0;
      total += taken;
    }
    this.people = people;
    const words = this.form.dataset;
    const count = words.wordsPeople.replace("0", people);
    this.form.querySelector("[data-count]").textContent = count;
    this.form.querySelector("[data-total]").textContent = formatRupiah(total);
    this.save.dataset.confirm = words.confirmWords.replace("PEOPLE", people).replace("TOTAL", formatRupiah(total));
  }

  of(row) {
    const amount = row.querySelector("[data-amount]");
    const extra = row.querySelector("[data-extra]");
    const tick = row.querySelector("[data-tick]");
    const due = tick?.checked && !amount.value ? Number(row.dataset.due) : 0;
    return due + this.read(amount) + (extra ? this.read(extra) : 0);
  }

  read(input) {
    const { amount = 0, fault } = readRupiah(input.value);
    const unreadable = Boolean(fault && fault !== "blank");
    input.classList.toggle("is-invalid", unreadable);
    input.title = unreadable ? this.form.dataset.unreadable : "";
    return amount;
  }

  // --- What is kept on the device ------------------------------------------------------------

  keep() {
    const rows = {};
    for (const row of this.rows()) {
      const amount = row.querySelector("[data-amount]").value;
      const extra = row.querySelector("[data-extra]")?.value ?? "";
      const ticked = row.querySelector("[data-tick]")?.checked ?? false;
      if (amount || extra || ticked) rows[row.dataset.row] = [amount, extra, ticked];
    }
    drafts.keep(this.place, this.key, { title: this.form.elements.title.value, rows, at: Date.now() });
  }

  async restore() {
    const draft = drafts.load(this.place, this.key);
    if (!draft || this.form.dataset.bound === "1") return;
    if (draft.title) this.form.elements.title.value = draft.title;
    await this.finder.fetch({ orang: Object.keys(draft.rows).filter((id) => !this.row(id)) });
    for (const [id, [amount, extra, ticked]] of Object.entries(draft.rows)) {
      const row = this.row(id);
      if (!row) continue;
      row.querySelector("[data-amount]").value = amount;
      if (row.querySelector("[data-extra]")) row.querySelector("[data-extra]").value = extra;
      if (row.querySelector("[data-tick]")) row.querySelector("[data-tick]").checked = ticked;
    }
    this.draw();
  }

  row(id) {
    return this.list.querySelector(`[data-row="${CSS.escape(id)}"]`);
  }

  offerDraft() {
    const note = document.querySelector("[data-draft-note]");
    const other = drafts.others(this.place, this.key)[0];
    if (!note || !other) return;
    const link = note.querySelector("[data-draft-link]");
    const url = new URL(link.href);
    url.searchParams.set("kunci", other);
    link.href = url;
    note.hidden = false;
  }

  sending(event) {
    this.keep();
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const detail = { text: this.form.dataset.offline, level: "error" };
    document.dispatchEvent(new CustomEvent("kkmp:toast", { detail }));
  }
}

// Hundreds of empty boxes need not be sent.
function dropEmpty(data) {
  for (const [name, value] of Array.from(data.entries())) {
    if (/^(wajib|sukarela)-/.test(name) && !value) data.delete(name);
  }
}
