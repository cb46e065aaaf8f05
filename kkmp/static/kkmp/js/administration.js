// The administration's pages are another project's: of our behaviours they take what forms need.
import * as preview from "./city/tile-preview.js";
import * as days from "./forms/day-input.js";
import { nameChoosers } from "./forms/name-choosers.js";
import * as typed from "./forms/typed.js";

for (const behaviour of [typed, preview, days]) {
  for (const element of document.querySelectorAll(behaviour.selector)) behaviour.bind(element);
}

// They are made when everything has been loaded.
window.addEventListener("load", () => setTimeout(nameChoosers));
