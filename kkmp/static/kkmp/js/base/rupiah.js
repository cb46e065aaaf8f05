// Whole rupiah as people write them: the grammar of kkmp/lib/money.py, held to the same table.
/** As in money.MAX_IDR: more is a slip of the finger. */
export const MAX_IDR = 10 ** 15;

const BLANK = /^\s*(rp\.?|idr)?\s*[-–—]?\s*$/i;
const AMOUNT =
  /^(\()?\s*([-−])?\s*(?:rp\.?|idr)?\s*([-−])?\s*(\d[\d.,\s]*?)(?:[.,]\s?[-–—=]{1,2})?\s*([a-z]+)?\.?\s*(\))?$/i;
const POWERS = { k: 3, rb: 3, ribu: 3, jt: 6, juta: 6, miliar: 9, milyar: 9 };
const PLAIN = /^\d+(?:,\d{1,2})?$/;
const INDONESIAN = /^\d{1,3}(?:([. ])\d{3})(?:\1\d{3})*(?:,\d{1,2})?$/;
const ENGLISH = /^(?:\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d{1,2})?|,\d{3}\.\d{1,2})|\d{4,}\.\d{1,2})$/;
const WITH_UNIT = /^\d+(?:,\d+|\.\d{1,2})?$/;
const TWO_WAYS = /^\d{1,3},\d{3}$/;

/** `{ amount }`, or `{ fault }`: "blank", "twoWays", "unreadable", "cents" or "large". */
export function readRupiah(text) {
  if (BLANK.test(text)) return { fault: "blank" };
  if (text.length > 60) return { fault: "unreadable" };
  const written = text.trim().split(/\s+/).join(" ").replace(/^['"]+|['"]+$/g, "").trim();
  const match = AMOUNT.exec(written);
  if (!match || Boolean(match[1]) !== Boolean(match[6])) return { fault: "unreadable" };
  const minuses = [match[1], match[2], match[3]].filter(Boolean).length;
  if (minuses > 1) return { fault: "unreadable" };
  const found = number(match[4], match[5]?.toLowerCase());
  return minuses && found.amount ? { amount: -found.amount } : found;
}

/** The amount, or null for whatever is none. */
export function parseRupiah(text) {
  return readRupiah(text).amount ?? null;
}

/** 1250000 as "1.250.000", for a box: what is typed has one grammar in any language. */
export function write(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ".");
}

/** 1250000 as it is read: "1.250.000", and "1,250,000" on an English page. */
export function group(number) {
  return isEnglish() ? write(number).replaceAll(".", ",") : write(number);
}

/** "Rp1.250.000"; "Rp 1,250,000" on an English page. */
export function formatRupiah(amount) {
  return `${amount < 0 ? "-" : ""}Rp${isEnglish() ? "\u00a0" : ""}${group(Math.abs(amount))}`;
}

export function isEnglish() {
  return globalThis.document?.documentElement.lang === "en";
}

function number(digits, unit) {
  if (unit !== undefined) {
    if (!Object.hasOwn(POWERS, unit)) return { fault: "unreadable" };
    return WITH_UNIT.test(digits) ? whole(digits.replace(",", "."), POWERS[unit]) : { fault: "twoWays" };
  }
  if (PLAIN.test(digits) || INDONESIAN.test(digits)) return whole(digits.replace(/[. ]/g, "").replace(",", "."), 0);
  if (ENGLISH.test(digits)) return whole(digits.replaceAll(",", ""), 0);
  return { fault: TWO_WAYS.test(digits) ? "twoWays" : "unreadable" };
}

// Digits are moved, not multiplied: no fraction of two's powers comes in between.
function whole(decimal, power) {
  const [before, after = ""] = decimal.split(".");
  const amount = Number(before + after.slice(0, power).padEnd(power, "0"));
  if (amount > MAX_IDR) return { fault: "large" };
  return /[1-9]/.test(after.slice(power)) ? { fault: "cents" } : { amount };
}
