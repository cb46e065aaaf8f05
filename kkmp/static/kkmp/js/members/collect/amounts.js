// Whole rupiah as people type them, near enough for a running total; the server reads the rest.
const UNITS = { k: 1e3, rb: 1e3, ribu: 1e3, jt: 1e6, juta: 1e6 };
const WRITTEN = /^(?:rp\.?)?\s*(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?\s*(k|rb|ribu|jt|juta)?\.?$/i;

/** The amount, 0 for nothing, null for what cannot be read. */
export function amountOf(text) {
  const trimmed = text.trim();
  if (!trimmed) return 0;
  const match = WRITTEN.exec(trimmed);
  if (!match) return null;
  const unit = UNITS[match[3]?.toLowerCase()] ?? 1;
  const whole = Number(match[1].replace(/\./g, "")) * unit;
  const part = match[2] ? Number(match[2]) * unit / 10 ** match[2].length : 0;
  return Number.isInteger(part) ? whole + part : null;
}

export function rupiah(amount) {
  return `Rp${String(amount).replace(/\B(?=(\d{3})+$)/g, ".")}`;
}
