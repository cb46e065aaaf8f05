// How a total is paid, by the same rules as the server's (shops/pricing/paying.py): by several
// methods at once, of which only the cash part is rounded to the till's step.
import { tidy } from "./codes.js";
import { formatRupiah } from "./numbers.js";

const MOST = 10 ** 9;
const NOTES = [5_000, 10_000, 20_000, 50_000, 100_000];
/** Methods whose money somebody has to see arrive. */
export const TO_CONFIRM = ["qris", "transfer"];
/** Methods that only members have. */
export const OF_MEMBERS = ["credit", "savings"];
/** Change from here on is more likely a typing mistake than a large note. */
export const MUCH_CHANGE = 1_000_000;

/** The amount rounded to the nearest multiple of the step, half up; it is zero or more. */
export function rounded(amount, step) {
  const more = amount + Math.floor(step / 2);
  return more - (more % step);
}

/**
 * Work out how tenders pay a total.
 * @param tenders [{method, amount, reference}]; the amount of cash is what was handed over
 * @returns {payments, rounding, given, change, due, open, problem}; `due` is the cash to be paid,
 *   `open` what is still missing of it, and `problem` why the server would refuse, or null
 */
export function settle(total, tenders, step) {
  const others = tenders.filter((tender) => tender.method !== "cash");
  const given = sum(tenders.filter((tender) => tender.method === "cash"));
  const rest = total - sum(others);
  const due = rest > 0 ? rounded(rest, step) : 0;
  return {
    payments: due ? [...others, { method: "cash", amount: due, reference: "" }] : others,
    rounding: rest < 0 ? 0 : due - rest,
    given: given + sum(others),
    change: given - due,
    due,
    open: Math.max(due - given, 0),
    problem: problemOf(tenders, others.length, rest, due, given, total),
  };
}

/** The problem of credit, savings or a voucher that pays twice, or null: the server refuses it. */
export function twice(tenders) {
  const seen = new Set();
  for (const { method, reference } of tenders) {
    if (!["credit", "savings", "voucher"].includes(method)) continue;
    const place = method === "voucher" ? coverKey(method, reference) : method;
    if (seen.has(place)) return { code: "twice", values: { methodCode: method } };
    seen.add(place);
  }
  return null;
}

/** A name for what covers a payment: a member's credit, or a voucher however its code was typed. */
export function coverKey(method, of) {
  return `${method} ${method === "voucher" ? tidy(of) : of}`;
}

/** Amounts to tap: the cash to be paid, then round sums that people hand over, smallest first. */
export function quickAmounts(due) {
  if (due <= 0) return [];
  const sums = NOTES.map((note) => Math.ceil(due / note) * note);
  const more = [...new Set(sums)].filter((amount) => amount > due).sort((a, b) => a - b);
  return [due, ...more.slice(0, 4)];
}

function problemOf(tenders, others, rest, due, given, total) {
  for (const { method, amount } of tenders) {
    if (!(amount > 0)) return { code: "amountNotPositive", values: { methodCode: method } };
    if (amount > MOST) return { code: "amountTooLarge", values: {} };
  }
  if (rest < 0) return { code: "overpaid", values: { over: formatRupiah(-rest) } };
  if (due === 0 && !others) return { code: "nothingInCash", values: {} };
  if (given < due) {
    const values = { short: formatRupiah(due - given), total: formatRupiah(total + due - rest) };
    return { code: "short", values };
  }
  return given && !due ? { code: "cashNotNeeded", values: {} } : null;
}

function sum(tenders) {
  return tenders.reduce((before, tender) => before + (tender.amount ?? 0), 0);
}
