// Quantities are whole thousandths and money is whole rupiah: nothing is counted in fractions.
import { group, isEnglish, readRupiah } from "../../base/rupiah.js";

export { formatRupiah, group, write as writeRupiah } from "../../base/rupiah.js";

export const UNIT = 1000;
/** Stands for every amount that is too large to be meant: more than any total, so it is refused. */
const TOO_MUCH = 10 ** 16;

/**
 * Read "1,25", "0.5" or "2" as thousandths; null if it is no quantity. "1.500" is one and a half of
 * weighed goods, as scales write it, and 1,500 of counted ones, as people mark thousands.
 */
export function parseQuantity(text, weighed) {
  const written = text.trim();
  const isParted = weighed ? /^[1-9]\d?\.\d{3},\d+$/ : /^[1-9]\d?\.\d{3}(,\d+)?$/;
  const plain = isParted.test(written) ? written.replace(".", "") : written;
  const match = /^(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(plain);
  if (!match) return null;
  const thousandths = Number(match[1]) * UNIT + Number((match[2] ?? "").padEnd(3, "0"));
  return weighed || thousandths % UNIT === 0 ? thousandths : null;
}

/** Read whole rupiah of zero or more; null for anything else, like "-5", "1.5" or "5,50". */
export function parseRupiah(text) {
  const { amount, fault } = readRupiah(text);
  if (fault === "large") return TOO_MUCH;
  return amount >= 0 ? amount : null;
}

/** Read a discount in rupiah: "5.000", or "12,5%" of `whole`, rounded down; null if it is none. */
export function parseDiscount(text, whole) {
  const percent = /^\s*(\d{1,2})(?:[.,](\d{1,2}))?\s*%\s*$/.exec(text);
  if (!percent) return text.trim() ? parseRupiah(text) : 0;
  const hundredths = percent[1] + (percent[2] ?? "").padEnd(2, "0");
  return Number((BigInt(whole) * BigInt(hundredths)) / 10_000n);
}

export function formatQuantity(thousandths) {
  const [sign, whole, rest] = parts(thousandths);
  return `${sign}${group(whole)}${rest && (isEnglish() ? "." : ",")}${rest}`;
}

/** A quantity for a box that is read again: without marks of thousands, in any language. */
export function writeQuantity(thousandths) {
  const [sign, whole, rest] = parts(thousandths);
  return `${sign}${whole}${rest && ","}${rest}`;
}

function parts(thousandths) {
  const size = Math.abs(thousandths);
  const rest = String(size % UNIT).padStart(3, "0").replace(/0+$/, "");
  return [thousandths < 0 ? "-" : "", (size - (size % UNIT)) / UNIT, rest];
}

/** A quantity as the API reads it: "1.250". */
export function decimal(thousandths) {
  return `${Math.floor(thousandths / UNIT)}.${String(thousandths % UNIT).padStart(3, "0")}`;
}

/** A sentence with its {names} replaced by values; a name without a value is left out. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_match, name) => values?.[name] ?? "");
}
