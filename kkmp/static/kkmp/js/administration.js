// The administration's pages are another project's: of our behaviours they take what forms need.
import { bind, selector } from "./forms/typed.js";

for (const form of document.querySelectorAll(selector)) bind(form);
