// Finding goods: by shelf, by letters of the name, by a scanned code.
const SHOWN = 60;

/** Goods of a shelf ("" for all) whose names hold every word typed, and how many were left out. */
export function find(goods, text, shelf) {
  const words = plain(text).split(" ").filter(Boolean);
  const found = goods.filter((product) => {
    if (shelf && product.category !== shelf) return false;
    const name = plain(product.name);
    return words.every((word) => name.includes(word) || product.code === word);
  });
  return { shown: found.slice(0, SHOWN), more: Math.max(found.length - SHOWN, 0) };
}

/** The one product with this code, or the only one that the letters fit. */
export function pick(goods, text) {
  const code = text.replace(/\s/g, "");
  const scanned = code && goods.find((product) => product.code === code);
  if (scanned) return scanned;
  const { shown } = find(goods, text, "");
  return text.trim() && shown.length === 1 ? shown[0] : null;
}

export function shelves(goods) {
  return [...new Set(goods.map((product) => product.category))].sort((a, b) => a.localeCompare(b, "id"));
}

/** Looks like a barcode rather than a name. */
export function isCode(text) {
  return /^\d{6,}$/.test(text.replace(/\s/g, ""));
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}
