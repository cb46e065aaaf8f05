// The basket of the till; nothing here knows the page. Every function returns a new basket. Prices
// and refusals are worked out from the goods that the till has loaded.
import { decimal, UNIT } from "./numbers.js";
import { fewForWholesale, isNeverWholesale, measuresOf, priced, unitPrice } from "./pricing.js";
import { settle } from "./paying.js";

const MOST = 99_999 * UNIT;

/** @param {string} key the sale's key: a basket that is sent twice is sold once */
export function empty(key) {
  return { key, lines: [], member: null, tier: "general", discount: 0, payments: [], isUnsure: false };
}

export function lineKey({ id, pack }) {
  return pack ? `${id}/${pack}` : id;
}

/** @param {{id: string, pack: string | null}} place a product, or one of its packs */
export function add(basket, place, thousandths = UNIT) {
  const held = find(basket, place);
  return setQuantity(basket, place, (held?.thousandths ?? 0) + thousandths);
}

/**
 * Set a line's quantity; zero or less takes the line out. That only weighed goods have fractions is
 * for the caller to see to, who has the product.
 */
export function setQuantity(basket, { id, pack = null }, thousandths) {
  const key = lineKey({ id, pack });
  const wanted = Math.min(thousandths, MOST);
  if (wanted <= 0) return { ...basket, lines: basket.lines.filter((line) => lineKey(line) !== key) };
  if (!find(basket, { id, pack })) {
    return { ...basket, lines: [...basket.lines, { id, pack, thousandths: wanted, discount: 0 }] };
  }
  return changeLine(basket, key, { thousandths: wanted });
}

/** Add so many whole measures, or take them off, also of weighed goods. */
export function step(basket, place, by) {
  const held = find(basket, place);
  return held ? setQuantity(basket, place, held.thousandths + by * UNIT) : basket;
}

/** Change quantity, pack or discount of a line; two lines that become the same are merged. */
export function editLine(basket, place, { pack, thousandths, discount }) {
  const old = lineKey(place);
  const target = { id: place.id, pack };
  const merged = lineKey(target) === old ? null : find(basket, target);
  const lines = basket.lines
    .filter((line) => !merged || lineKey(line) !== lineKey(target))
    .map((line) => (lineKey(line) === old ? { id: line.id, pack, thousandths, discount } : line));
  const changed = { ...basket, lines };
  return merged ? add(changed, target, merged.thousandths) : changed;
}

/**
 * Sell to a member, or to a stranger (null). Payments by the credit or savings of the member chosen
 * before are dropped.
 * @param {{id: string, number: number, name: string} | null} member
 */
export function forMember(basket, member) {
  const isOther = member?.id !== basket.member?.id;
  const stay = basket.payments.filter(({ method }) => !isOther || !["credit", "savings"].includes(method));
  return { ...basket, member, payments: stay };
}

/** @param {"general" | "wholesale" | "institution"} tier at "general" members pay their price */
export function atTier(basket, tier) {
  return { ...basket, tier };
}

export function withDiscount(basket, discount) {
  return { ...basket, discount };
}

export function withPayments(basket, payments) {
  return { ...basket, payments };
}

/**
 * The price tier of a line. In a wholesale basket, goods that have no wholesale price, may not be
 * sold at it or are too few for it keep the buyer's usual price.
 */
export function tierOf(product, pack, thousandths, basket) {
  const usual = basket.member ? "member" : "general";
  if (basket.tier === "institution") return "institution";
  if (basket.tier !== "wholesale" || isNeverWholesale(product)) return usual;
  if (fewForWholesale(product, thousandths)) return usual;
  return unitPrice(product, pack, "wholesale", thousandths) === null ? usual : "wholesale";
}

/**
 * The basket's lines with prices and refusals; see `priced`.
 * @param known whether a buyer who is no member has shown an identity card
 */
export function bill(basket, products, known = false) {
  const lines = basket.lines.map((line) => ({ ...line, tier: lineTier(line, products, basket) }));
  const buyer = { isMember: Boolean(basket.member), isKnown: Boolean(basket.member) || known };
  return priced(lines, products, buyer, basket.discount);
}

/**
 * The body of POST /api/v1/sales/.
 * @param told {nik, pin}: what the buyer has told, which is never kept on the device
 */
export function request(basket, products, { unit, shift, step: cashStep, device }, told = {}) {
  const { lines, total } = bill(basket, products, Boolean(told.nik));
  const { rounding } = settle(total, basket.payments, cashStep);
  return {
    key: basket.key,
    unit,
    shift: shift ?? null,
    device,
    member: basket.member?.id ?? null,
    payments: basket.payments.map(({ method, amount, reference }) => ({
      method, amount_idr: amount, reference: reference ?? "",
    })),
    discount_idr: basket.discount,
    shown_idr: total + rounding,
    buyer_nik: basket.member ? "" : (told.nik ?? ""),
    pin: told.pin ?? "",
    lines: lines.map((line, at) => ({
      product: line.id,
      pack: line.packId,
      quantity: decimal(line.thousandths),
      price_tier: line.tier,
      discount_idr: basket.lines[at].discount,
    })),
  };
}

function lineTier(line, products, basket) {
  const product = products.get(line.id);
  if (!product) return "general";
  const pack = product.packs.find((each) => each.id === line.pack) ?? null;
  return tierOf(product, pack, measuresOf(line, pack), basket);
}

function find(basket, { id, pack = null }) {
  const key = lineKey({ id, pack });
  return basket.lines.find((line) => lineKey(line) === key);
}

function changeLine(basket, key, changes) {
  const lines = basket.lines.map((line) => (lineKey(line) === key ? { ...line, ...changes } : line));
  return { ...basket, lines };
}
