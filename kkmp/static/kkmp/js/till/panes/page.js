// The page around the till: what belongs to the cooperative and to whoever is signed in is put into
// it as the server drew it, and why the till cannot open is said in a sentence.
import { wayOut } from "../flow/opening.js";
import { element } from "./parts.js";

/** @param pieces what to show, by the name after "data-piece"; others stay as they are */
export function show(pieces) {
  for (const place of document.querySelectorAll("[data-piece]")) {
    const drawn = pieces[place.dataset.piece];
    if (drawn === undefined || drawn === place.drawn) continue;
    place.drawn = drawn;
    place.innerHTML = drawn;
    // Whatever else binds itself to parts of a page finds them here too.
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: place } }));
  }
}

export function opened() {
  document.querySelector("[data-opening]").hidden = true;
}

export function toast(text, level, { leaves = false } = {}) {
  document.dispatchEvent(new CustomEvent("kkmp:toast", { detail: { text, level, leaves } }));
}

/** @param found what flow/opening.js found in place of a till */
export function refuse({ state, reason, places = [] }, { opening, addresses }, here) {
  const { text, label } = opening[state === "choose" ? "choose" : reason];
  const ways = places.map(({ code, name }) => way(name, `?${new URLSearchParams({ koperasi: code })}`));
  if (!places.length) ways.push(way(label, wayOut(reason, addresses, here) || here.pathname + here.search));
  opened();
  document.querySelector("[data-opening-text]").textContent = text;
  document.querySelector("[data-opening-ways]").replaceChildren(...ways);
  document.querySelector("[data-opening-refused]").hidden = false;
}

function way(label, address) {
  const link = element("a", label, "btn");
  link.href = address;
  return link;
}
