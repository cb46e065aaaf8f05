// Keys that come one after the other: a person's, a single one that stands for a way to pay, or a
// whole code from a scanner, which types faster than anybody. No page and no clock in here.
import { readRupiah } from "../../base/rupiah.js";
import { card, tidy } from "./codes.js";

/** A scanner's keys are closer together than this, and nobody's fingers for long. */
export const GAP_MS = 90;

const LETTERS = { t: "cash", q: "qris", r: "transfer", b: "credit", s: "savings", v: "voucher" };
const VOUCHER = /^[ACDEFHJKMNPRTUVWXY3479]{10}$/;

/** The keys that belong together once another one was pressed. */
export function followed(burst, key, at) {
  return burst && at - burst.at <= GAP_MS ? { text: burst.text + key, at } : { text: key, at };
}

/** A barcode, a voucher's code or a member's card; a short or readable amount is none. */
export function isScan(text) {
  const code = tidy(text);
  return /^\d{8,}$/.test(code) || VOUCHER.test(code) || card(text) !== null;
}

/**
 * What keys mean that began with a letter in a box where nothing was written yet.
 *
 * @returns {method, amount}: a way to pay, and what was typed after it; or both empty
 */
export function meant(text) {
  const method = LETTERS[text[0].toLowerCase()];
  const amount = text.slice(1);
  return method && (!amount || readRupiah(amount).amount) ? { method, amount } : { method: "", amount: text };
}

/** Whether a key can stand for a way to pay. */
export function isLetter(key) {
  return Object.hasOwn(LETTERS, key.toLowerCase());
}
