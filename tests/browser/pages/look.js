/* What somebody would not be able to read or press on the page as it stands. */
() => {
  const named = (element) => {
    const id = element.id ? `#${element.id}` : "";
    const classes = [...element.classList].map((one) => `.${one}`).join("");
    const text = (element.getAttribute("aria-label") || element.textContent || element.name || "").trim();
    return `${element.localName}${id}${classes} "${text.replace(/\s+/g, " ").slice(0, 40)}"`;
  };
  const isSeen = (element) =>
    element.checkVisibility({ opacityProperty: false, visibilityProperty: true, contentVisibilityAuto: false });
  const isForReadersAloud = (element) => {
    for (let box = element; box; box = box.parentElement)
      if (getComputedStyle(box).clipPath === "inset(50%)") return true;
    return false;
  };
  const found = [];

  const isInItsOwnBox = (element) => {
    for (let box = element; box && box !== document.body; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== "visible") return true;
    return false;
  };
  const range = document.createRange();
  const linesOf = (text) => {
    range.selectNodeContents(text);
    return [...range.getClientRects()];
  };

  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) {
    const edge = root.clientWidth + 0.5;
    const isWide = (element) =>
      element.getBoundingClientRect().right > edge ||
      (!isInItsOwnBox(element) &&
        [...element.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && linesOf(one).some((line) => line.right > edge)));
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => isWide(element) && isSeen(element) && !isInItsOwnBox(element.parentElement),
    );
    found.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth}: ${wide.slice(-2).map(named).join(" | ")}`);
  }

  const all = document.body.querySelectorAll("*");
  for (const element of all) {
    const style = getComputedStyle(element);
    if (style.overflowX === "visible" && style.overflowY === "visible") continue;
    const isHidden = (value) => value === "hidden" || value === "clip";
    const wide = isHidden(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    const high = isHidden(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
    if (!wide && !high) continue;
    if (element.clientWidth <= 1 || element.clientHeight <= 1 || !element.textContent.trim()) continue;
    if (!isSeen(element) || element.closest("svg")) continue;
    if (element.title || element.closest("[title]")) continue;
    found.push(`is cut ${wide ? "in width" : "in height"}: ${named(element)}`);
  }

  // A word whose letters stand below each other is there, and nobody reads it.
  for (const element of all) {
    for (const text of element.childNodes) {
      if (text.nodeType !== Node.TEXT_NODE || text.data.trim().length < 5) continue;
      const lines = new Set(linesOf(text).map((line) => Math.round(line.top))).size;
      if (lines < 3 || text.data.trim().length / lines >= 3.5) continue;
      if (element.closest("svg, option") || !isSeen(element) || isForReadersAloud(element)) continue;
      found.push(`stands a letter a line: ${named(element)}`);
    }
  }

  const controls = document.body.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']",
  );
  for (const control of controls) {
    if (control.disabled || !isSeen(control) || control.closest("svg, .skip-link")) continue;
    if (getComputedStyle(control).pointerEvents === "none" || isForReadersAloud(control)) continue;
    const own = [control, ...(control.labels ?? [])];
    const above = () => {
      // Words that go over two lines have their centre between them.
      const [box] = control.getClientRects();
      if (!box || box.width <= 1 || box.height <= 1) return control;
      return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    };
    const isFree = (top) =>
      top && own.some((one) => one.contains(top) || (top.localName === "label" && top.contains(one)));
    if (isFree(above())) continue;
    control.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const top = above();
    if (!isFree(top)) found.push(`is covered: ${named(control)} by ${top ? named(top) : "the edge"}`);
  }
  scrollTo(0, 0);
  return found;
}
