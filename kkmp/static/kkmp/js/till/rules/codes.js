// What a scanner or a camera has read: a product, one of its packs, a weighed label, a member's card.
const CARD = /^KKMP:([0-9A-Z-]{1,10}):([0-9]{4,9})$/;

/** Every code of the goods and of their packs, for one look-up a scan. */
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
 * A barcode of thirteen digits, also where it was read as UPC-A or a spreadsheet has lost its zeros;
 * the server compares codes alike (kkmp/lib/barcodes.py).
 */
export function normal(code) {
  if (!/^\d{9,14}$/.test(code)) return code;
  const digits = code.replace(/^0+/, "").padStart(13, "0");
  if (digits.length > 13) return code;
  return code.length >= 12 || checks(digits) ? digits : code;
}

/**
 * @returns {{product, pack, thousandths}} what to put into the basket; `thousandths` is null where
 *   the label does not say how much. Null: nothing has this code.
 */
export function look(index, text) {
  const code = tidy(text);
  const exact = index.get(code) ?? index.get(normal(code));
  if (exact) return { ...exact, thousandths: null };
  const label = weighed(code);
  const found = label && ofScale(index, label.plu);
  return found ? { ...found, thousandths: label.grams } : null;
}

/** The weighed product of a label: the scale has five digits for a code, the shop as many as it likes. */
function ofScale(index, plu) {
  const shortest = plu.replace(/^0+/, "");
  const codes = Array.from(plu, (_digit, at) => plu.slice(at)).filter((code) => code.endsWith(shortest));
  const found = codes.map((code) => index.get(code)).filter((each) => each && !each.pack && each.product.is_weighed);
  // Of "0012" and "12" nobody can say which is meant, unless one is the label's own five digits.
  return found.length === 1 || index.get(plu) === found[0] ? (found[0] ?? null) : null;
}

/** A label of the shop's own scales: 2x, the product's code (5), grams (5), and a check digit. */
export function weighed(code) {
  if (!/^2\d{12}$/.test(code) || !checks(code)) return null;
  const grams = Number(code.slice(7, 12));
  return grams ? { plu: code.slice(2, 7), grams } : null;
}

/** A code without what people and scanners put into it; the server reads it alike. */
export function tidy(text) {
  return text.replace(/\s/g, "").toUpperCase();
}

/** The QR code of a member's card: the cooperative's code and the member's number. */
export function card(text) {
  const found = CARD.exec(text.trim().toUpperCase());
  return found ? { cooperative: found[1].toLowerCase(), number: Number(found[2]) } : null;
}

/** Looks like a barcode rather than a name. */
export function isCode(text) {
  return /^\d{6,}$/.test(text.replace(/\s/g, ""));
}

function checks(code) {
  const digits = Array.from(code, Number);
  const sum = digits.reduce((before, digit, at) => before + digit * (at % 2 ? 3 : 1), 0);
  return sum % 10 === 0;
}
