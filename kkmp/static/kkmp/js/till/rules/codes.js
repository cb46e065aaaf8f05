// What a scanner or a camera has read: a product, one of its packs, a weighed label, a member's card.
const CARD = /^KKMP:([0-9A-Z-]{1,10}):([0-9]{4,9})$/;

/** Every code of the goods and of their packs, for one look-up a scan. */
export function indexOf(goods) {
  const index = new Map();
  for (const product of goods) {
    if (product.code) index.set(product.code.toUpperCase(), { product, pack: null });
    for (const pack of product.packs) {
      if (pack.code) index.set(pack.code.toUpperCase(), { product, pack });
    }
  }
  return index;
}

/**
 * @returns {{product, pack, thousandths}} what to put into the basket; `thousandths` is null where
 *   the label does not say how much. Null: nothing has this code.
 */
export function look(index, text) {
  const code = tidy(text);
  const exact = index.get(code);
  if (exact) return { ...exact, thousandths: null };
  const label = weighed(code);
  const found = label && (index.get(label.plu) ?? index.get(label.plu.replace(/^0+/, "")));
  if (!found || found.pack || !found.product.is_weighed) return null;
  return { ...found, thousandths: label.grams };
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
