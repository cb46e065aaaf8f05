// Tells from keys and their times what they are: typing, one key that stands for a way to pay, or a
// code from a scanner, which types faster than people. Nothing here knows the page or the clock.
import { readRupiah } from "../../base/rupiah.js";
import { card, tidy } from "./codes.js";

/** Keys of a scanner follow each other within this time; people cannot keep that up. */
export const GAP_MS = 90;

/** A scanner that stutters goes on within this time; nobody begins to type so soon after a scan. */
const STUTTER_MS = 400;

const LETTERS = { t: "cash", q: "qris", r: "transfer", b: "credit", s: "savings", v: "voucher" };
const VOUCHER = /^[ACDEFHJKMNPRTUVWXY3479]{10}$/;

/** Add a key to the burst of keys it belongs to, or begin a new one. */
export function followed(burst, key, at) {
  return burst && at - burst.at <= GAP_MS ? { text: burst.text + key, at } : { text: key, at };
}

/** Whether a text is a barcode, a voucher's code or a member's card, and no amount of money. */
export function isScan(text) {
  const code = tidy(text);
  return /^\d{8,}$/.test(code) || VOUCHER.test(code) || card(text) !== null;
}

/**
 * The whole code of which two bursts are parts, because the scanner stuttered; else "".
 *
 * @param last {text, at} the burst before, with the time of its last key
 * @param began the time of the first key of `text`
 */
export function whole(last, text, began) {
  if (!last || began - last.at > STUTTER_MS) return "";
  const [wasScan, is] = [isScan(last.text), isScan(text)];
  const isPart = wasScan !== is || (!is && Math.min(last.text.length, text.length) >= 3);
  return isPart && isScan(last.text + text) ? last.text + text : "";
}

/** Whether a key pressed at a time still belongs to the scan before it, such as its Enter. */
export function belongs(last, at) {
  return Boolean(last) && isScan(last.text) && at - last.at <= STUTTER_MS;
}

/**
 * Read keys that began with a letter in an empty box for an amount.
 *
 * @returns {method, amount}: a way to pay and what was typed after it; else "" and the whole text
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
