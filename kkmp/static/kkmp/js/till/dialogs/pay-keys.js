// The keyboard while paying: a letter chooses the way to pay, digits are the amount, and a code from
// a scanner is neither.
import { belongs, followed, GAP_MS, isLetter, isScan, meant, whole } from "../rules/keystrokes.js";

/**
 * @param of {dialog, amount, isWritten, snapshot, restore, choose, scanned}: `isWritten` tells whether
 *   somebody has typed an amount, `snapshot` and `restore` undo what a scanner typed into it
 */
export function payKeys({ dialog, amount, isWritten, snapshot, restore, choose, scanned }) {
  let burst = null;
  // The burst before, with what stood there before it.
  let last = null;
  let began = 0;
  let before = null;
  let isHeld = false;
  let timer;

  dialog.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const isText = target.matches("input:not([type=radio])") && target !== amount;
    if (isText || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (key === "Enter") return (end() || belongs(last, event.timeStamp)) && event.preventDefault();
    // A key that is held down comes as fast as a scanner.
    if (key.length !== 1 || event.repeat) return void end();
    pressed(event, key);
  });

  function pressed(event, key) {
    const next = followed(burst, key, event.timeStamp);
    if (next.text.length === 1) {
      end();
      before = snapshot();
      began = event.timeStamp;
      isHeld = isLetter(key) && !isWritten();
    }
    burst = next;
    // Until it is known what it begins, a letter is not written.
    if (isHeld) event.preventDefault();
    clearTimeout(timer);
    timer = setTimeout(end, GAP_MS);
  }

  /** @returns whether it was a code, so that nothing else comes of it */
  function end() {
    clearTimeout(timer);
    if (!burst) return false;
    const { text, at } = burst;
    const wasHeld = isHeld;
    burst = null;
    isHeld = false;
    const code = whole(last, text, began);
    last = { text: code || text, at, before: code ? last.before : before };
    if (isScan(last.text)) {
      restore(last.before);
      scanned(last.text);
      return true;
    }
    if (wasHeld) takeUp(meant(text));
    return false;
  }

  function takeUp({ method, amount: text }) {
    if (method) choose(method);
    if (!text) return;
    amount.value = text;
    amount.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
