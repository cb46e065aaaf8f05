// A print that was just counted: the print window opens by itself, once. Paper that somebody
// prints from this page afterwards was not counted, so it bears the mark of a copy.
export const selector = "[data-print-now]";

export function bind() {
  const address = new URL(location.href);
  address.searchParams.delete("cetak");
  history.replaceState(history.state, "", address);
  window.addEventListener("afterprint", markAsCopy, { once: true });
  setTimeout(() => window.print(), 150); // the remembered width of the paper comes first
}

function markAsCopy() {
  for (const mark of document.querySelectorAll("[data-copy-mark]")) {
    mark.textContent = mark.dataset.copyMark;
    mark.classList.remove("is-original");
    mark.classList.add("only-on-paper");
  }
}
