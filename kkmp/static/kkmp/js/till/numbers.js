// Quantities are whole thousandths and money is whole rupiah: nothing here is a fraction.
export const UNIT = 1000;

/** "1,25", "0.5", "2" as thousandths; null for what is not a quantity. */
export function parseQuantity(text, weighed) {
  const match = /^(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (!match) return null;
  const thousandths = Number(match[1]) * UNIT + Number((match[2] ?? "").padEnd(3, "0"));
  return weighed || thousandths % UNIT === 0 ? thousandths : null;
}

/** "50.000", "Rp50.000" and "50000" as whole rupiah; null where there are no digits. */
export function parseRupiah(text) {
  const digits = text.replace(/\D/g, "");
  return digits && digits.length <= 15 ? Number(digits) : null;
}

/** A discount as people say it: "5.000", or "10%" of what it is taken off, rounded down. */
export function parseDiscount(text, whole) {
  const percent = /^\s*(\d{1,2})\s*%\s*$/.exec(text);
  if (percent) return Number((BigInt(whole) * BigInt(percent[1])) / 100n);
  return text.trim() ? parseRupiah(text) : 0;
}

export function formatQuantity(thousandths) {
  const size = Math.abs(thousandths);
  const rest = String(size % UNIT).padStart(3, "0").replace(/0+$/, "");
  const whole = `${thousandths < 0 ? "-" : ""}${group((size - (size % UNIT)) / UNIT)}`;
  return rest ? `${whole},${rest}` : whole;
}

export function formatRupiah(amount) {
  return `${amount < 0 ? "-" : ""}Rp${group(Math.abs(amount))}`;
}

/** As the API reads it: "1.250". */
export function decimal(thousandths) {
  return `${Math.floor(thousandths / UNIT)}.${String(thousandths % UNIT).padStart(3, "0")}`;
}

/** A sentence with its places filled; a name that nothing is known of stays empty. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_match, name) => values?.[name] ?? "");
}

function group(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ".");
}
