// Finding goods by shelf and by the letters of their names. Names are kept in plain letters.
const plainNames = new WeakMap();

/** Goods of a shelf ("" for all) whose names hold every word typed. */
export function find(goods, text, shelf) {
  const words = plain(text).split(" ").filter(Boolean);
  if (!words.length && !shelf) return goods;
  return goods.filter((product) => {
    if (shelf && product.category !== shelf) return false;
    const name = plainName(product);
    return words.every((word) => name.includes(word) || product.code === word);
  });
}

/** The only product whose name has these letters, or null; digits alone are a code and no name. */
export function only(goods, text) {
  if (/^[\d\s]*$/.test(text)) return null;
  const found = find(goods, text, "");
  return found.length === 1 ? found[0] : null;
}

/** Pairs of shelf and colour, in the order of the alphabet. */
export function shelves(goods) {
  const found = new Map(goods.map((product) => [product.category, product.colour]));
  return [...found].sort(([one], [other]) => one.localeCompare(other, "id"));
}

function plainName(product) {
  let name = plainNames.get(product);
  if (name === undefined) plainNames.set(product, (name = plain(product.name)));
  return name;
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}
