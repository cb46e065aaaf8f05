// The tile map: a card that names the tile under the pointer, and arrow keys that walk over it.
// Without this module every tile is a plain link in the order of its code.
export const selector = "[data-tilemap]";

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export function bind(map) {
  const tiles = Array.from(map.querySelectorAll("[data-tile]"), (link) => {
    const face = link.querySelector("rect");
    return { link, x: Number(face.getAttribute("x")), y: Number(face.getAttribute("y")) };
  });
  if (!tiles.length) return;
  rove(map, tiles);
  const card = map.parentElement.querySelector("[data-map-card]");
  if (card) tell(map, card);
}

// One stop for the Tab key; the arrow keys go on from there.
function rove(map, tiles) {
  const stop = (chosen) => tiles.forEach(({ link }) => link.setAttribute("tabindex", link === chosen ? "0" : "-1"));
  stop(tiles[0].link);
  map.addEventListener("focusin", (event) => {
    const chosen = event.target.closest("[data-tile]");
    // A drawing that scrolls takes the focus itself in some browsers; the next Tab goes on inside.
    if (chosen) stop(chosen);
  });
  map.addEventListener("keydown", (event) => {
    const here = tiles.find(({ link }) => link === event.target.closest("[data-tile]"));
    const next = here && (STEPS[event.key] ? nearest(tiles, here, STEPS[event.key]) : edge(tiles, here, event.key));
    if (!next) return;
    event.preventDefault();
    next.link.focus();
  });
}

// The closest tile that lies that way; what lies off to the side counts double.
function nearest(tiles, here, [dx, dy]) {
  let best;
  for (const tile of tiles) {
    const ahead = (tile.x - here.x) * dx + (tile.y - here.y) * dy;
    const aside = Math.abs((tile.x - here.x) * dy) + Math.abs((tile.y - here.y) * dx);
    const cost = ahead + 2 * aside;
    if (ahead > 0 && (!best || cost < best.cost)) best = { tile, cost };
  }
  return best?.tile;
}

function edge(tiles, here, key) {
  const row = tiles.filter(({ y }) => y === here.y).sort((one, other) => one.x - other.x);
  return { Home: row[0], End: row[row.length - 1] }[key];
}

function tell(map, card) {
  const parts = ["name", "area", "stage", "note"].map((part) => [part, card.querySelector(`[data-map-${part}]`)]);
  const open = card.querySelector("[data-map-open]");

  function show(link, isTouch) {
    for (const [part, element] of parts) {
      element.textContent = link.dataset[part];
      element.hidden = !link.dataset[part];
    }
    open.href = link.getAttribute("href");
    card.classList.toggle("is-touch", isTouch);
    card.hidden = false;
    map.querySelector(".is-told")?.classList.remove("is-told");
    link.classList.add("is-told");
    // Under a finger it would hide the neighbours: there it stands below the map.
    if (!isTouch) place(link);
  }

  // Above the tile, or below it where there is no room, and never beyond the map.
  function place(link) {
    const box = map.parentElement.getBoundingClientRect();
    const tile = link.getBoundingClientRect();
    const left = Math.min(Math.max(tile.left + tile.width / 2 - box.left - card.offsetWidth / 2, 0), box.width - card.offsetWidth);
    const above = tile.top - box.top - card.offsetHeight - 10;
    card.style.setProperty("left", `${left}px`);
    card.style.setProperty("top", `${above < -card.offsetHeight / 2 ? tile.bottom - box.top + 10 : above}px`);
  }

  function hide() {
    card.hidden = true;
    map.querySelector(".is-told")?.classList.remove("is-told");
  }

  let touched = false;
  map.addEventListener("pointerover", (event) => {
    const link = event.target.closest("[data-tile]");
    if (link && event.pointerType === "mouse") show(link, false);
  });
  map.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"));
  map.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hide());
  map.addEventListener("focusin", (event) => {
    const link = event.target.closest("[data-tile]");
    if (link && !touched) show(link, false);
  });
  map.addEventListener("focusout", () => !touched && hide());
  map.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  // A finger is wider than a tile: the first touch names it; the second, or the card, opens it.
  map.addEventListener("click", (event) => {
    const link = event.target.closest("[data-tile]");
    if (!touched || !link || link.classList.contains("is-told")) return;
    event.preventDefault();
    show(link, true);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!map.parentElement.contains(event.target)) hide();
  });
}
