// A day is typed as 23/11/2026 in every browser; the slashes come by themselves, and the button
// opens the browser's calendar. What is sent is what stands in the box.
export const selector = "[data-day]";

const WHOLE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

export function bind(input) {
  input.addEventListener("input", (event) => typed(input, event));
  // A half day that stays is told about; see below.
  input.addEventListener("change", () => {
    if (isHalf(input.value)) say(input, "input", { detail: "left" });
  });
  const button = input.parentElement.querySelector("[data-calendar]");
  if (button && "showPicker" in HTMLInputElement.prototype) new Calendar(input, button);
  else button?.remove();
}

function typed(input, event) {
  if (event.inputType?.startsWith("insert")) {
    const { value } = input;
    const isAtEnd = input.selectionStart === value.length;
    if (isAtEnd && /^(\d{2}|\d{2}\/\d{2})$/.test(value)) input.value = `${value}/`;
    if (/^\d{8}$/.test(value)) input.value = `${value.slice(0, 2)}/${value.slice(2, 4)}/${value.slice(4)}`;
  }
  tell(input);
  // A list is not searched for half a day, nor for one that is none.
  if (isNoDay(input.value) || (isHalf(input.value) && event.detail !== "left")) event.stopPropagation();
}

/** 31/02/2026: it looks like a day, and no calendar has it. */
function isNoDay(text) {
  const parts = WHOLE.exec(text.trim());
  if (!parts) return false;
  const [day, month, year] = parts.slice(1).map(Number);
  const found = new Date(Date.UTC(year, month - 1, day));
  return found.getUTCDate() !== day || found.getUTCMonth() !== month - 1;
}

function tell(input) {
  const box = input.closest(".day-input");
  if (!box) return;
  let told = box.querySelector(".day-wrong");
  const words = isNoDay(input.value) ? input.dataset.wrong : "";
  if (!told && words) {
    told = Object.assign(document.createElement("span"), { className: "day-wrong", role: "alert" });
    box.append(told);
  }
  if (told) told.textContent = words;
  input.toggleAttribute("aria-invalid", Boolean(words));
}

function isHalf(text) {
  return /^[\d/]+$/.test(text) && !WHOLE.test(text);
}

function say(input, name, more) {
  const event = more ? new CustomEvent(name, { bubbles: true, ...more }) : new Event(name, { bubbles: true });
  input.dispatchEvent(event);
}

class Calendar {
  constructor(input, button) {
    this.input = input;
    this.native = Object.assign(document.createElement("input"), { type: "date", className: "day-native", tabIndex: -1 });
    this.native.setAttribute("aria-hidden", "true");
    button.before(this.native);
    button.hidden = false;
    button.addEventListener("click", () => this.open());
    this.native.addEventListener("change", (event) => this.choose(event));
    this.native.addEventListener("input", (event) => event.stopPropagation());
  }

  open() {
    const parts = WHOLE.exec(this.input.value.trim());
    const [day, month, year] = (parts ?? []).slice(1).map((part) => part.padStart(2, "0"));
    this.native.value = parts ? `${year}-${month}-${day}` : "";
    this.native.showPicker();
  }

  choose(event) {
    event.stopPropagation();
    if (!this.native.value) return;
    this.input.value = this.native.value.split("-").reverse().join("/");
    say(this.input, "input");
    say(this.input, "change");
    this.input.focus();
  }
}
