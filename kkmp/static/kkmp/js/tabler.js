// Tabler's own script (tabs, dropdowns, tooltips) for the few pages that ask for it.
import "../../vendor/tabler/tabler.esm.min.js";

export function bind() {}
