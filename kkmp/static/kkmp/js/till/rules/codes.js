// Codes that a scanner or camera reads: of a product, of a pack, a scale's label, a member's card.
const CARD = /^KKMP:([0-9A-Z-]{1,10}):([0-9]{4,9})$/;

/** A Map from each code of goods and packs to {product, pack}. */
export function indexOf(goods) {
  const index = new Map();
  for (const product of goods) {
    if (product.code) put(index, product.code, { product, pack: null });
    for (const pack of product.packs) {
      if (pack.code) put(index, pack.code, { product, pack });
    }
  }
  return index;
}

function put(index, text, found) {
  const code = tidy(text);
  index.set(code, found);
  if (!index.has(normal(code))) index.set(normal(code), found);
}

/**
 * A barcode with its thirteen digits: zeros are put back that UPC-A leaves out or a spreadsheet has
 * lost. The server does the same when it compares codes (kkmp/lib/barcodes.py).
 */
export function normal(code) {
  if (!/^\d{9,14}$/.test(code)) return code;
  const digits = code.replace(/^0+/, "").padStart(13, "0");
  if (digits.length > 13) return code;
  return code.length >= 12 || checks(digits) ? digits : code;
}

/**
 * Find what a code stands for.
 * @returns {{product, pack, thousandths}} what to put into the basket, or null if nothing has this
 *   code; `thousandths` is null unless it is a scale's label, which says how much
 */
export function look(index, text) {
  const code = tidy(text);
  const exact = index.get(code) ?? index.get(normal(code));
  if (exact) return { ...exact, thousandths: null };
  const label = weighed(code);
  const found = label && ofScale(index, label.plu);
  return found ? { ...found, thousandths: label.grams } : null;
}

/**
 * The weighed product of a scale's label. The label has five digits for the code, while the shop's
 * code may be shorter: it is looked for with and without the leading zeros.
 */
function ofScale(index, plu) {
  const shortest = plu.replace(/^0+/, "");
  const codes = Array.from(plu, (_digit, at) => plu.slice(at)).filter((code) => code.endsWith(shortest));
  const found = codes.map((code) => index.get(code)).filter((each) => each && !each.pack && each.product.is_weighed);
  // Where goods have the codes "0012" and "12", neither is taken, unless one has all five digits.
  return found.length === 1 || index.get(plu) === found[0] ? (found[0] ?? null) : null;
}

/** Reads a label of the shop's scales: 2x, the product's code (5), grams (5), and a check digit. */
export function weighed(code) {
  if (!/^2\d{12}$/.test(code) || !checks(code)) return null;
  const grams = Number(code.slice(7, 12));
  return grams ? { plu: code.slice(2, 7), grams } : null;
}

/** A code without spaces, in capitals; the server tidies it the same way. */
export function tidy(text) {
  return text.replace(/\s/g, "").toUpperCase();
}

/** Reads the QR code of a member's card: the cooperative's code and the member's number. */
export function card(text) {
  const found = CARD.exec(text.trim().toUpperCase());
  return found ? { cooperative: found[1].toLowerCase(), number: Number(found[2]) } : null;
}

/** Whether a text looks like a barcode rather than a name. */
export function isCode(text) {
  return /^\d{6,}$/.test(text.replace(/\s/g, ""));
}

function checks(code) {
  const digits = Array.from(code, Number);
  const sum = digits.reduce((before, digit, at) => before + digit * (at % 2 ? 3 : 1), 0);
  return sum % 10 === 0;
}
