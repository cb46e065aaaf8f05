// The till: a basket on the device, goods, prices and rules told at one address, and one request
// that sells. This module holds the state; what it looks like is drawn by the panes and dialogs.
import * as baskets from "./rules/basket.js";
import { askDialog } from "./dialogs/ask.js";
import { BasketPane } from "./panes/basket.js";
import { cameraDialog } from "./dialogs/camera.js";
import * as codes from "./rules/codes.js";
import { doneDialog } from "./dialogs/done.js";
import { GoodsPane } from "./panes/goods.js";
import { heldDialog } from "./dialogs/held.js";
import { newKey } from "./store/key.js";
import { followKeyboard } from "./panes/keyboard.js";
import { listenToBack } from "./panes/back.js";
import { listenToKeys } from "./panes/keys.js";
import { lineDialog } from "./dialogs/line.js";
import { memberDialog } from "./dialogs/member.js";
import { device, memory } from "./store/memory.js";
import { fill, formatQuantity } from "./rules/numbers.js";
import { partsOf } from "./panes/parts.js";
import { expired } from "./rules/pricing.js";
import { PayDialog } from "./dialogs/pay.js";
import { get } from "./store/server.js";
import { sentence } from "./rules/words.js";
import { soundWrong } from "./panes/sound.js";
import { unknownDialog } from "./dialogs/unknown.js";
import { dataOf, look, signInAndComeBack, signOutAndComeBack } from "./flow/opening.js";
import * as page from "./panes/page.js";

export const selector = "[data-till]";

const OLD_MS = 5 * 60 * 1000;

/** The page belongs to nobody until it has been told whose till it is. */
export async function bind(root) {
  const shell = JSON.parse(document.getElementById("till-page-data").textContent);
  const here = { pathname: location.pathname, search: location.search };
  const found = await look({ here, language: document.documentElement.lang, addresses: shell.addresses, get });
  if (found.state === "elsewhere") return location.replace(found.address);
  if (found.state !== "open") return page.refuse(found, shell, here);
  const { told } = found;
  page.show(told.pieces);
  page.opened();
  for (const { text, level } of told.notes) page.toast(text, level);
  if (!told.goods.length) return;
  root.hidden = false;
  new Till(root, shell, told, here).start();
}

class Till {
  constructor(root, shell, told, here) {
    this.root = root;
    this.setup = { ...told, addresses: { ...shell.addresses, ...told.addresses }, device: device(newKey) };
    this.words = shell.words;
    this.parts = partsOf(document);
    this.memory = memory(this.setup);
    this.csrf = told.csrf;
    // Where the cashier goes on when a sale is refused, by the words on the link.
    this.ways = {
      signIn: signInAndComeBack(shell.addresses, here),
      openShift: `${told.addresses.shift}?${new URLSearchParams({ unit: told.unit })}`,
      myReceipts: told.addresses.receipts,
      signOut: signOutAndComeBack(shell.addresses, here),
    };
    // Why nothing can be sold here: somebody else has signed in; empty while it is still the cashier.
    this.anothers = "";
    // A buyer's identity number is never kept on the device.
    this.nik = "";
    this.stock(told.goods);
    this.basket = this.memory.load() ?? baskets.empty(newKey());
  }

  start() {
    document.documentElement.classList.add("has-till");
    this.goodsPane = new GoodsPane(this);
    this.basketPane = new BasketPane(this);
    this.paying = new PayDialog(this);
    this.openMembers = memberDialog(this);
    this.openLine = lineDialog(this);
    this.openHeld = heldDialog(this);
    this.openUnknown = unknownDialog(this);
    this.openCamera = cameraDialog(this);
    this.showDone = doneDialog(this);
    this.ask = askDialog(this.parts);
    listenToKeys(this);
    listenToBack(this);
    followKeyboard();
    this.keepFresh();
    this.goodsPane.draw();
    this.draw();
    if (matchMedia("(pointer: fine)").matches) this.parts.search.focus();
  }

  get context() {
    return { cooperative: this.setup.cooperative, csrf: this.csrf, openedFor: this.setup.openedFor };
  }

  get bill() {
    return baskets.bill(this.basket, this.products, Boolean(this.nik));
  }

  stock(goods) {
    this.goods = goods;
    this.products = new Map(goods.map((product) => [product.id, product]));
    this.index = codes.indexOf(goods);
    this.freshAt = Date.now();
  }

  // --- Goods -------------------------------------------------------------------------------

  /** A code from the scanner or the camera. False: it is no code that anything is known of. */
  scanned(text) {
    const card = codes.card(text);
    if (card) {
      this.chooseByCard(card);
      return true;
    }
    const found = codes.look(this.index, text);
    if (!found) return false;
    this.take(found.product, found.pack, found.thousandths);
    return true;
  }

  /** Put goods into the basket; of what is weighed by hand it is asked how much. */
  take(product, pack = null, thousandths = null) {
    if (product.expired_on) return this.refuseCode(sentence(this.words, expired(product)));
    if (thousandths === null && product.is_weighed && !pack) return this.openLine({ id: product.id, pack: null });
    this.put({ id: product.id, pack: pack?.id ?? null }, thousandths ?? 1000);
  }

  put(place, thousandths) {
    this.change(baskets.add(this.basket, place, thousandths));
    this.basketPane.show(place);
    const product = this.products.get(place.id);
    const pack = product.packs.find((each) => each.id === place.pack);
    const held = this.basket.lines.find((line) => baskets.lineKey(line) === baskets.lineKey(place));
    this.say(
      fill(this.words.added, {
        name: product.name,
        quantity: formatQuantity(held.thousandths),
        measure: pack?.name ?? product.measure,
      }),
    );
  }

  async chooseByCard({ cooperative, number }) {
    if (cooperative !== this.setup.cooperative) return this.refuseCode(this.words.otherCard);
    try {
      const { members } = await get(this.setup.addresses.members, { q: String(number) });
      const member = members.find((each) => each.number === number);
      if (!member) return this.refuseCode(this.words.nobody);
      this.chooseMember(member);
    } catch {
      this.toast(this.words.unreachable);
    }
  }

  chooseMember(member) {
    if (!this.isCertain()) return;
    if (member?.leaving) return this.refuseCode(member.leaving);
    this.change(baskets.forMember(this.basket, member));
    if (member) this.say(fill(this.words.memberChosen, member));
  }

  // --- Basket ------------------------------------------------------------------------------

  change(basket) {
    this.basket = basket;
    this.basketPane.refuse("");
    this.draw();
    this.keepSoon();
  }

  /** After the line is on the screen; and at once when the page is left. */
  keepSoon() {
    this.keeping ??= setTimeout(() => this.keepNow(), 0);
  }

  keepNow() {
    clearTimeout(this.keeping);
    if (this.keeping) this.memory.save(this.basket);
    this.keeping = null;
  }

  /** An empty basket with a key of its own: what follows is another sale. */
  begin() {
    this.nik = "";
    this.basket = baskets.empty(newKey());
    clearTimeout(this.keeping);
    this.keeping = null;
    this.memory.forget();
    this.basketPane.refuse("");
    this.draw();
    this.basketPane.open(false);
  }

  /** A sale that may have been saved must not be forgotten before that is certain. */
  isCertain() {
    if (!this.basket.isUnsure) return true;
    this.basketPane.refuse(this.words.sureFirst);
    return false;
  }

  hold() {
    if (!this.isCertain()) return;
    if (!this.basket.lines.length) return this.toast(this.words.noLines);
    const time = new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
    const usual = this.basket.member?.name ?? fill(this.words.buyerAt, { time });
    this.ask({ ...this.parts.askHold.dataset, value: usual }, (text) => {
      this.putAside(text.trim() || usual);
      return "";
    });
  }

  putAside(name) {
    const total = this.bill.total;
    this.memory.keep([...this.memory.held(), { name, at: Date.now(), total, basket: this.basket }]);
    this.begin();
    this.toast(fill(this.words.held, { name }), "success");
  }

  // --- Staying fresh -----------------------------------------------------------------------

  keepFresh() {
    const refreshIfOld = () => {
      const isOld = Date.now() - this.freshAt > OLD_MS;
      if (isOld && !document.hidden) this.refresh().catch(() => {});
    };
    document.addEventListener("visibilitychange", refreshIfOld);
    setInterval(refreshIfOld, OLD_MS / 5);
    window.addEventListener("pagehide", () => this.keepNow());
    window.addEventListener("pageshow", (event) => event.persisted && this.comeBack());
  }

  /** The page as it was left: somebody may have signed out since, so the server is asked first. */
  async comeBack() {
    document.body.style.visibility = "hidden";
    try {
      await this.refresh();
    } catch (error) {
      if (error.status || error.isAnother) return location.reload();
    }
    document.body.style.visibility = "";
    this.basket = this.memory.load() ?? baskets.empty(newKey());
    this.draw();
  }

  /**
   * @throws with a `status`, where the server does not answer or no longer lets this cashier in; with
   *   `isAnother`, where somebody else is signed in on this device
   */
  async refresh() {
    const { addresses, cooperative, unit } = this.setup;
    const told = await get(dataOf(addresses, cooperative), { unit });
    this.stayMine(told);
    // The unit was closed meanwhile; its basket stays on the device.
    if (told.unit !== unit) return location.reload();
    this.csrf = told.csrf;
    this.setup.hasShift = told.hasShift;
    this.setup.shift = told.shift;
    page.show({ head: told.pieces.head });
    this.stock(told.goods);
    this.goodsPane.draw();
    this.draw();
  }

  /** A basket belongs to the cashier who filled it, whoever has signed in on this device since. */
  stayMine(told) {
    const isAnother = told.cashier !== this.setup.cashier;
    const names = { first: this.setup.cashierName, second: told.cashierName };
    this.anothers = isAnother ? fill(this.words.anotherCashier, names) : "";
    if (!isAnother) return;
    this.basketPane.refuse(this.anothers);
    throw Object.assign(new Error("another cashier"), { isAnother });
  }

  /** What was sold has left the shelf; the page need not be fetched again for that. */
  sold(bill) {
    for (const line of bill.lines) {
      if (line.product && !line.product.is_service) line.product.stock_thousandths -= line.measures;
    }
    this.goodsPane.draw();
  }

  // --- Showing -----------------------------------------------------------------------------

  draw() {
    const bill = this.bill;
    this.basketPane.draw(bill);
    this.goodsPane.follow(this.basket, bill);
    return bill;
  }

  say(text) {
    this.parts.said.textContent = text;
  }

  /** What was scanned is not taken; whoever looks at the goods hears it. */
  refuseCode(text) {
    soundWrong();
    this.toast(text);
  }

  toast(text, level = "warning") {
    page.toast(text, level, { leaves: true });
  }
}
