// The places of the page that the till draws into or listens to, by the name after "data-".
const NAMES = [
  "goods", "search", "search-form", "shelves", "tiles", "none", "many", "basket", "clear", "close",
  "pick-member", "member", "member-name", "member-number", "drop-member", "wholesale", "lines",
  "empty", "saving", "total", "pay-form", "paid", "quick", "change", "change-label",
  "change-amount", "refusal", "refusal-text", "refusal-link", "pay", "bar", "open", "bar-count",
  "bar-total", "said", "member-dialog", "member-search", "people", "people-note", "weigh-dialog",
  "weigh-name", "weigh", "weigh-error", "weigh-add", "tile", "line",
];

/** One element a name, in camelCase; and `weighQuick`, which are several. */
export function partsOf(root) {
  const parts = NAMES.map((name) => [camel(name), root.querySelector(`[data-${name}]`)]);
  return { ...Object.fromEntries(parts), weighQuick: root.querySelectorAll("[data-weigh-quick]") };
}

function camel(name) {
  return name.replace(/-(\w)/g, (_match, letter) => letter.toUpperCase());
}
