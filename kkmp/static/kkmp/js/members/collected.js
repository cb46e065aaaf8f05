// The list is recorded: what the device kept of it is not needed any more.
import { forget } from "./collect/draft.js";

export const selector = "[data-collected]";

export function bind(element) {
  forget(element.dataset.collected);
}
