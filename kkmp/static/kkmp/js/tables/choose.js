// Ticks all rows of a page at once, and says how many are ticked.
export const selector = "[data-choose]";

export function bind(form) {
  const all = form.querySelector("[data-choose-all]");
  const rows = Array.from(form.querySelectorAll("[data-choose-one]"));
  const go = form.querySelector("[data-choose-go]");
  const count = form.querySelector("[data-choose-count]");
  if (!all) return;

  function show() {
    const ticked = rows.filter((row) => row.checked).length;
    count.textContent = ticked ? `(${ticked})` : "";
    go.disabled = !ticked;
    all.checked = ticked === rows.length;
    all.indeterminate = ticked > 0 && ticked < rows.length;
  }

  all.addEventListener("change", () => {
    for (const row of rows) row.checked = all.checked;
    show();
  });
  form.addEventListener("change", show);
  show();
}
