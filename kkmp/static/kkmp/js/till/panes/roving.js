// One stop of the Tab key for many buttons: the arrows go from one to the next, and the Tab key comes
// back to the one that was left. `drawn` after the buttons were drawn anew.
export function roving(list, { isGrid = false, before = null } = {}) {
  const all = () => [...list.querySelectorAll("button:not(:disabled)")];
  const stopAt = (chosen) => {
    for (const button of list.querySelectorAll("button")) button.tabIndex = button === chosen ? 0 : -1;
  };
  list.addEventListener("focusin", (event) => {
    const button = event.target.closest("button");
    if (button) stopAt(button);
  });
  list.addEventListener("keydown", (event) => {
    const buttons = all();
    const at = buttons.indexOf(event.target);
    const aRow = isGrid ? Math.max(getComputedStyle(list).gridTemplateColumns.split(" ").length, 1) : 1;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: aRow, ArrowUp: -aRow }[event.key];
    const ends = { Home: buttons[0], End: buttons.at(-1) }[event.key];
    if (at < 0 || (!by && !ends)) return;
    event.preventDefault();
    const next = ends ?? buttons[at + by] ?? (by < 0 ? before ?? buttons[0] : buttons.at(-1));
    next.focus();
  });
  return {
    drawn() {
      const buttons = all();
      stopAt(buttons.find((one) => one.getAttribute("aria-pressed") === "true") ?? buttons[0]);
    },
  };
}
