// Paying, as a state that goes from one to the next: no page in here, and no clock. One payment is
// written at a time; those added lie in the basket, and the one that leaves nothing open sells.
//
// A sale, as it is here: {total, step, payments, member, known}. `known` is what the server has
// said of means: {most, text} by `coverKey`.
import { coverKey, MUCH_CHANGE, OF_MEMBERS, quickAmounts, settle, TO_CONFIRM, twice } from "../rules/paying.js";

/** A refusal is {word, values} from the page's words, {problem} of a rule, or the server's {text}. */
const NOTHING_WRITTEN = { reference: "", voucher: "", pin: "" };

/** @returns what has to happen before anything is paid: "begin", "look-for-shift" or "refuse" */
export function before(bill, hasShift) {
  if (!bill.lines.length) return { act: "refuse", refusal: { problem: { code: "empty", values: {} } } };
  if (bill.refusal) {
    return { act: "refuse", refusal: { problem: bill.refusal }, asksNik: bill.refusal.code === "needsIdentity" };
  }
  return { act: hasShift ? "begin" : "look-for-shift" };
}

export function begun(sale) {
  // The member's PIN is never kept on the device: it begins empty each time.
  const state = { ...NOTHING_WRITTEN, confirmed: "", askedFor: null, isBusy: false };
  return chosen(state, sale, "cash");
}

/** Another method: what is still open is suggested, in cash as it is rounded. */
export function chosen(state, sale, method) {
  const { due, rest } = openNow(sale);
  const lacksMember = OF_MEMBERS.includes(method) && !sale.member;
  return {
    ...state,
    method,
    amount: (method === "cash" ? due : rest) || null,
    asksPin: method === "savings",
    refusal: lacksMember ? { word: "noMember" } : null,
  };
}

/** @param fields what was typed: amount (null where it cannot be read), reference, voucher, pin */
export function typed(state, fields) {
  return { ...state, ...fields };
}

/** What a voucher does not cover stays to be paid. */
export function toldOfVoucher(state, left) {
  const isLess = state.method === "voucher" && left !== null && (state.amount ?? 0) > left;
  return isLess ? { ...state, amount: left || null } : state;
}

/** What is written in the fields now. */
export function draft({ method, amount, reference, voucher }) {
  const told = method === "voucher" ? voucher : TO_CONFIRM.includes(method) ? reference : "";
  return { method, amount, reference: told.trim() };
}

/** What the payments that were added leave open: `due` in cash, `rest` without rounding. */
export function openNow({ total, payments, step }) {
  const paid = payments.reduce((sum, { amount }) => sum + amount, 0);
  return { due: settle(total, payments, step).open, rest: Math.max(total - paid, 0) };
}

/** How it stands with what is written counted in, as the dialog shows it. */
export function outlook(state, sale) {
  const written = draft(state);
  const all = written.amount ? [...sale.payments, written] : sale.payments;
  const { open, change, rounding } = settle(sale.total, all, sale.step);
  const shown = open && written.method !== "cash" ? 0 : rounding;
  return {
    total: sale.total + shown,
    rounding: shown,
    open,
    change,
    label: open ? "stillOpen" : change > 0 ? "changeDue" : "covered",
    isLast: !(open && written.amount),
    quick: quickAmounts(openNow(sale).due),
  };
}

/**
 * Going on: add what is written; if nothing is open then, sell.
 *
 * @returns {act, state, payments}: "stay" with a refusal, "pin" where the member has to type
 *   it, "add" or "sell" these payments
 */
export function next(state, sale) {
  if (state.isBusy) return { act: "stay", state };
  const written = draft(state);
  const isNeeded = openNow(sale).due > 0 || Boolean(written.amount);
  const wrong = isNeeded && wrongWith(written, sale);
  if (wrong) return stay(state, wrong);
  const payments = isNeeded ? [...sale.payments, written] : sale.payments;
  const confirmed = confirm(state, payments);
  // Beside whatever is being written: the payment of savings itself stays as it was added.
  if (!confirmed) return { act: "pin", state: { ...state, asksPin: true, refusal: { word: "noPin" } } };
  return settled(confirmed, sale, payments);
}

function settled(state, { total, step }, payments) {
  const { open, problem, change } = settle(total, payments, step);
  if (open && (!problem || problem.code === "short")) {
    return { act: "add", state: { ...state, reference: "", voucher: "" }, payments };
  }
  if (problem) return stay(state, { problem });
  // A typing mistake, or a barcode in the field of the money: ask once.
  if (change >= MUCH_CHANGE && state.askedFor !== change) {
    return stay({ ...state, askedFor: change }, { word: "muchChange", amounts: { change } });
  }
  return { act: "sell", state: { ...state, isBusy: true }, payments };
}

function stay(state, refusal) {
  return { act: "stay", state: { ...state, refusal } };
}

function wrongWith({ method, amount, reference }, sale) {
  if (!sale.member && OF_MEMBERS.includes(method)) return { word: "noMember" };
  if (!amount) return { problem: { code: "amountNotPositive", values: { methodCode: method } } };
  if (method === "voucher" && !reference) return { word: "noVoucher" };
  const known = sale.known[coverKey(method, method === "credit" ? sale.member.id : reference)];
  if (known && amount > known.most) return { text: known.text };
  const problem = twice([...sale.payments, { method, amount, reference }]);
  return problem && { problem };
}

/** The member types the PIN anew whenever this was left, or it was refused. */
function confirm(state, payments) {
  if (state.confirmed || !payments.some(({ method }) => method === "savings")) return state;
  return /^\d{6}$/.test(state.pin) ? { ...state, confirmed: state.pin } : null;
}
