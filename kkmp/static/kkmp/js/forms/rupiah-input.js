// Thousands dots while typing whole rupiah; what is shown is what is sent ("1.250.000").
// Words and decimals ("1,25 jt") are left alone: the server reads them.
export const selector = "[data-rupiah]";

const PLAIN = /^[\d.\s]*$/;
// A pasted 1250000.00 has cents: without its dot it would be a hundred times as much.
const CENTS = /^\s*\d{4,}\.\d{1,2}\s*$/;

export function bind(input) {
  input.addEventListener("input", () => format(input));
  input.addEventListener("beforeinput", (event) => stepOverDot(input, event.inputType));
  format(input);
}

function format(input) {
  if (!PLAIN.test(input.value) || CENTS.test(input.value)) return;
  const digits = input.value.replace(/\D/g, "").replace(/^0+(?=\d)/, "");
  const shown = digits.replace(/\B(?=(\d{3})+$)/g, ".");
  if (shown === input.value) return;
  const after = (input.value.slice(input.selectionStart ?? input.value.length).match(/\d/g) ?? []).length;
  input.value = shown;
  if (document.activeElement === input) {
    const caret = positionBefore(shown, after);
    input.setSelectionRange(caret, caret);
  }
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
