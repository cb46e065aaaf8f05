// One question with one answer. `keep` gets the text and answers with what is wrong with it, or "".
export function askDialog(parts) {
  const { askDialog: dialog, askInput: input, askError: error } = parts;
  let keep = () => "";
  let leave = null;

  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = keep(input.value);
    error.hidden = !wrong;
    error.textContent = wrong;
    if (wrong) input.focus();
    else dialog.close();
  });
  parts.askNo.addEventListener("click", () => dialog.close());
  parts.askOther.addEventListener("click", () => {
    dialog.close();
    leave?.();
  });

  return function ask({ title, text, label, yes, other = "", value = "", digits = false, noAnswer = false, most = "" }, then, otherwise = null) {
    keep = then;
    leave = otherwise;
    parts.askTitle.textContent = title;
    parts.askText.textContent = text ?? "";
    parts.askLabel.textContent = label;
    parts.askYes.textContent = yes;
    parts.askOther.hidden = !other;
    parts.askOther.textContent = other;
    for (const place of [input, parts.askLabel]) place.hidden = Boolean(noAnswer);
    input.maxLength = Number(most) || 200;
    input.value = value;
    input.inputMode = digits ? "numeric" : "text";
    error.hidden = true;
    dialog.showModal();
    if (noAnswer) return parts.askNo.focus();
    input.focus();
    input.select();
  };
}
