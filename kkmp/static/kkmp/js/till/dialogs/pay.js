// Paying: one payment is written at a time; those added stand in a list, and what is still open is
// always in sight. The last one finishes the sale.
import { request, withPayments } from "../rules/basket.js";
import { Means } from "../store/means.js";
import { fill, formatRupiah, parseRupiah } from "../rules/numbers.js";
import { button, element } from "../panes/parts.js";
import { MUCH_CHANGE, quickAmounts, settle, twice } from "../rules/paying.js";
import { sell } from "../store/server.js";
import { sentence } from "../rules/words.js";

const LETTERS = { t: "cash", q: "qris", r: "transfer", b: "credit", s: "savings", v: "voucher" };
const TO_CONFIRM = ["qris", "transfer"];
const OF_MEMBERS = ["credit", "savings"];

export class PayDialog {
  constructor(till) {
    this.till = till;
    this.parts = till.parts;
    this.words = till.words;
    this.dialog = this.parts.payDialog;
    this.radios = [...this.parts.payMethods.querySelectorAll("input")];
    // The member's own digits are never kept on the device.
    this.confirmation = "";
    this.means = new Means(till);
    this.listen();
  }

  listen() {
    const { parts, dialog } = this;
    parts.payClose.addEventListener("click", () => dialog.close());
    parts.payMethods.addEventListener("change", () => this.choose(this.method));
    parts.payAmount.addEventListener("input", () => this.draw());
    parts.payVoucher.addEventListener("input", () => this.tellVoucher());
    parts.payScan.addEventListener("click", () => this.scanVoucher());
    parts.payQuick.addEventListener("click", (event) => {
      if (!event.target.value) return;
      this.write(Number(event.target.value));
      parts.payGo.focus();
    });
    parts.payList.addEventListener("click", (event) => {
      const chosen = event.target.closest("button");
      if (chosen) this.remove(Number(chosen.value));
    });
    parts.payForm.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go();
    });
    dialog.addEventListener("keydown", (event) => this.byLetter(event));
    dialog.addEventListener("cancel", (event) => this.isBusy && event.preventDefault());
  }

  /** Letters choose the method wherever they could not mean a text. */
  byLetter(event) {
    const method = LETTERS[event.key.toLowerCase()];
    const writes = event.target.matches("#pay-voucher, #pay-reference");
    if (!method || writes || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.choose(method);
  }

  get method() {
    return this.radios.find((radio) => radio.checked).value;
  }

  /** What is written in the fields now. */
  get draft() {
    const { parts, method } = this;
    const reference = method === "voucher" ? parts.payVoucher.value : TO_CONFIRM.includes(method) ? parts.payReference.value : "";
    return { method, amount: parseRupiah(parts.payAmount.value), reference: reference.trim() };
  }

  get added() {
    return this.till.basket.payments;
  }

  open() {
    const { till, words } = this;
    const { refusal, lines } = till.bill;
    till.basketPane.open(true);
    if (!lines.length) return till.basketPane.refuse(words.refusals.empty);
    if (refusal) {
      return till.basketPane.refuse(sentence(words, refusal), { asksNik: refusal.code === "needsIdentity" });
    }
    if (!till.setup.hasShift) return this.lookForShift();
    this.start();
  }

  /** Opened in another window, perhaps: ask before saying that there is none. */
  async lookForShift() {
    const { till, words } = this;
    await till.refresh().catch(() => {});
    if (till.setup.hasShift) this.start();
    else till.basketPane.refuse(words.noShift);
  }

  start() {
    this.refuse("");
    this.confirmation = "";
    this.parts.payReference.value = this.parts.payVoucher.value = this.parts.payDigits.value = "";
    if (!this.dialog.open) this.dialog.showModal();
    this.choose("cash");
  }

  choose(method) {
    for (const radio of this.radios) radio.checked = radio.value === method;
    for (const place of this.dialog.querySelectorAll("[data-for]")) {
      place.hidden = !place.dataset.for.split(" ").includes(method);
    }
    const { due, rest } = this.openNow();
    this.refuse(OF_MEMBERS.includes(method) && !this.till.basket.member ? this.words.noMember : "");
    this.write(method === "cash" ? due : rest);
    const first = method === "voucher" ? this.parts.payVoucher : this.parts.payAmount;
    first.focus();
    first.select();
    if (method === "credit") this.tellCredit();
    if (method === "voucher") this.tellVoucher();
  }

  scanVoucher() {
    this.till.openCamera((text) => {
      this.parts.payVoucher.value = text;
      this.tellVoucher();
    });
  }

  async tellCredit() {
    const { member } = this.till.basket;
    this.parts.payFree.textContent = "";
    if (member) this.parts.payFree.textContent = await this.means.ofMember(member);
  }

  /** What the voucher does not cover stays to be paid. */
  async tellVoucher() {
    const { parts } = this;
    parts.payLeft.textContent = "";
    const { left, text } = await this.means.ofVoucher(parts.payVoucher.value);
    if (this.method !== "voucher") return;
    parts.payLeft.textContent = text;
    if (left !== null && (this.draft.amount ?? 0) > left) this.write(left);
  }

  /** What the payments that were added leave open: `due` in cash, `rest` without rounding. */
  openNow() {
    const { total } = this.till.bill;
    const { open } = settle(total, this.added, this.till.setup.step);
    const paid = this.added.reduce((before, { amount }) => before + amount, 0);
    return { due: open, rest: Math.max(total - paid, 0) };
  }

  write(amount) {
    this.parts.payAmount.value = amount ? formatRupiah(amount).slice(2) : "";
    this.draw();
  }

  remove(at) {
    this.till.change(withPayments(this.till.basket, this.added.filter((_each, place) => place !== at)));
    this.choose(this.method);
  }

  // --- Going on ----------------------------------------------------------------------------

  /** Add what is written; if nothing is open then, sell. */
  go() {
    if (this.isBusy) return;
    const { draft } = this;
    const isNeeded = this.openNow().due > 0 || draft.amount;
    const wrong = isNeeded ? this.wrongWith(draft) : "";
    if (wrong) return this.refuse(wrong);
    const all = isNeeded ? [...this.added, draft] : this.added;
    if (!this.hasDigits(all)) return;
    const outlook = settle(this.till.bill.total, all, this.till.setup.step);
    if (outlook.open) return this.add(draft, outlook);
    if (outlook.problem) return this.refuse(sentence(this.words, outlook.problem));
    if (this.asksForChange(outlook.change)) return;
    this.pay(all);
  }

  wrongWith({ method, amount, reference }) {
    const { words, till } = this;
    if (!till.basket.member && OF_MEMBERS.includes(method)) return words.noMember;
    if (!amount) return sentence(words, { code: "amountNotPositive", values: { methodCode: method } });
    if (method === "voucher" && !reference) return words.noVoucher;
    const known = this.means.refuses(method, amount, reference);
    if (known) return known;
    return sentence(words, twice([...this.added, this.draft]));
  }

  /** The member types the digits anew whenever this was left, or they did not fit. */
  hasDigits(all) {
    if (this.confirmation || !all.some(({ method }) => method === "savings")) return true;
    const typed = this.parts.payDigits.value;
    if (/^\d{4}$/.test(typed)) this.confirmation = typed;
    else {
      // Beside whatever is being written: the payment of savings itself stays as it was added.
      this.parts.payDigits.closest("[data-for]").hidden = false;
      this.refuse(this.words.noDigits);
      this.parts.payDigits.focus();
    }
    return Boolean(this.confirmation);
  }

  add(draft, { problem }) {
    if (problem && problem.code !== "short") return this.refuse(sentence(this.words, problem));
    this.till.change(withPayments(this.till.basket, [...this.added, draft]));
    this.parts.payReference.value = this.parts.payVoucher.value = "";
    this.choose("cash");
  }

  /** A slip of the finger or a barcode in the field of the money: ask once. */
  asksForChange(change) {
    if (change < MUCH_CHANGE || this.askedFor === change) return false;
    this.askedFor = change;
    this.refuse(fill(this.words.muchChange, { change: formatRupiah(change) }));
    return true;
  }

  async pay(payments) {
    const { till } = this;
    const basket = withPayments(till.basket, payments);
    const told = { nik: till.nik, confirmation: this.confirmation };
    this.busy(true);
    const outcome = await this.send(request(basket, till.products, till.setup, told));
    this.busy(false);
    if (outcome.state === "unsure") this.keepForRetry(payments);
    if (outcome.state !== "made") return this.explain(outcome);
    const { bill } = till;
    till.sold(bill);
    till.begin();
    this.dialog.close();
    till.showDone(outcome.sale);
  }

  /** The next try must send the very same, also after a reload. */
  keepForRetry(payments) {
    this.till.change({ ...withPayments(this.till.basket, payments), isUnsure: true });
    this.write(0);
  }

  /** Whoever signed in again in another window has a new token: fetch it and ask once more. */
  async send(body) {
    const { till } = this;
    const address = till.setup.addresses.sell;
    const first = await sell(address, body, till.context);
    if (first.state !== "not-allowed") return first;
    try {
      await till.refresh();
    } catch ({ status }) {
      return status === 401 ? { state: "signed-out" } : first;
    }
    // The goods are still told, so it was the token that did not fit, or nothing that helps here.
    return sell(address, body, till.context);
  }

  async explain({ state, code, message }) {
    const { till, words } = this;
    this.confirmation = this.parts.payDigits.value = "";
    if (state === "refused") till.change({ ...till.basket, isUnsure: false });
    // Prices, stock or the shift were not those of this page: fetch them, so that it shows them.
    if (state === "refused") await till.refresh().catch(() => {});
    this.draw();
    const said = { unsure: words.unsure, "signed-out": words.signedOut, "not-allowed": words.notAllowed }[state];
    this.refuse(said ?? (message || words.refused), { state, code });
  }

  // --- Showing -----------------------------------------------------------------------------

  draw() {
    const { parts, words, till } = this;
    const { total } = till.bill;
    const draft = this.draft;
    const all = draft.amount ? [...this.added, draft] : this.added;
    const outlook = settle(total, all, till.setup.step);
    const rounding = outlook.open && draft.method !== "cash" ? 0 : outlook.rounding;
    parts.payTotal.textContent = formatRupiah(total + rounding);
    parts.payRounding.hidden = !rounding;
    parts.payRoundingAmount.textContent = `${rounding > 0 ? "+" : ""}${formatRupiah(rounding)}`;
    this.drawList();
    this.drawQuick();
    this.drawState(outlook);
    const { member } = till.basket;
    parts.payBuyer.textContent = parts.paySaver.textContent = member?.name ?? "–";
  }

  drawState({ open, change }) {
    const { parts, words } = this;
    const label = open ? words.stillOpen : change > 0 ? words.changeDue : words.covered;
    parts.payState.classList.toggle("is-short", open > 0);
    parts.payStateLabel.textContent = label;
    parts.payStateAmount.textContent = open || change > 0 ? formatRupiah(open || change) : "";
    parts.payGo.textContent = open && this.draft.amount ? words.addPayment : words.finish;
  }

  drawList() {
    const { words } = this;
    const items = this.added.map(({ method, amount, reference }, at) => {
      const name = words.methods[method];
      const note = TO_CONFIRM.includes(method) ? words.unconfirmed : method === "voucher" ? reference : "";
      const item = document.createElement("li");
      const remove = button("btn btn-quiet", String(at), "×");
      remove.setAttribute("aria-label", fill(words.remove, { name }));
      const told = element("span", name);
      told.append(element("small", note));
      item.append(told, element("strong", formatRupiah(amount)), remove);
      return item;
    });
    this.parts.payList.replaceChildren(...items);
    this.parts.payList.hidden = !items.length;
  }

  drawQuick() {
    const { due } = this.openNow();
    this.parts.payQuick.replaceChildren(
      ...quickAmounts(due).map((amount, at) => {
        const words = at === 0 ? this.words.exact : formatRupiah(amount).slice(2);
        return button("btn", String(amount), words);
      }),
    );
  }

  refuse(text, { state = "", code = "" } = {}) {
    const { parts, till } = this;
    parts.payRefusal.hidden = !text;
    parts.payRefusalText.textContent = text;
    const link = parts.payRefusalLink;
    const [address, label] = this.wayOut(state, code, till.setup);
    link.hidden = !address;
    link.textContent = label ?? "";
    if (address) link.href = address;
  }

  wayOut(state, code, { addresses }) {
    const { words } = this;
    const { shiftAddress } = this.till.root.dataset;
    if (state === "signed-out") return [addresses.signIn, words.signIn];
    if (code === "no_shift" && shiftAddress) return [shiftAddress, words.openShift];
    return code === "key_reused" ? [addresses.receipts, words.myReceipts] : [""];
  }

  busy(wanted) {
    this.isBusy = wanted;
    const { payGo } = this.parts;
    payGo.disabled = wanted;
    payGo.classList.toggle("is-busy", wanted);
    payGo.setAttribute("aria-busy", String(wanted));
  }
}
