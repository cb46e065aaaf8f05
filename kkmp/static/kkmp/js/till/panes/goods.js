// The goods: search, shelves and tiles. Tiles are drawn when the search or the shelf changes, as
// many as a screen or two hold; a scan changes one number on one of them.
import { tierOf } from "../rules/basket.js";
import { isCode } from "../rules/codes.js";
import { fill, formatQuantity, formatRupiah } from "../rules/numbers.js";
import { element } from "./parts.js";
import { priceOf } from "../rules/pricing.js";
import { roving } from "./roving.js";
import { find, only, shelves } from "../rules/search.js";

const A_SCREEN = 60;
// A scanner types a whole code faster than this; only people's typing is followed letter by letter.
const PAUSE_MS = 90;

export class GoodsPane {
  constructor(till) {
    this.till = till;
    this.parts = till.parts;
    this.words = till.words;
    this.shelf = "";
    this.many = A_SCREEN;
    this.tiles = new Map();
    this.counts = new Map();
    this.listen();
  }

  listen() {
    const { parts } = this;
    parts.search.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.drawTiles(), PAUSE_MS);
    });
    parts.searchForm.addEventListener("submit", (event) => {
      event.preventDefault();
      this.enter();
    });
    parts.shelves.addEventListener("click", (event) => {
      const chosen = event.target.closest("button");
      if (chosen) this.choose(chosen.value);
    });
    parts.tiles.addEventListener("click", (event) => {
      const tile = event.target.closest("button");
      if (tile) this.till.take(this.till.products.get(tile.dataset.product));
    });
    parts.more.addEventListener("click", () => {
      this.drawTiles(this.many + A_SCREEN);
    });
    parts.openCamera.addEventListener("click", () => this.till.openCamera((text) => this.read(text)));
    this.listenToArrows();
  }

  /** From the search down to the tiles, over them with the arrows, and up again. */
  listenToArrows() {
    const { parts } = this;
    parts.search.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      parts.tiles.querySelector("button:not(:disabled)")?.focus();
    });
    this.shelfStop = roving(parts.shelves);
    this.tileStop = roving(parts.tiles, { isGrid: true, before: parts.search });
  }

  /** Enter in the search box: a scanned code, or letters that fit one product only. */
  enter() {
    clearTimeout(this.timer);
    const text = this.parts.search.value;
    if (!text.trim()) return;
    if (this.till.scanned(text)) return this.clearSearch();
    if (isCode(text)) {
      this.clearSearch();
      return this.till.openUnknown(text.trim());
    }
    const product = only(this.till.goods, text);
    if (!product) return this.drawTiles();
    this.clearSearch();
    this.till.take(product);
  }

  /** What the camera has seen. */
  read(text) {
    if (!this.till.scanned(text)) this.till.openUnknown(text);
  }

  clearSearch() {
    this.parts.search.value = "";
    // A scan never drew anything for its digits, so there is nothing to draw back.
    if (this.drawnFor !== "") this.drawTiles();
  }

  searchFor(text) {
    this.parts.search.value = text;
    this.parts.search.focus();
    this.drawTiles();
  }

  choose(shelf) {
    this.shelf = shelf;
    this.drawShelves();
    this.drawTiles();
    this.parts.shelves.querySelector("[aria-pressed=true]").focus();
  }

  // --- Drawing -----------------------------------------------------------------------------

  draw() {
    this.drawShelves();
    this.drawTiles(this.many);
  }

  drawShelves() {
    const all = shelves(this.till.goods);
    this.parts.shelves.hidden = all.length < 2;
    this.parts.shelves.replaceChildren(
      ...[["", ""], ...all].map(([name, colour]) => {
        const made = element("button", name || this.words.all, "till-shelf");
        made.type = "button";
        made.value = name;
        if (colour) made.classList.add(`colour-${colour}`);
        made.setAttribute("aria-pressed", String(name === this.shelf));
        return made;
      }),
    );
    this.shelfStop.drawn();
  }

  drawTiles(many = A_SCREEN) {
    const text = this.parts.search.value;
    const found = find(this.till.goods, text, text.trim() ? "" : this.shelf);
    this.many = many;
    this.drawnFor = text;
    this.tiles.clear();
    this.counts.clear();
    this.parts.tiles.replaceChildren(...found.slice(0, many).map((product) => this.tile(product)));
    this.tileStop.drawn();
    this.parts.none.hidden = found.length > 0;
    this.parts.more.hidden = found.length <= many;
    this.parts.more.textContent = fill(this.words.more, { count: found.length - many });
    this.buyer = null;
    this.follow(this.till.basket, null);
  }

  tile(product) {
    const item = this.parts.tile.content.cloneNode(true);
    const tile = item.querySelector("button");
    const left = product.stock_thousandths;
    tile.dataset.product = product.id;
    tile.classList.add(`colour-${product.colour}`);
    tile.disabled = (left <= 0 && !product.is_service) || Boolean(product.expired_on);
    tile.querySelector(".till-tile-name").textContent = product.name;
    tile.querySelector(".till-tile-stock").textContent = product.expired_on
      ? this.words.expired
      : this.stockOf(product, left);
    if (product.has_photo) {
      const { photo, placeholder } = this.till.setup.addresses;
      const image = tile.querySelector("img");
      image.src = photo.replace(placeholder, product.id);
      image.hidden = false;
    }
    this.tiles.set(product.id, tile);
    return item;
  }

  stockOf({ is_service: isService, measure }, left) {
    if (isService) return this.words.service;
    return left > 0 ? fill(this.words.left, { left: formatQuantity(left), measure }) : this.words.soldOut;
  }

  /** Prices follow the buyer, and each tile shows how much of it lies in the basket. */
  follow(basket, bill) {
    const buyer = `${basket.tier} ${basket.member ? "member" : ""}`;
    if (buyer !== this.buyer) this.drawPrices(basket);
    this.buyer = buyer;
    const held = new Map();
    for (const line of (bill ?? this.till.bill).lines) {
      held.set(line.id, (held.get(line.id) ?? 0) + (line.measures ?? 0));
    }
    for (const id of new Set([...held.keys(), ...this.counts.keys()])) {
      if (held.get(id) !== this.counts.get(id)) this.count(id, held.get(id));
    }
    this.counts = held;
  }

  count(id, thousandths) {
    const tile = this.tiles.get(id);
    if (!tile) return;
    tile.classList.toggle("has-some", Boolean(thousandths));
    const place = tile.querySelector(".till-tile-count");
    place.hidden = !thousandths;
    place.textContent = formatQuantity(thousandths ?? 0);
  }

  drawPrices(basket) {
    for (const [id, tile] of this.tiles) {
      const product = this.till.products.get(id);
      const price = priceOf(product, tierOf(product, null, 1000, basket), 1000);
      const { measure } = product;
      tile.querySelector(".till-tile-price").textContent = fill(this.words.each, {
        price: formatRupiah(price), measure,
      });
    }
  }
}
