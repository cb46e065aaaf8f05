// Paying, as it is seen: draws the state of flow/paying.js and tells it what was typed and pressed.
import { answered, send } from "../flow/selling.js";
import * as flow from "../flow/paying.js";
import { button, element } from "../panes/parts.js";
import { readRupiah } from "../../base/rupiah.js";
import { isScan } from "../rules/keystrokes.js";
import { soundWrong } from "../panes/sound.js";
import { payKeys } from "./pay-keys.js";
import { request, withPayments } from "../rules/basket.js";
import { fill, formatRupiah, group, parseRupiah, writeRupiah } from "../rules/numbers.js";
import { TO_CONFIRM } from "../rules/paying.js";
import { refusalText } from "../rules/words.js";
import { CoverLookup } from "../store/cover-lookup.js";
import { sell } from "../store/server.js";

export class PayDialog {
  constructor(till) {
    this.till = till;
    this.parts = till.parts;
    this.words = till.words;
    this.dialog = this.parts.payDialog;
    this.radios = [...this.parts.payMethods.querySelectorAll("input")];
    this.covers = new CoverLookup(till);
    this.showSettings();
    this.listen();
  }

  showSettings() {
    const { parts, till } = this;
    const { qris, bankAccount } = till.setup;
    parts.payQr.innerHTML = qris;
    parts.payQr.hidden = parts.payQrShown.hidden = !qris;
    parts.payQrPrinted.hidden = Boolean(qris);
    parts.payBank.textContent = bankAccount;
  }

  listen() {
    const { parts, dialog } = this;
    parts.payClose.addEventListener("click", () => dialog.close());
    parts.payMethods.addEventListener("change", () => this.choose(this.radios.find((radio) => radio.checked).value));
    parts.payAmount.addEventListener("input", () => {
      this.isWritten = true;
      this.write({ amount: parseRupiah(parts.payAmount.value) });
    });
    parts.payReference.addEventListener("input", () => this.write({ reference: parts.payReference.value }));
    parts.payPin.addEventListener("input", () => this.write({ pin: parts.payPin.value }));
    parts.payVoucher.addEventListener("input", () => this.voucher(parts.payVoucher.value));
    parts.payScan.addEventListener("click", () => this.till.openCamera((text) => this.voucher(text)));
    parts.payQuick.addEventListener("click", (event) => {
      if (!event.target.value) return;
      this.become(flow.typed(this.state, { amount: Number(event.target.value) }));
      parts.payGo.focus();
      // The money is in the cashier's hand: nothing more is to be said.
      this.go();
    });
    parts.payList.addEventListener("click", (event) => {
      const pressed = event.target.closest("button");
      if (pressed) this.remove(Number(pressed.value));
    });
    parts.payForm.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go();
    });
    payKeys({
      dialog,
      amount: parts.payAmount,
      isWritten: () => this.isWritten,
      snapshot: () => ({ state: this.state, text: parts.payAmount.value, isWritten: this.isWritten }),
      restore: (before) => this.restore(before),
      choose: (method) => this.choose(method),
      scanned: (text) => this.scanned(text),
    });
    dialog.addEventListener("close", () => this.forgetPin());
    dialog.addEventListener("cancel", (event) => this.state?.isBusy && event.preventDefault());
  }

  /** As it was before a scanner typed into the amount. */
  restore({ state, text, isWritten }) {
    this.parts.payAmount.value = text;
    this.become(state);
    this.isWritten = isWritten;
  }

  scannedAsAmount(text) {
    this.enter(flow.chosen(this.state, this.sale, this.state.method));
    this.scanned(text);
  }

  /** A code is no amount, and no way to pay: only who pays with a voucher can mean it. */
  scanned(text) {
    if (this.state.isBusy) return;
    if (this.state.method === "voucher") return this.voucher(text.trim());
    this.become({ ...this.state, refusal: { text: fill(this.words.codeRead, { code: text.trim() }) } });
    soundWrong();
  }

  get sale() {
    const { basket, bill, setup } = this.till;
    const { payments, member } = basket;
    return { total: bill.total, step: setup.step, payments, member, known: this.covers.known };
  }

  // --- Opening -----------------------------------------------------------------------------

  async open() {
    const { till, words } = this;
    // Perhaps the cashier has signed in again since somebody else did.
    if (till.anothers) await till.refresh().catch(() => {});
    if (till.anothers) return till.basketPane.refuse(till.anothers);
    const { act, refusal, asksNik } = flow.before(till.bill, till.setup.hasShift);
    till.basketPane.open(true);
    if (act === "refuse") return till.basketPane.refuse(refusalText(words, refusal), { asksNik });
    if (act === "look-for-shift") return this.lookForShift();
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
    if (!this.dialog.open) this.dialog.showModal();
    this.enter(flow.begun(this.sale));
  }

  choose(method) {
    this.enter(flow.chosen(this.state, this.sale, method));
  }

  /** Become a state, with the focus where its method is written. */
  enter(state) {
    const { parts } = this;
    parts.payAmount.value = "";
    this.isWritten = false;
    this.become(state);
    const first = state.method === "voucher" ? parts.payVoucher : parts.payAmount;
    first.focus();
    first.select();
    if (state.method === "credit") this.tellCredit();
    if (state.method === "voucher") this.tellVoucher();
    if (state.asksPin) this.tellPin();
  }

  // --- What the server says of covers --------------------------------------------------------

  async tellCredit() {
    const { member } = this.till.basket;
    this.parts.payFree.textContent = "";
    if (member) this.parts.payFree.textContent = await this.covers.ofMember(member);
  }

  async tellPin() {
    const { member } = this.till.basket;
    this.parts.payPinKnown.textContent = "";
    if (member) this.parts.payPinKnown.textContent = await this.covers.ofPin(member);
  }

  /** The member's turn; what stood beside the box is said by the refusal. */
  askPinAgain() {
    this.parts.payPinKnown.textContent = "";
    this.parts.payPin.focus();
  }

  /** Nothing of it stays behind a dialog that is closed. */
  forgetPin() {
    this.state = flow.typed(this.state, { pin: "", confirmed: "" });
    this.parts.payPin.value = "";
  }

  voucher(text) {
    this.become(flow.typed(this.state, { voucher: text }));
    this.tellVoucher();
  }

  async tellVoucher() {
    const { parts } = this;
    parts.payLeft.textContent = "";
    const { left, text } = await this.covers.ofVoucher(this.state.voucher);
    if (this.state.method !== "voucher") return;
    parts.payLeft.textContent = text;
    this.become(flow.toldOfVoucher(this.state, left));
  }

  // --- Going on ----------------------------------------------------------------------------

  go() {
    const { payAmount } = this.parts;
    const { fault } = readRupiah(payAmount.value);
    // However slowly it came: letters that are a code were meant as one.
    if (fault && isScan(payAmount.value)) return this.scannedAsAmount(payAmount.value);
    const { act, state, payments } = flow.next(this.state, this.sale);
    if (act === "sell") return this.pay(state, payments);
    if (act === "add") return this.added(state, payments);
    this.become(state);
    if (act === "pin") this.parts.payPin.focus();
  }

  added(state, payments) {
    this.till.change(withPayments(this.till.basket, payments));
    this.enter(flow.chosen(state, this.sale, "cash"));
  }

  remove(at) {
    const { basket } = this.till;
    this.till.change(withPayments(basket, basket.payments.filter((_each, place) => place !== at)));
    this.choose(this.state.method);
  }

  async pay(state, payments) {
    const { till } = this;
    const basket = withPayments(till.basket, payments);
    const body = request(basket, till.products, till.setup, { nik: till.nik, pin: state.confirmed });
    this.become(state);
    const ask = () => sell(till.setup.addresses.sell, body, till.context);
    const outcome = await send(ask, () => till.refresh());
    const { paying, isUnsure, isStale } = answered(this.state, outcome);
    if (outcome.state === "made") return this.done(paying, outcome.sale);
    if (isUnsure !== null) till.change({ ...(isUnsure ? basket : till.basket), isUnsure });
    this.become({ ...paying, refusal: null });
    // Fetched before it is said what was wrong, so that the page shows what the server means.
    if (isStale) await till.refresh().catch(() => {});
    const { anothers } = till;
    this.become({ ...this.state, refusal: anothers ? { text: anothers, way: "signOut" } : paying.refusal });
    if (outcome.code === "member_pin_refused") this.askPinAgain();
  }

  done(paying, sale) {
    const { till } = this;
    const { bill } = till;
    this.state = paying;
    this.drawBusy();
    till.sold(bill);
    till.begin();
    this.dialog.close();
    till.showDone(sale);
  }

  // --- Showing -----------------------------------------------------------------------------

  /** Somebody types: the field is theirs. */
  write(fields) {
    this.state = flow.typed(this.state, fields);
    this.draw();
  }

  become(state) {
    const { parts } = this;
    const { method, amount, reference, voucher, pin } = state;
    this.state = state;
    for (const radio of this.radios) radio.checked = radio.value === method;
    for (const place of this.dialog.querySelectorAll("[data-for]")) {
      place.hidden = !place.dataset.for.split(" ").includes(method);
    }
    parts.payPin.closest("[data-for]").hidden = !state.asksPin;
    if (parseRupiah(parts.payAmount.value) !== amount) {
      parts.payAmount.value = amount ? writeRupiah(amount) : "";
    }
    for (const [field, text] of [[parts.payReference, reference], [parts.payVoucher, voucher], [parts.payPin, pin]]) {
      if (field.value !== text) field.value = text;
    }
    this.draw();
    this.drawRefusal();
    this.drawBusy();
  }

  draw() {
    const { parts, till } = this;
    const outlook = flow.outlook(this.state, this.sale);
    const { rounding } = outlook;
    parts.payTotal.textContent = formatRupiah(outlook.total);
    parts.payRounding.hidden = !rounding;
    parts.payRoundingAmount.textContent = `${rounding > 0 ? "+" : ""}${formatRupiah(rounding)}`;
    this.drawList();
    this.drawQuick(outlook.quick);
    this.drawState(outlook);
    const { member } = till.basket;
    parts.payBuyer.textContent = parts.paySaver.textContent = member?.name ?? "–";
  }

  drawState({ open, change, label, isLast }) {
    const { parts, words } = this;
    parts.payState.classList.toggle("is-short", open > 0);
    parts.payState.classList.toggle("is-covered", label === "covered");
    parts.payStateLabel.textContent = words[label];
    parts.payStateAmount.textContent = open || change > 0 ? formatRupiah(open || change) : "";
    parts.payGo.textContent = isLast ? words.finish : words.addPayment;
  }

  drawList() {
    const { words } = this;
    const items = this.till.basket.payments.map(({ method, amount, reference }, at) => {
      const name = words.methods[method];
      const note = TO_CONFIRM.includes(method) ? words.unconfirmed : method === "voucher" ? reference : "";
      const item = document.createElement("li");
      const remove = button("btn btn-quiet", String(at), "×");
      remove.setAttribute("aria-label", fill(words.remove, { name }));
      const shown = element("span", name);
      shown.append(element("small", note));
      item.append(shown, element("strong", formatRupiah(amount)), remove);
      return item;
    });
    this.parts.payList.replaceChildren(...items);
    this.parts.payList.hidden = !items.length;
  }

  drawQuick(amounts) {
    this.parts.payQuick.replaceChildren(
      ...amounts.map((amount, at) => {
        const words = at === 0 ? this.words.exact : group(amount);
        return button("btn", String(amount), words);
      }),
    );
  }

  drawRefusal() {
    const { parts, till, words } = this;
    const { refusal } = this.state;
    parts.payRefusal.hidden = !refusal;
    parts.payRefusalText.textContent = refusalText(words, refusal);
    const link = parts.payRefusalLink;
    const way = refusal?.way ?? "";
    // Beside what stands in the way, "That is enough" would say the opposite.
    parts.payState.classList.toggle("is-refused", Boolean(refusal));
    link.hidden = !way;
    link.textContent = way ? words[way] : "";
    if (way) link.href = till.ways[way];
  }

  drawBusy() {
    const { payGo } = this.parts;
    const { isBusy } = this.state;
    payGo.disabled = isBusy;
    payGo.classList.toggle("is-busy", isBusy);
    payGo.setAttribute("aria-busy", String(isBusy));
  }
}
