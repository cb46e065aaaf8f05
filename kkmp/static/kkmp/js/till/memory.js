// The basket survives a reload, a lost connection and a flat battery: it lives on the device,
// one for each cooperative, unit and cashier, and is forgotten after a day.
const KEPT_MS = 24 * 60 * 60 * 1000;

export function memory({ cooperative, unit, cashier }) {
  const name = `kkmp.till.${cooperative}.${unit}.${cashier}`;
  return {
    load() {
      try {
        const { at, basket } = JSON.parse(localStorage.getItem(name)) ?? {};
        return basket && Date.now() - at < KEPT_MS ? basket : null;
      } catch {
        return null;
      }
    },
    save(basket) {
      try {
        localStorage.setItem(name, JSON.stringify({ at: Date.now(), basket }));
      } catch {
        // A full or forbidden store: the basket then lives as long as the page.
      }
    },
    forget() {
      try {
        localStorage.removeItem(name);
      } catch {
        // As above.
      }
    },
  };
}
