// The till from the keyboard: one table of keys, the same as in the help and in the guide.
export function listenToKeys(till) {
  const { parts } = till;
  parts.helpDiscount.hidden = !till.setup.mayDiscount;
  const acts = {
    F1: () => parts.helpDialog.showModal(),
    F2: () => {
      till.basketPane.open(false);
      parts.search.focus();
      parts.search.select();
    },
    F3: () => till.openMembers(),
    F4: () => {
      const line = till.basket.lines.at(-1);
      if (line) till.openLine({ id: line.id, pack: line.pack }, true);
    },
    F6: () => till.hold(),
    F7: () => till.openHeld(),
    F8: () => till.setup.mayDiscount && till.basketPane.askDiscount(),
    F9: () => till.paying.open(),
  };
  // The button stands in the head, which is drawn anew with the shift.
  document.addEventListener("click", (event) => event.target.closest("[data-open-help]") && acts.F1());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = acts[event.key];
    const inDialog = Boolean(document.querySelector("dialog[open]"));
    if (act) {
      // The browser's own help and search would come up otherwise.
      event.preventDefault();
      if (!inDialog) act();
      return;
    }
    // A scanner types; wherever the page stands, its digits belong in the search box.
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (!inDialog && !typing && event.key.length === 1 && /\S/.test(event.key)) parts.search.focus();
  });
}
