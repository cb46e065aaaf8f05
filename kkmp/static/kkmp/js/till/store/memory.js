// Keeps the basket on the device, so that it survives a reload, a lost connection and a flat
// battery: one for each cooperative, unit and cashier, and the baskets that were put aside. After a
// day they are forgotten.
const KEPT_MS = 24 * 60 * 60 * 1000;

export function memory({ cooperative, unit, cashier }) {
  const name = `kkmp.till.2.${cooperative}.${unit}.${cashier}`;
  const held = `${name}.held`;
  let aside = null;
  return {
    load() {
      const { at, basket } = read(name) ?? {};
      return basket && fresh(at) ? basket : null;
    },
    save(basket) {
      write(name, { at: Date.now(), basket });
    },
    forget() {
      write(name, null);
    },
    /** The baskets put aside: [{name, at, total, basket}], the oldest first. */
    held() {
      aside ??= read(held) ?? [];
      return aside.filter(({ at }) => fresh(at));
    },
    keep(all) {
      aside = all;
      write(held, all.length ? all : null);
    },
  };
}

/** The name that the device gives itself, so that the server can tell tills apart. */
export function device(newKey) {
  const known = read("kkmp.device");
  if (known) return known;
  const made = newKey();
  write("kkmp.device", made);
  return made;
}

function fresh(at) {
  return Date.now() - at < KEPT_MS;
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // The store is full or not allowed: the basket then lives as long as the page.
  }
}
