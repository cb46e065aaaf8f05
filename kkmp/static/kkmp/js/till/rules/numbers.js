// Quantities are whole thousandths and money is whole rupiah: nothing here is a fraction.
export const UNIT = 1000;
/** Stands for every amount that nobody can mean; whoever judges amounts refuses it. */
const TOO_MUCH = 10 ** 16;

/** "1,25", "0.5", "2", "2.000" (two thousand, as the server reads it) as thousandths, or null. */
export function parseQuantity(text, weighed) {
  const written = text.trim();
  const plain = /^[1-9]\d?\.\d{3}(,\d+)?$/.test(written) ? written.replace(".", "") : written;
  const match = /^(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(plain);
  if (!match) return null;
  const thousandths = Number(match[1]) * UNIT + Number((match[2] ?? "").padEnd(3, "0"));
  return weighed || thousandths % UNIT === 0 ? thousandths : null;
}

/** "50.000", "Rp50.000" and "50000" as whole rupiah; null for anything else, like "-5" or "5,50". */
export function parseRupiah(text) {
  const match = /^(?:rp\.?)?\s*([\d.\s]*\d)(?:,(?:00|-))?$/i.exec(text.trim());
  if (!match) return null;
  const digits = match[1].replace(/\D/g, "");
  return digits.length <= 15 ? Number(digits) : TOO_MUCH;
}

/** A discount as people say it: "5.000", or "12,5%" of what it is taken off, rounded down. */
export function parseDiscount(text, whole) {
  const percent = /^\s*(\d{1,2})(?:[.,](\d{1,2}))?\s*%\s*$/.exec(text);
  if (!percent) return text.trim() ? parseRupiah(text) : 0;
  const hundredths = percent[1] + (percent[2] ?? "").padEnd(2, "0");
  return Number((BigInt(whole) * BigInt(hundredths)) / 10_000n);
}

export function formatQuantity(thousandths) {
  const size = Math.abs(thousandths);
  const rest = String(size % UNIT).padStart(3, "0").replace(/0+$/, "");
  const whole = `${thousandths < 0 ? "-" : ""}${group((size - (size % UNIT)) / UNIT)}`;
  return rest ? `${whole},${rest}` : whole;
}

/** For a field that is read again: without the dots that part thousands. */
export function writeQuantity(thousandths) {
  return formatQuantity(thousandths).replaceAll(".", "");
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
