// Back on a phone closes what lies over the goods, before it leaves the till.
/** While something lies over them, the history holds one entry more. */
export function listenToBack(till) {
  const { root, parts, basketPane } = till;
  const dialogs = [...root.querySelectorAll("dialog")];
  const isOver = () => getComputedStyle(parts.basket).position === "fixed" &&
    (root.classList.contains("is-open") || dialogs.some(({ open }) => open));
  let isMarked = false;
  // Our own step back arrives later; until then nothing is put on top of it.
  let isLeaving = false;
  // A page that was reloaded under an open basket begins with it closed.
  if (history.state?.till === "over") history.replaceState(null, "");

  function follow() {
    if (isLeaving || isOver() === isMarked) return;
    isMarked = !isMarked;
    if (isMarked) return history.pushState({ till: "over" }, "");
    isLeaving = history.state?.till === "over";
    if (isLeaving) history.back();
  }

  function close() {
    const top = dialogs.filter(({ open }) => open).at(-1);
    if (!top) return basketPane.open(false);
    if (top.dispatchEvent(new Event("cancel", { cancelable: true }))) top.close();
  }

  const watcher = new MutationObserver(follow);
  watcher.observe(root, { attributes: true, attributeFilter: ["class"] });
  for (const dialog of dialogs) watcher.observe(dialog, { attributes: true, attributeFilter: ["open"] });
  window.addEventListener("popstate", () => {
    if (isMarked) close();
    isMarked = isLeaving = false;
    follow();
  });
}
