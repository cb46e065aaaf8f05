// The width of the receipt paper, remembered on this device.
const NAME = "kkmp.receipt.width";

export function bind(group) {
  const kept = read();
  if (kept) choose(group, kept);
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    choose(group, button.value);
    write(button.value);
  });
}

function choose(group, width) {
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === width));
  }
  for (const receipt of document.querySelectorAll("[data-receipt]")) receipt.dataset.width = width;
  for (const sent of document.querySelectorAll("[data-receipt-width-value]")) sent.value = width;
}

function read() {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

function write(width) {
  try {
    localStorage.setItem(NAME, width);
  } catch {
    // A forbidden store: the choice then lives as long as the page.
  }
}
