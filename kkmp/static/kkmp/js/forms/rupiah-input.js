// Thousands dots while digits are typed; what is shown is what is sent ("1.250.000"). As soon as a
// person writes a dot, a comma or a word of their own ("1.5jt", "1250.00"), our dots go and theirs
// stay where they are: moving them would multiply the amount. Below stands how that is read.
import { formatRupiah, isEnglish, readRupiah, write as parted } from "../base/rupiah.js";

export const selector = "[data-rupiah]";

const GROUPED = /^(?:\d*|\d{1,3}(?:\.\d{3})+)$/;

export function bind(input) {
  new RupiahInput(input).start();
}

class RupiahInput {
  constructor(input) {
    this.input = input;
    this.reading = null;
  }

  start() {
    this.adopt();
    if (this.isOurs) this.format();
    // On a slow line somebody may have typed before the page's scripts came.
    if (document.activeElement === this.input) this.read();
    this.input.addEventListener("beforeinput", (event) => {
      // A script has written another amount meanwhile.
      if (this.input.value !== this.shown) this.adopt();
      if (this.isOurs) stepOverDot(this.input, event.inputType);
    });
    this.input.addEventListener("input", () => this.edited());
  }

  adopt() {
    this.shown = this.input.value;
    this.isOurs = GROUPED.test(this.shown);
  }

  edited() {
    const { input } = this;
    const [before, typed, after] = edit(this.shown, input.value);
    // Put in at once, it may begin or end as the amount that it takes the place of.
    const isWhole = (typed.length > 1 || (!before && !after)) && GROUPED.test(input.value);
    if (/^\d*$/.test(input.value) || isWhole) this.isOurs = true;
    else if (this.isOurs && !/^\d*$/.test(typed)) {
      this.isOurs = false;
      write(input, withoutDots(before) + typed, withoutDots(after));
    }
    if (this.isOurs) this.format();
    this.shown = input.value;
    this.read();
  }

  format() {
    const { input } = this;
    const digits = withoutDots(input.value).replace(/^0+(?=\d)/, "");
    const shown = parted(digits);
    if (shown === input.value) return;
    const after = withoutDots(input.value.slice(input.selectionStart ?? input.value.length)).length;
    input.value = shown;
    if (document.activeElement === input) {
      const caret = positionBefore(shown, after);
      input.setSelectionRange(caret, caret);
    }
    this.shown = shown;
  }

  /** "1.5jt" is followed by "= Rp1.500.000"; for English readers our own dots are told as well. */
  read() {
    const isPlain = this.isOurs && !(isEnglish() && this.input.value.includes("."));
    const amount = isPlain ? undefined : readRupiah(this.input.value).amount;
    if (amount !== undefined && !this.reading) {
      this.reading = document.createElement("output");
      this.reading.className = "rupiah-reading num";
      (this.input.closest(".affix") ?? this.input).after(this.reading);
    }
    if (this.reading) this.reading.textContent = amount === undefined ? "" : `= ${formatRupiah(amount)}`;
  }
}

/** What an edit left before itself, what it wrote, and what it left after. */
function edit(old, now) {
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  return [now.slice(0, start), now.slice(start, now.length - end), now.slice(now.length - end)];
}

function write(input, before, after) {
  input.value = before + after;
  if (document.activeElement === input) input.setSelectionRange(before.length, before.length);
}

function withoutDots(text) {
  return text.replaceAll(".", "");
}

// Deleting a dot means the digit beyond it: the dot alone would come back at once.
function stepOverDot(input, inputType) {
  const at = input.selectionStart;
  if (at !== input.selectionEnd) return;
  if (inputType === "deleteContentBackward" && input.value[at - 1] === ".") input.setSelectionRange(at - 1, at - 1);
  if (inputType === "deleteContentForward" && input.value[at] === ".") input.setSelectionRange(at + 1, at + 1);
}

// The caret keeps its distance, in digits, from the end of the number.
function positionBefore(text, digitsAfter) {
  let position = text.length;
  for (let left = digitsAfter; position > 0 && left > 0; position -= 1) {
    if (/\d/.test(text[position - 1])) left -= 1;
  }
  return position;
}
