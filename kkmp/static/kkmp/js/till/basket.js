// The basket of the till, without a page: what lies in it, what it costs, what is wrong with it.
// Quantities are whole thousandths and money is whole rupiah, so nothing here is a fraction; the
// rounding is that of the server, half up, once a line. Every function returns a new basket.
const UNIT = 1000;
const MOST = 99_999 * UNIT;
const NOTES = [5_000, 10_000, 20_000, 50_000, 100_000];

/** @param {string} key the sale's key: the same basket sent twice is sold once */
export function empty(key) {
  return { key, lines: [], member: null, wholesale: false, paid: null };
}

export function add(basket, product, thousandths = UNIT) {
  const held = basket.lines.find((line) => line.id === product.id);
  return setQuantity(basket, product.id, (held?.thousandths ?? 0) + thousandths);
}

/** Zero or less takes the line out. Fractions only of what is weighed; the caller has the product. */
export function setQuantity(basket, id, thousandths) {
  const wanted = Math.min(thousandths, MOST);
  if (wanted <= 0) return { ...basket, lines: basket.lines.filter((line) => line.id !== id) };
  if (!basket.lines.some((line) => line.id === id)) {
    return { ...basket, lines: [...basket.lines, { id, thousandths: wanted }] };
  }
  const lines = basket.lines.map((line) => (line.id === id ? { id, thousandths: wanted } : line));
  return { ...basket, lines };
}

/** One more or one less: a whole measure, also of what is weighed. */
export function step(basket, id, by) {
  const held = basket.lines.find((line) => line.id === id);
  return held ? setQuantity(basket, id, held.thousandths + by * UNIT) : basket;
}

/** @param {{id: string, number: number, name: string} | null} member */
export function forMember(basket, member) {
  return { ...basket, member };
}

export function atWholesale(basket, wholesale) {
  return { ...basket, wholesale };
}

/** @param {number | null} paid what the buyer handed over; null when nothing was typed */
export function withPayment(basket, paid) {
  return { ...basket, paid };
}

export function tierOf(product, basket) {
  if (basket.wholesale && product.wholesale_price_idr !== null) return "wholesale";
  return basket.member ? "member" : "general";
}

export function priceOf(product, tier) {
  return product[`${tier}_price_idr`];
}

export function lineTotal(thousandths, price) {
  return Number((2n * BigInt(thousandths) * BigInt(price) + BigInt(UNIT)) / BigInt(2 * UNIT));
}

/**
 * What the basket comes to at the prices of `products`, a Map by id. Goods that are no longer
 * among them are left out of the sums and stand in `problems`.
 */
export function bill(basket, products) {
  const lines = basket.lines.map((line) => billed(line, products.get(line.id), basket));
  const sold = lines.filter((line) => line.product);
  const total = sum(sold, "total");
  return {
    lines,
    total,
    saving: sum(sold, "saving"),
    change: basket.paid === null ? null : basket.paid - total,
    problems: lines.filter((line) => line.problem),
  };
}

export function canBePaid(basket, products) {
  const { lines, problems, change } = bill(basket, products);
  return lines.length > 0 && problems.length === 0 && change !== null && change >= 0;
}

/** The exact total, then the round sums that people hand over, smallest first. */
export function quickAmounts(total) {
  if (total <= 0) return [];
  const rounded = NOTES.map((note) => Math.ceil(total / note) * note);
  const more = [...new Set(rounded)].filter((amount) => amount > total).sort((a, b) => a - b);
  return [total, ...more.slice(0, 4)];
}

/** What the API takes: see POST /api/v1/sales/. */
export function request(basket, products, unit) {
  const { lines, total } = bill(basket, products);
  return {
    key: basket.key,
    unit,
    member: basket.member?.id ?? null,
    payments: [{ method: "cash", amount_idr: basket.paid }],
    shown_idr: total,
    lines: lines.map((line) => ({
      product: line.id,
      quantity: decimal(line.thousandths),
      price_tier: line.tier,
    })),
  };
}

/** "1,25", "0.5", "2" as thousandths; null for what is not a quantity. */
export function parseQuantity(text, weighed) {
  const match = /^(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (!match) return null;
  const thousandths = Number(match[1]) * UNIT + Number((match[2] ?? "").padEnd(3, "0"));
  return weighed || thousandths % UNIT === 0 ? thousandths : null;
}

export function formatQuantity(thousandths) {
  const whole = group(Math.floor(thousandths / UNIT));
  const rest = String(thousandths % UNIT).padStart(3, "0").replace(/0+$/, "");
  return rest ? `${whole},${rest}` : whole;
}

export function formatRupiah(amount) {
  return `${amount < 0 ? "-" : ""}Rp${group(Math.abs(amount))}`;
}

function billed(line, product, basket) {
  if (!product) return { ...line, product: null, total: 0, saving: 0, problem: "gone" };
  const tier = tierOf(product, basket);
  const price = priceOf(product, tier);
  const total = lineTotal(line.thousandths, price);
  const full = lineTotal(line.thousandths, product.general_price_idr);
  const problem = line.thousandths > product.stock_thousandths ? "short" : total ? null : "nothing";
  return { ...line, product, tier, price, total, saving: full - total, problem };
}

function decimal(thousandths) {
  return `${Math.floor(thousandths / UNIT)}.${String(thousandths % UNIT).padStart(3, "0")}`;
}

function sum(lines, name) {
  return lines.reduce((before, line) => before + line[name], 0);
}

function group(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ".");
}
