// The basket as it is seen: lines are kept and changed in place, so that a scan touches one of them.
import * as baskets from "../rules/basket.js";
import { fill, formatQuantity, formatRupiah, parseDiscount, parseQuantity, writeQuantity, writeRupiah } from "../rules/numbers.js";
import { isNik } from "../rules/nik.js";
import { element } from "./parts.js";
import { settle } from "../rules/paying.js";
import { sentence } from "../rules/words.js";

export class BasketPane {
  constructor(till) {
    this.till = till;
    this.parts = till.parts;
    this.words = till.words;
    this.shown = new Map();
    this.listen();
  }

  listen() {
    const { parts, till } = this;
    parts.lines.addEventListener("click", (event) => {
      const act = event.target.closest("button")?.dataset.do;
      if (act) this.act(act, event.target.closest("li").place);
    });
    parts.lines.addEventListener("change", (event) => this.setQuantity(event.target));
    parts.lines.addEventListener("keydown", (event) => {
      const inField = event.target.matches("input");
      const place = event.target.closest("li")?.place;
      if (event.key === "Enter" && inField) return event.target.blur();
      if (event.key === "Delete" && !inField && place) till.change(baskets.setQuantity(till.basket, place, 0));
    });
    parts.clear.addEventListener("click", () => this.askClear());
    parts.hold.addEventListener("click", () => till.hold());
    parts.openHeld.addEventListener("click", () => till.openHeld());
    parts.pickMember.addEventListener("click", () => till.openMembers());
    parts.dropMember.addEventListener("click", () => {
      till.chooseMember(null);
      parts.pickMember.focus();
    });
    parts.tier.addEventListener("change", () => till.change(baskets.atTier(till.basket, parts.tier.value)));
    parts.openDiscount.hidden = !till.setup.mayDiscount;
    parts.openDiscount.addEventListener("click", () => this.askDiscount());
    parts.askNik.addEventListener("click", () => this.askNik());
    parts.changeNik.addEventListener("click", () => this.askNik());
    parts.pay.addEventListener("click", () => till.paying.open());
    parts.open.addEventListener("click", () => (till.basket.lines.length ? this.open(true) : till.openHeld()));
    parts.close.addEventListener("click", () => this.open(false));
    till.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.target.closest("dialog")) this.open(false);
    });
  }

  act(act, place) {
    if (act === "edit") return this.till.openLine(place, true);
    this.till.change(baskets.step(this.till.basket, place, act === "more" ? 1 : -1));
  }

  setQuantity(input) {
    const { place } = input.closest("li");
    const product = this.till.products.get(place.id);
    const isWeighed = Boolean(product?.is_weighed) && !place.pack;
    const thousandths = parseQuantity(input.value, isWeighed);
    if (thousandths !== null) return this.till.change(baskets.setQuantity(this.till.basket, place, thousandths));
    const whole = product && parseQuantity(input.value, true) !== null;
    const problem = { code: "wholeOnly", values: product };
    this.till.toast(whole ? sentence(this.words, problem) : this.words.badQuantity);
    const held = this.till.basket.lines.find((line) => baskets.lineKey(line) === baskets.lineKey(place));
    if (held) input.value = writeQuantity(held.thousandths);
  }

  askDiscount() {
    const { till } = this;
    if (!till.basket.lines.length) return this.refuse(this.words.refusals.empty);
    const before = till.basket.discount ? writeRupiah(till.basket.discount) : "";
    till.ask({ ...this.parts.askDiscount.dataset, value: before }, (text) => {
      const whole = baskets.bill({ ...till.basket, discount: 0 }, till.products, Boolean(till.nik)).total;
      const discount = parseDiscount(text, whole);
      if (discount === null) return this.words.badDiscount;
      const wanted = baskets.withDiscount(till.basket, discount);
      const { refusal } = baskets.bill(wanted, till.products, Boolean(till.nik));
      if (refusal?.code === "saleDiscount") return sentence(this.words, refusal);
      till.change(wanted);
      return "";
    });
  }

  /** One tap beside "Put aside" must not lose a queue's worth of scanning. */
  askClear() {
    const { till } = this;
    if (!till.isCertain()) return;
    till.ask({ ...this.parts.askClear.dataset, noAnswer: true }, () => {
      till.begin();
      return "";
    });
  }

  askNik() {
    this.till.ask({ ...this.parts.askBuyer.dataset, value: "", digits: true }, (text) => {
      const digits = text.replace(/\D/g, "");
      if (digits && digits.length !== 16) return this.words.badNik;
      if (digits && !isNik(digits)) return this.words.noSuchNik;
      this.till.nik = digits;
      this.refuse("");
      this.till.draw();
      return "";
    });
  }

  /** On a phone the basket lies over the goods. */
  open(wanted) {
    const { root, parts } = this.till;
    const was = root.classList.contains("is-open");
    root.classList.toggle("is-open", wanted);
    document.documentElement.classList.toggle("has-open-basket", wanted);
    const covered = getComputedStyle(parts.basket).position === "fixed";
    parts.goods.inert = wanted && covered;
    if (!covered || was === wanted) return;
    if (wanted) root.querySelector("#till-basket-title").focus();
    else parts.open.focus({ preventScroll: true });
  }

  /** Bring a line into sight, and highlight it for a moment. */
  show(place) {
    const item = this.shown.get(baskets.lineKey(place))?.item;
    if (!item) return;
    item.classList.remove("is-new");
    requestAnimationFrame(() => {
      item.classList.add("is-new");
      setTimeout(() => item.classList.remove("is-new"), 1200);
      const [line, list] = [item, this.parts.lines].map((each) => each.getBoundingClientRect());
      const below = line.bottom - list.bottom;
      const above = line.top - list.top;
      // The list alone moves; scrollIntoView would move the page under the cashier's finger too.
      if (below > 0 || above < 0) this.parts.lines.scrollTop += below > 0 ? below : above;
    });
  }

  refuse(text, { asksNik = false } = {}) {
    if (!text && this.parts.refusal.hidden) return;
    this.parts.refusal.hidden = !text;
    this.parts.refusalText.textContent = text;
    this.parts.askNik.hidden = !asksNik;
  }

  // --- Drawing -----------------------------------------------------------------------------

  draw(bill) {
    const { parts, words } = this;
    const { basket, setup } = this.till;
    this.drawLines(bill.lines);
    const any = bill.lines.length > 0;
    for (const place of [parts.clear, parts.hold]) place.hidden = !any;
    parts.empty.hidden = any;
    const saved = bill.saving > 0 && (basket.member || basket.tier !== "general" || basket.discount);
    parts.saving.hidden = !saved;
    parts.saving.textContent = fill(words.saving, { saving: formatRupiah(bill.saving) });
    parts.discounted.hidden = !basket.discount;
    parts.discountAmount.textContent = formatRupiah(-basket.discount);
    parts.total.textContent = formatRupiah(bill.total);
    const held = this.till.memory.held().length;
    // On a phone it is the only way to the basket, and to those put aside.
    parts.bar.hidden = !any && !held;
    parts.barCount.textContent = any ? fill(words.goods, { count: bill.lines.length }) : fill(words.heldCount, { count: held });
    parts.barTotal.textContent = any ? formatRupiah(bill.total) : "";
    const { due } = settle(bill.total, [], setup.step);
    parts.pay.firstChild.data = due ? fill(words.pay, { total: formatRupiah(bill.total) }) : words.payNothing;
    this.drawBuyer(basket);
    parts.openHeld.hidden = !held;
    parts.heldCount.textContent = fill(words.heldCount, { count: held });
  }

  drawLines(lines) {
    const wanted = new Set();
    lines.forEach((line, at) => {
      const key = baskets.lineKey({ id: line.id, pack: line.packId });
      wanted.add(key);
      let known = this.shown.get(key);
      if (!known) this.shown.set(key, (known = this.made({ id: line.id, pack: line.packId })));
      if (this.parts.lines.children[at] !== known.item) {
        this.parts.lines.insertBefore(known.item, this.parts.lines.children[at] ?? null);
      }
      this.drawLine(known, line);
    });
    for (const [key, { item }] of this.shown) {
      if (wanted.has(key)) continue;
      if (item.contains(document.activeElement)) this.parts.pay.focus({ preventScroll: true });
      item.remove();
      this.shown.delete(key);
    }
  }

  made(place) {
    const item = this.parts.line.content.cloneNode(true).querySelector("li");
    item.place = place;
    const part = (name) => item.querySelector(name);
    return {
      item,
      name: part(".till-line-name"),
      total: part(".till-line-total"),
      price: part(".till-line-price"),
      problem: part(".till-line-problem"),
      input: part("input"),
      less: part("[data-do=less]"),
      more: part("[data-do=more]"),
    };
  }

  drawLine(known, line) {
    const { words } = this;
    const name = line.product?.name ?? "–";
    const values = this.signature(line);
    if (known.values === values) return;
    known.values = values;
    known.name.textContent = name;
    known.total.textContent = line.price === null ? "" : formatRupiah(line.total);
    known.price.replaceChildren(...this.priceText(line));
    known.problem.hidden = !line.problem;
    known.problem.textContent = sentence(words, line.problem);
    known.input.value = writeQuantity(line.thousandths);
    known.input.setAttribute("aria-label", fill(words.quantityOf, { name }));
    known.name.setAttribute("aria-label", fill(words.change, { name }));
    known.less.setAttribute("aria-label", fill(line.thousandths <= 1000 ? words.remove : words.less, { name }));
    known.more.setAttribute("aria-label", fill(words.oneMore, { name }));
  }

  signature({ product, price, total, saving, discount, thousandths, problem }) {
    const said = problem && `${problem.code} ${Object.values(problem.values)}`;
    return [product?.name, product?.measure, price, total, saving, discount, thousandths, said].join("|");
  }

  priceText(line) {
    const { words } = this;
    if (line.price === null) return [];
    const measure = line.pack
      ? fill(words.packOf, {
          pack: line.pack.name,
          factor: formatQuantity(line.pack.factor_thousandths),
          measure: line.product.measure,
        })
      : line.product.measure;
    const price = fill(words.each, { price: formatRupiah(line.price), measure });
    const off = line.discount
      ? fill(words.discounted, { discount: formatRupiah(line.discount) })
      : line.saving > 0 && fill(words.saving, { saving: formatRupiah(line.saving) });
    return off ? [price, element("span", off, "till-line-saving")] : [price];
  }

  /** Drawn when the buyer changes: a select whose words are set anew lays the whole page out. */
  drawBuyer({ member, tier }) {
    const { parts, words, till } = this;
    const buyer = [member?.id, tier, till.nik].join("|");
    if (buyer === this.buyer) return;
    this.buyer = buyer;
    parts.nik.hidden = !till.nik || Boolean(member);
    parts.pickMember.hidden = Boolean(member);
    parts.member.hidden = !member;
    parts.memberName.textContent = member?.name ?? "";
    parts.memberNumber.textContent = member ? fill(words.memberNumber, member) : "";
    parts.tier.options[0].textContent = member ? words.memberPrice : words.usualPrice;
    parts.tier.value = tier;
  }
}
