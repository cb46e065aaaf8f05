// The till: a basket on the device, goods and prices from the page, and one request that sells.
import * as baskets from "./till/basket.js";
import { isCode, pick } from "./till/catalogue.js";
import { newKey } from "./till/key.js";
import { memberDialog } from "./till/member-dialog.js";
import { memory } from "./till/memory.js";
import { partsOf } from "./till/parts.js";
import { get, sell } from "./till/server.js";
import { drawBasket, drawPrices, drawShelves, drawTiles, fill } from "./till/view.js";
import { weighDialog } from "./till/weigh-dialog.js";

export function bind(root) {
  new Till(root).start();
}

class Till {
  constructor(root) {
    this.root = root;
    this.setup = JSON.parse(document.getElementById("till-setup").textContent);
    this.words = this.setup.words;
    this.parts = partsOf(root);
    this.memory = memory(this.setup);
    this.shelf = "";
    this.stock(JSON.parse(document.getElementById("till-goods").textContent));
    this.basket = this.memory.load() ?? baskets.empty(newKey());
  }

  start() {
    this.openMembers = memberDialog(this.parts, this.setup, (member) => {
      this.change(baskets.forMember(this.basket, member));
    });
    this.openWeigh = weighDialog(this.parts, this.words, (product, thousandths) => {
      this.put(product, thousandths);
    });
    this.listenToGoods();
    this.listenToBasket();
    this.listenToPayment();
    // Back from the receipt with the back button: the page wakes up with a basket already sold.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.wake();
    });
    this.showPaid();
    this.drawGoods();
    this.draw();
    if (matchMedia("(pointer: fine)").matches) this.parts.search.focus();
  }

  stock(goods) {
    this.goods = goods;
    this.products = new Map(goods.map((product) => [product.id, product]));
  }

  wake() {
    this.basket = this.memory.load() ?? baskets.empty(newKey());
    this.busy(false);
    this.showPaid();
    this.refresh().catch(() => {});
  }

  // --- Goods -------------------------------------------------------------------------------

  listenToGoods() {
    const { parts } = this;
    parts.search.addEventListener("input", () => this.drawGoods());
    parts.searchForm.addEventListener("submit", (event) => {
      event.preventDefault();
      this.enter();
    });
    parts.shelves.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      this.shelf = button.value;
      this.drawGoods();
      parts.shelves.querySelector("[aria-pressed=true]").focus();
    });
    parts.tiles.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.take(this.products.get(button.dataset.product));
    });
    // A scanner types; wherever the page stands, its digits belong in the search box.
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, dialog, [contenteditable]");
      const plain = event.key.length === 1 && /\S/.test(event.key);
      if (!typing && plain && !event.ctrlKey && !event.metaKey && !event.altKey) parts.search.focus();
    });
  }

  /** Enter in the search box: a scanned code, or letters that fit one product only. */
  enter() {
    const text = this.parts.search.value;
    const product = pick(this.goods, text);
    if (product) {
      this.parts.search.value = "";
      this.drawGoods();
      this.take(product);
    } else if (isCode(text)) {
      this.parts.search.select();
      this.toast(fill(this.words.unknownCode, { code: text.trim() }));
    }
  }

  take(product) {
    if (product.is_weighed) this.openWeigh(product);
    else this.put(product, 1000);
  }

  put(product, thousandths) {
    this.change(baskets.add(this.basket, product, thousandths));
    const held = this.basket.lines.find((line) => line.id === product.id);
    this.parts.lines.querySelector(`[data-product="${product.id}"]`).scrollIntoView({ block: "nearest" });
    this.parts.said.textContent = fill(this.words.added, {
      name: product.name,
      quantity: baskets.formatQuantity(held.thousandths),
      measure: product.measure,
    });
  }

  // --- Basket ------------------------------------------------------------------------------

  listenToBasket() {
    const { parts } = this;
    parts.lines.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const id = button.closest("[data-product]").dataset.product;
      this.change(baskets.step(this.basket, id, button.dataset.do === "more" ? 1 : -1));
    });
    parts.lines.addEventListener("change", (event) => this.setQuantity(event.target));
    parts.clear.addEventListener("click", () => this.begin());
    parts.pickMember.addEventListener("click", () => this.openMembers());
    parts.dropMember.addEventListener("click", () => {
      this.change(baskets.forMember(this.basket, null));
      parts.pickMember.focus();
    });
    parts.wholesale.addEventListener("change", () => {
      this.change(baskets.atWholesale(this.basket, parts.wholesale.checked));
    });
    parts.open.addEventListener("click", () => this.open(true));
    parts.close.addEventListener("click", () => this.open(false));
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.target.closest("dialog")) this.open(false);
    });
  }

  setQuantity(input) {
    const id = input.closest("[data-product]").dataset.product;
    const product = this.products.get(id);
    const thousandths = baskets.parseQuantity(input.value, product?.is_weighed ?? false);
    if (thousandths === null) {
      const whole = product && baskets.parseQuantity(input.value, true) !== null;
      this.toast(whole ? fill(this.words.wholeOnly, product) : this.words.badQuantity);
      this.draw();
    } else {
      this.change(baskets.setQuantity(this.basket, id, thousandths));
    }
  }

  /** An empty basket with a key of its own: what follows is another sale. */
  begin() {
    this.basket = baskets.empty(newKey());
    this.memory.forget();
    this.showPaid();
    this.refuse("");
    this.draw();
    this.open(false);
  }

  change(basket) {
    this.basket = basket;
    this.memory.save(basket);
    this.refuse("");
    this.draw();
  }

  /** On a phone the basket lies over the goods. */
  open(wanted) {
    this.root.classList.toggle("is-open", wanted);
    const covered = getComputedStyle(this.parts.basket).position === "fixed";
    this.parts.goods.inert = wanted && covered;
    if (!covered) return;
    if (wanted) this.root.querySelector("#till-basket-title").focus();
    else this.parts.open.focus({ preventScroll: true });
  }

  // --- Payment -----------------------------------------------------------------------------

  listenToPayment() {
    const { parts } = this;
    parts.paid.addEventListener("input", () => {
      const digits = parts.paid.value.replace(/\D/g, "");
      this.change(baskets.withPayment(this.basket, digits ? Number(digits) : null));
    });
    parts.quick.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      this.change(baskets.withPayment(this.basket, Number(button.value)));
      this.showPaid();
      parts.pay.focus();
    });
    parts.payForm.addEventListener("submit", (event) => {
      event.preventDefault();
      this.pay();
    });
  }

  async pay() {
    if (this.parts.pay.disabled) return;
    const reason = this.reasonNotToPay();
    if (reason) {
      this.refuse(reason);
      if (this.basket.lines.length) this.parts.paid.focus();
      return;
    }
    this.busy(true);
    const body = baskets.request(this.basket, this.products, this.setup.unit);
    const context = { cooperative: this.setup.cooperative, csrf: this.root.dataset.csrf };
    const outcome = await sell(this.setup.addresses.sell, body, context);
    if (outcome.state === "made") return this.leaveWith(outcome.id);
    this.busy(false);
    await this.explain(outcome);
  }

  reasonNotToPay() {
    const { lines, problems, change } = baskets.bill(this.basket, this.products);
    if (!lines.length) return this.words.emptyBasket;
    if (problems.length) return this.words.fixFirst;
    if (change === null) return this.words.noMoney;
    if (change < 0) return fill(this.words.tooLittle, { short: baskets.formatRupiah(-change) });
    return "";
  }

  leaveWith(id) {
    const { receipt, placeholder } = this.setup.addresses;
    this.memory.forget();
    location.assign(receipt.replace(placeholder, id));
  }

  async explain({ state, code, message }) {
    // Prices or stock were not those of this page: fetch them, so that the basket shows which.
    if (state === "refused") await this.refresh().catch(() => {});
    const sentence = { unsure: this.words.unsure, "signed-out": this.words.signedOut }[state] ?? message;
    this.refuse(sentence);
    this.parts.refusalLink.hidden = code !== "key_reused";
  }

  async refresh() {
    this.draw();
    const { goods } = await get(this.setup.addresses.goods, { unit: this.setup.unit });
    this.stock(goods);
    this.drawGoods();
    this.draw();
  }

  // --- Showing -----------------------------------------------------------------------------

  drawGoods() {
    drawShelves(this.parts, this.goods, this.shelf, this.words);
    drawTiles(this.parts, this.goods, this.parts.search.value, this.shelf, this.words);
    this.drawPrices();
  }

  draw() {
    drawBasket(this.parts, this.basket, this.products, this.words);
    this.drawPrices();
  }

  drawPrices() {
    const priceFor = (product) => baskets.priceOf(product, baskets.tierOf(product, this.basket));
    drawPrices(this.parts, this.basket, this.products, this.words, priceFor);
  }

  showPaid() {
    const { paid } = this.basket;
    this.parts.paid.value = paid === null ? "" : baskets.formatRupiah(paid).slice(2);
  }

  busy(wanted) {
    this.parts.pay.disabled = wanted;
    this.parts.pay.classList.toggle("is-busy", wanted);
    this.parts.pay.setAttribute("aria-busy", String(wanted));
  }

  refuse(sentence) {
    this.parts.refusal.hidden = !sentence;
    this.parts.refusalText.textContent = sentence;
    this.parts.refusalLink.hidden = true;
    if (sentence) this.parts.refusal.scrollIntoView({ block: "nearest" });
  }

  toast(text) {
    document.dispatchEvent(new CustomEvent("kkmp:toast", { detail: { text, level: "warning" } }));
  }
}
