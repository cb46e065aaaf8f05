// Nothing typed is lost: what a form sends stays in this tab until the server says it was saved.
// A session that ends, a cut line, a refusal and the way back: the form comes back filled, and says
// so. NIK, PIN, passwords and files are never kept. It belongs to whom the page was opened for; to
// somebody else it is offered, not filled in.
export const selector = "form[method='post']:not([data-collect]):not([data-no-draft])";

const PREFIX = "kkmp.typed.";
const COOKIE = "kkmp_saved";
const FIELD = "typed_under";
const OWNER = "opened_for";
/** Names of boxes that hold a secret, or a number that names a person to the State. */
const SECRET = /nik|pin|pass|sandi|secret|token|otp|digits|confirmation/i;
const NIK = /\d(?:[\s.-]?\d){15}/;
const KEPT_MS = 12 * 3600 * 1000;

export function bind(form) {
  forgetSaved();
  const owner = form.elements[OWNER]?.value;
  // Where nobody is signed in, the next one at the device may be anybody.
  if (!owner || !boxes(form).length) return;
  form.addEventListener("submit", (event) => sending(event, form, owner), { capture: true });
  form.addEventListener("htmx:afterRequest", forgetSaved);
  window.addEventListener("pageshow", (event) => event.persisted && (forgetSaved(), give(form, owner)));
  give(form, owner);
}

/** What may be kept: boxes that people type in or choose from. */
function boxes(form) {
  return Array.from(form.elements).filter((box) => {
    if (!box.name || !box.matches("input, textarea, select")) return false;
    if (["hidden", "password", "file", "submit", "button", "image", "reset"].includes(box.type)) return false;
    return !SECRET.test(box.name) && !box.matches("[data-private], [autocomplete='one-time-code']");
  });
}

function read(box) {
  if (["checkbox", "radio"].includes(box.type)) return box.checked;
  if (box.multiple) return Array.from(box.selectedOptions, ({ value }) => value);
  return withoutNik(box.value);
}

function withoutNik(text) {
  return NIK.test(text) ? "" : text;
}

/** What the server put into a box. On a slow line people type before this module has come. */
function given(box) {
  if (["checkbox", "radio"].includes(box.type)) return box.defaultChecked;
  if (box.options) return givenOption(box);
  return withoutNik(box.defaultValue);
}

function givenOption(box) {
  const options = Array.from(box.options);
  const marked = options.filter((option) => option.defaultSelected).map(({ value }) => value);
  if (box.multiple) return marked;
  return marked.at(-1) ?? options.find((option) => !option.disabled)?.value ?? "";
}

function write(box, value) {
  if (["checkbox", "radio"].includes(box.type)) box.checked = value;
  else if (box.multiple) for (const option of box.options) option.selected = value.includes(option.value);
  else box.value = value;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// --- Sending -------------------------------------------------------------------------------------

function sending(event, form, owner) {
  if (!navigator.onLine) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const text = document.querySelector("[data-toasts]")?.dataset.offlineLabel;
    document.dispatchEvent(new CustomEvent("kkmp:toast", { detail: { text, level: "error" } }));
    return;
  }
  const all = boxes(form);
  const changed = all.flatMap((box, at) => (same(read(box), given(box)) ? [] : [[box.name, at, read(box)]]));
  const asked = form.elements[FIELD] ?? form.appendChild(hidden());
  asked.value ||= newName();
  // What a form showed goes with it: what somebody else changed meanwhile is then told, not undone.
  const seen = ["seen", "version"].filter((name) => form.elements[name]?.value).map((name) => [name, form.elements[name].value]);
  if (changed.length) keep(asked.value, { owner, form: nameOf(form), at: Date.now(), changed, seen });
}

function hidden() {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = FIELD;
  return field;
}

function newName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The page with its key, and which form of it. */
function nameOf(form) {
  const alike = Array.from(document.querySelectorAll("form[method='post']")).filter(({ action }) => action === form.action);
  return `${location.pathname}${location.search} ${new URL(form.action, document.baseURI).pathname} ${alike.indexOf(form)}`;
}

// --- Giving back ---------------------------------------------------------------------------------

function give(form, owner) {
  // What was refused comes back filled by the server, and is sent again under the same name.
  const refused = document.querySelector("meta[name='kkmp-sent']")?.content;
  if (refused !== undefined) return goOn(form, refused);
  const [name, draft] = latest(nameOf(form)) ?? [];
  if (!draft) return;
  if (draft.owner === owner) fillIn(form, name, draft);
  else note(form, name, "another", () => fillIn(form, name, draft));
}

function goOn(form, name) {
  const target = ({ action }) => new URL(action, document.baseURI).pathname;
  if (name && target(form) === location.pathname) (form.elements[FIELD] ?? form.appendChild(hidden())).value = name;
}

function fillIn(form, name, { changed, seen }) {
  const all = boxes(form);
  for (const [boxName, at, value] of changed) {
    const box = all[at]?.name === boxName ? all[at] : all.find((each) => each.name === boxName);
    if (box) write(box, value);
  }
  for (const [field, value] of seen) if (form.elements[field]) form.elements[field].value = value;
  // The same name once more: where it was saved after all, that is told.
  (form.elements[FIELD] ?? form.appendChild(hidden())).value = name;
  note(form, name, "own", null);
}

function note(form, name, whose, fill) {
  const shape = document.querySelector(`template[data-typed-note='${whose}']`);
  if (!shape) return;
  form.querySelector("[data-typed-shown]")?.remove();
  const shown = shape.content.firstElementChild.cloneNode(true);
  shown.dataset.typedShown = "";
  shown.querySelector("[data-typed-fill]")?.addEventListener("click", fill);
  shown.querySelector("[data-typed-drop]").addEventListener("click", () => {
    forget(name);
    if (!fill) form.reset();
    shown.remove();
  });
  form.prepend(shown);
}

// --- What the tab keeps --------------------------------------------------------------------------

function keep(name, draft) {
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(draft));
  } catch {
    // A full or forbidden store: the page itself still holds everything.
  }
}

function forget(name) {
  try {
    sessionStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept either.
  }
}

function forgetSaved() {
  const saved = new RegExp(`(?:^|; )${COOKIE}=([0-9a-f]+)`).exec(document.cookie)?.[1];
  if (saved) forget(saved);
}

function latest(wanted) {
  let found = null;
  for (const key of keys()) {
    const draft = JSON.parse(sessionStorage.getItem(key));
    if (Date.now() - draft.at > KEPT_MS) sessionStorage.removeItem(key);
    else if (draft.form === wanted && draft.at > (found?.[1].at ?? 0)) found = [key.slice(PREFIX.length), draft];
  }
  return found;
}

function keys() {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}
