// The list of amounts outlives a lost connection and a closed browser, under the key of its form.
// It holds ids and amounts and no names, and is forgotten once the form is recorded.
const PREFIX = "kkmp-collect";
const KEPT_MS = 7 * 24 * 3600 * 1000;

function name(place, key) {
  return `${PREFIX}:${place}:${key}`;
}

export function keep(place, key, draft) {
  try {
    if (Object.keys(draft.rows).length) localStorage.setItem(name(place, key), JSON.stringify(draft));
    else localStorage.removeItem(name(place, key));
  } catch {
    // A full or forbidden store: the page itself still holds everything.
  }
}

export function load(place, key) {
  try {
    return JSON.parse(localStorage.getItem(name(place, key)));
  } catch {
    return null;
  }
}

export function forget(key) {
  for (const one of names()) if (one.endsWith(`:${key}`)) localStorage.removeItem(one);
}

/** Keys of other lists of this cooperative that were not recorded, latest first. */
export function others(place, key) {
  const found = [];
  for (const one of names()) {
    const [, where, other] = one.split(":");
    const at = load(where, other)?.at ?? 0;
    if (Date.now() - at > KEPT_MS) localStorage.removeItem(one);
    else if (where === place && other !== key) found.push([at, other]);
  }
  return found.sort((a, b) => b[0] - a[0]).map(([, other]) => other);
}

function names() {
  try {
    return Object.keys(localStorage).filter((one) => one.startsWith(`${PREFIX}:`));
  } catch {
    return [];
  }
}
