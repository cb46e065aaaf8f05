// Prices and rules, judged in the same steps as on the server (shops/pricing/basket.py): the till
// refuses what the server would, with the same sentence. A problem is {code, values}; the page's
// words have a sentence for each code.
import { formatQuantity, formatRupiah, UNIT } from "./numbers.js";

const MOST = 10 ** 9 * UNIT;

/** Quantity times price, rounded once, half up. */
export function lineTotal(thousandths, price) {
  return Number((2n * BigInt(thousandths) * BigInt(price) + BigInt(UNIT)) / BigInt(2 * UNIT));
}

/** The price of one measure for so large a quantity; null if there is no wholesale price. */
export function priceOf(product, tier, thousandths) {
  const general = ownPrice(product, "general", thousandths);
  const own = ownPrice(product, tier, thousandths);
  if (own === null) return tier === "wholesale" ? null : general;
  return Math.min(own, general);
}

/** The price of one pack, or of one measure without a pack; never above the general price. */
export function unitPrice(product, pack, tier, thousandths) {
  const measure = priceOf(product, tier, thousandths);
  if (!pack) return measure;
  const named = pack[`${tier}_price_idr`];
  if (measure === null && named === null) return null;
  const own = named ?? lineTotal(pack.factor_thousandths, measure);
  const general = lineTotal(pack.factor_thousandths, priceOf(product, "general", thousandths));
  return Math.min(own, pack.general_price_idr ?? general);
}

/** How many measures a line sells, packs counted by their contents. */
export function measuresOf(line, pack) {
  if (!pack) return line.thousandths;
  return Number((BigInt(line.thousandths) * BigInt(pack.factor_thousandths)) / BigInt(UNIT));
}

/**
 * Price lines and find what is wrong with them.
 *
 * @param lines [{id, pack, thousandths, tier, discount}], one for each product and pack
 * @param products a Map by id of the goods that the till has loaded
 * @param buyer {isMember, isKnown}
 * @param discount taken off the whole sale, shared over the lines by their totals
 * @returns {lines, total, saving, refusal}: refusal is the problem that the server finds first,
 *   or null
 */
export function priced(lines, products, buyer, discount = 0) {
  const found = lines.map((line) => pricedLine(line, products.get(line.id), buyer));
  let refusal = first(found);
  markStock(found);
  refusal ??= first(found);
  markRules(found, buyer);
  refusal ??= first(found);
  if (discount) refusal ??= share(found, discount);
  return { lines: found, total: sum(found, "total"), saving: sum(found, "saving"), refusal };
}

function ownPrice(product, tier, thousandths) {
  let best = null;
  for (const price of product.prices) {
    // Prices stand in the order of their first day: of two for one quantity the later one counts.
    const fits = price.tier === tier && price.from_thousandths <= thousandths;
    if (fits && price.from_thousandths >= (best?.from_thousandths ?? 0)) best = price;
  }
  return best ? best.price_idr : product[`${tier}_price_idr`];
}

function pricedLine(line, product, buyer) {
  const start = { ...line, product: product ?? null, pack: null, packId: line.pack ?? null };
  const none = { ...start, measures: 0, price: null, total: 0, saving: 0, gross: 0 };
  if (!product) return { ...none, problem: { code: "gone", values: {} } };
  if (product.expired_on) return { ...none, problem: expired(product) };
  const pack = line.pack ? product.packs.find((each) => each.id === line.pack) : null;
  const named = { name: product.name, measure: pack ? pack.name : product.measure };
  if (line.pack && !pack) return { ...none, problem: { code: "packGone", values: named } };
  const measures = measuresOf(line, pack);
  const goods = { ...none, pack, measures };
  const problem = quantityProblem(line, product, pack, measures, named);
  if (problem) return { ...goods, problem };
  if (line.tier === "member" && !buyer.isMember) {
    return { ...goods, problem: { code: "memberFirst", values: {} } };
  }
  const price = unitPrice(product, pack, line.tier, measures);
  if (price === null) return { ...goods, problem: { code: "noWholesale", values: named } };
  if (line.tier === "wholesale") {
    const few = fewForWholesale(product, measures);
    if (few) return { ...goods, problem: few };
  }
  return summed(goods, line, price, unitPrice(product, pack, "general", measures), named);
}

/** Why whoever sells does not give the wholesale price to so few measures; null where they do. */
export function fewForWholesale(product, measures) {
  const { name, measure, wholesale_from_thousandths: least = null } = product;
  if (least !== null && measures >= least) return null;
  if (least === null) return { code: "wholesaleUnset", values: { name } };
  return { code: "wholesaleFrom", values: { name, measure, least: formatQuantity(least) } };
}

/** Whether the state's rules keep goods from being sold at wholesale: without a rule they do. */
export function isNeverWholesale({ is_subsidised: isSubsidised, rules }) {
  return rules.length ? rules.some((rule) => rule.no_wholesale) : isSubsidised;
}

/** The problem of goods past their best-before date. */
export function expired({ name, expired_on: day }) {
  return { code: "expired", values: { name, day: day.split("-").reverse().join("/") } };
}

function quantityProblem(line, product, pack, measures, values) {
  if (line.thousandths <= 0) return { code: "notPositive", values };
  if (line.thousandths >= MOST || measures >= MOST) return { code: "tooLarge", values };
  const whole = pack || !product.is_weighed;
  return whole && line.thousandths % UNIT ? { code: "wholeOnly", values } : null;
}

function summed(goods, line, price, generalPrice, { name }) {
  const gross = lineTotal(line.thousandths, price);
  const discount = line.discount ?? 0;
  const total = gross - discount;
  const found = {
    ...goods, price, gross, discount, total, saving: lineTotal(line.thousandths, generalPrice) - total,
    problem: null,
  };
  if (gross === 0) return { ...found, problem: { code: "nothing", values: { name } } };
  if (discount >= 0 && discount < gross) return found;
  return { ...found, problem: { code: "lineDiscount", values: { name, total: formatRupiah(gross) } } };
}

function markStock(lines) {
  const sold = byProduct(lines);
  for (const line of lines) {
    if (line.problem || line.product.is_service) continue;
    const left = line.product.stock_thousandths;
    if (sold.get(line.id) <= left) continue;
    const { name, measure } = line.product;
    line.problem = { code: "notEnough", values: { name, measure, left: formatQuantity(left) } };
  }
}

function markRules(lines, buyer) {
  const sold = byProduct(lines);
  for (const line of lines) {
    if (line.problem) continue;
    if (line.tier === "wholesale" && line.product.is_subsidised && !line.product.rules.length) {
      line.problem = { code: "subsidised", values: { name: line.product.name } };
    }
    for (const rule of line.product.rules) {
      line.problem ??= ruleProblem(line, rule, sold.get(line.id), buyer);
    }
  }
}

function ruleProblem(line, rule, sold, buyer) {
  const { name, measure } = line.product;
  const values = { name, measure, source: rule.source };
  if (rule.no_wholesale && line.tier === "wholesale") return { code: "neverWholesale", values };
  if (rule.needs_identity && !buyer.isKnown) return { code: "needsIdentity", values };
  const factor = BigInt(line.pack ? line.pack.factor_thousandths : UNIT);
  const ceiling = rule.ceiling_idr;
  if (ceiling !== null && BigInt(line.price) * BigInt(UNIT) > BigInt(ceiling) * factor) {
    return { code: "ceiling", values: { ...values, ceiling: formatRupiah(ceiling) } };
  }
  if (rule.most_thousandths === null || sold <= rule.most_thousandths) return null;
  const most = formatQuantity(rule.most_thousandths);
  return { code: "most", values: { ...values, most, periodCode: rule.period } };
}

/**
 * Share a discount over the lines by largest remainder: in whole rupiah, with none lost, and each
 * line keeps at least one. Returns the problem if the discount is too large.
 */
function share(lines, discount) {
  const weights = lines.map((line) => BigInt(line.total - 1));
  const whole = weights.reduce((before, weight) => before + weight, 0n);
  if (discount < 0 || BigInt(discount) > whole) {
    return { code: "saleDiscount", values: { total: formatRupiah(Number(whole) + 1) } };
  }
  const exact = weights.map((weight) => BigInt(discount) * weight);
  const shares = exact.map((each) => each / whole);
  const missing = BigInt(discount) - shares.reduce((before, each) => before + each, 0n);
  const order = exact.map((each, at) => ({ at, rest: each % whole }));
  order.sort((one, other) => (one.rest === other.rest ? one.at - other.at : one.rest < other.rest ? 1 : -1));
  for (const { at } of order.slice(0, Number(missing))) shares[at] += 1n;
  lines.forEach((line, at) => {
    const part = Number(shares[at]);
    line.discount += part;
    line.saving += part;
    line.total -= part;
  });
  return null;
}

function byProduct(lines) {
  const sold = new Map();
  for (const line of lines) sold.set(line.id, (sold.get(line.id) ?? 0) + line.measures);
  return sold;
}

function first(lines) {
  return lines.find((line) => line.problem)?.problem ?? null;
}

function sum(lines, name) {
  return lines.reduce((before, line) => before + line[name], 0);
}
