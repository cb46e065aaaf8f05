// Binds behaviours to what the page holds; a module is fetched only where its attribute stands.
const behaviours = {
  "[data-toasts]": () => import("./toasts.js"),
  "body[hx-headers]": () => import("./htmx-errors.js"),
  "[data-theme-switch]": () => import("./theme-switch.js"),
  "form[method='post']:not([data-resubmit])": () => import("./submit-once.js"),
  "[data-confirm]": () => import("./confirm.js"),
  "[data-rupiah]": () => import("./rupiah-input.js"),
  "[data-guard]": () => import("./guard.js"),
  "[data-error-summary]": () => import("./error-summary.js"),
  "[data-copy]": () => import("./copy.js"),
  "[data-chart]": () => import("./chart.js"),
  "[data-tilemap]": () => import("./map.js"),
  "[data-reveal]": () => import("./reveal.js"),
  "[data-passkey-error]": () => import("./passkey.js"),
  "[data-payment]": () => import("./payment.js"),
  "[data-settle]": () => import("./settle.js"),
  "[data-choose]": () => import("./choose.js"),
  "[data-print]": () => import("./print.js"),
  "[data-print-now]": () => import("./print-now.js"),
  "[data-till]": () => import("./till.js"),
  "[data-collect]": () => import("./collect.js"),
  "[data-collected]": () => import("./collected.js"),
  "[data-service-switch]": () => import("./service-switch.js"),
  "[data-shrink-photo]": () => import("./shrink-photo.js"),
  "[data-scroll-current]": () => import("./scroll-current.js"),
  "[data-receipt-width]": () => import("./receipt-width.js"),
  "[data-count-cash]": () => import("./count.js"),
  "[data-bs-toggle]": () => import("./tabler.js"),
};
const bound = new WeakMap();

function matching(root, selector) {
  const found = Array.from(root.querySelectorAll(selector));
  return root instanceof Element && root.matches(selector) ? [root, ...found] : found;
}

async function bindWithin(root) {
  for (const [selector, load] of Object.entries(behaviours)) {
    const fresh = matching(root, selector).filter((element) => !bound.get(element)?.has(selector));
    if (!fresh.length) continue;
    for (const element of fresh) bound.set(element, (bound.get(element) ?? new Set()).add(selector));
    load().then((module) => fresh.forEach((element) => module.bind(element)));
  }
}

bindWithin(document);
document.addEventListener("htmx:load", (event) => bindWithin(event.detail.elt));
