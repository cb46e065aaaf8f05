// The places of the page that the till draws into or listens to, by the name after "data-".
export function partsOf(root) {
  const parts = {};
  for (const element of root.querySelectorAll("*")) {
    for (const [name, value] of Object.entries(element.dataset)) {
      if (value === "") parts[name] = element;
    }
  }
  return parts;
}

/** A button with words on it, in lists that the script makes. */
export function button(className, value, ...words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.value = value;
  made.append(...words);
  return made;
}

export function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}
