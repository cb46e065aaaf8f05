// The width of the paper, remembered on this device; sheets that also go on A4 remember their own.
export const selector = "[data-receipt-width]";

const NAME = "kkmp.receipt.width";

export function bind(group) {
  const name = group.dataset.receiptWidth ? `${NAME}.${group.dataset.receiptWidth}` : NAME;
  const kept = read(name);
  if (kept) choose(group, kept);
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    choose(group, button.value);
    write(name, button.value);
  });
}

function choose(group, width) {
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === width));
  }
  for (const receipt of document.querySelectorAll("[data-receipt]")) receipt.dataset.width = width;
  for (const sent of document.querySelectorAll("[data-receipt-width-value]")) sent.value = width;
}

function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name, width) {
  try {
    localStorage.setItem(name, width);
  } catch {
    // A forbidden store: the choice then lives as long as the page.
  }
}
