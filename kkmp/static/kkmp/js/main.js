// Binds behaviours to what the page holds; a module is fetched only where its selector matches.
// The list is made from the modules, each of which names its selector: see kkmp/lib/modules.py.
import { behaviours } from "./behaviours.js";

const bound = new WeakMap();

function matching(root, selector) {
  const found = Array.from(root.querySelectorAll(selector));
  return root instanceof Element && root.matches(selector) ? [root, ...found] : found;
}

function bindWithin(root) {
  for (const behaviour of behaviours) {
    const [selector, load] = behaviour;
    const fresh = matching(root, selector).filter((element) => !bound.get(element)?.has(behaviour));
    if (!fresh.length) continue;
    for (const element of fresh) bound.set(element, (bound.get(element) ?? new Set()).add(behaviour));
    load().then((module) => fresh.forEach((element) => module.bind(element)));
  }
}

bindWithin(document);
document.addEventListener("htmx:load", (event) => bindWithin(event.detail.elt));
