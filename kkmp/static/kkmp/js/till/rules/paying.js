// How a total is paid, as the server settles it: several methods at once, and only what is paid in
// cash is rounded to the till's step.
import { tidy } from "./codes.js";
import { formatRupiah } from "./numbers.js";

const MOST = 10 ** 15;
const NOTES = [5_000, 10_000, 20_000, 50_000, 100_000];
/** Methods whose money has to be seen to arrive, and those that only members have. */
export const TO_CONFIRM = ["qris", "transfer"];
export const OF_MEMBERS = ["credit", "savings"];
/** Change from here on is more likely a typing mistake than a large note. */
export const MUCH_CHANGE = 1_000_000;

/** To the nearest multiple of the step, half up; amounts are zero or more. */
export function rounded(amount, step) {
  const more = amount + Math.floor(step / 2);
  return more - (more % step);
}

/**
 * @param tenders [{method, amount, reference}]; of cash, what was handed over
 * @returns {payments, rounding, given, change, due, open, problem}; `due` is what the cash part
 *   comes to, `open` what is still missing of it, and `problem` what the server would refuse
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

/** Another payment of the same kind that the server checks against a limit, or null. */
export function twice(tenders) {
  const seen = new Set();
  for (const { method, reference } of tenders) {
    if (!["credit", "savings", "voucher"].includes(method)) continue;
    const place = method === "voucher" ? meansOf(method, reference) : method;
    if (seen.has(place)) return { code: "twice", values: { methodCode: method } };
    seen.add(place);
  }
  return null;
}

/** Names what covers a payment: a member's credit, or a voucher however its code is written. */
export function meansOf(method, of) {
  return `${method} ${method === "voucher" ? tidy(of) : of}`;
}

/** What has to be paid in cash, then the round sums that people hand over, smallest first. */
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
