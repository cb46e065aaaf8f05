// Choosing the member: by the card's QR code, number, name or phone. The answer holds no more.
import { meant } from "../rules/members.js";
import { card } from "../rules/codes.js";
import { fill } from "../rules/numbers.js";
import { button, element } from "../panes/parts.js";
import { get } from "../store/server.js";

const PAUSE_MS = 250;

export function memberDialog(till) {
  const { parts, words, setup } = till;
  let timer, asked = 0;

  parts.memberSearch.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE_MS);
  });
  parts.memberSearch.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    enter();
  });
  parts.people.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (chosen) choose(JSON.parse(chosen.value));
  });
  parts.memberCamera.addEventListener("click", () => {
    parts.memberDialog.close();
    till.openCamera((text) => {
      till.goodsPane.read(text);
      if (card(text)) parts.cameraDialog.close();
    });
  });

  function choose(member) {
    if (member.leaving) return tell(member.leaving);
    till.chooseMember(member);
    parts.memberDialog.close();
  }

  /** A scanned card, or the one member who is meant; of several the cashier chooses. */
  async function enter() {
    clearTimeout(timer);
    const text = parts.memberSearch.value;
    if (card(text)) {
      parts.memberDialog.close();
      return till.scanned(text);
    }
    const found = await search();
    if (!found) return;
    const only = meant(found, text);
    if (only) choose(only);
    else if (found.length) tell(words.chooseOne);
  }

  /** @returns those found, or null where another question or no answer came in between */
  async function search() {
    const text = parts.memberSearch.value.trim();
    const mine = (asked += 1);
    if (!text || card(text)) {
      show([], "");
      return null;
    }
    if (!parts.people.childElementCount) show([], words.searching);
    try {
      const { members } = await get(setup.addresses.members, { q: text });
      // Answers may overtake each other; only the latest question counts.
      if (mine !== asked) return null;
      show(members, members.length ? "" : words.nobody);
      return members;
    } catch {
      if (mine === asked) show([], words.unreachable);
      return null;
    }
  }

  function show(members, note) {
    parts.people.replaceChildren(...members.map(person));
    tell(note);
  }

  function tell(text) {
    parts.peopleNote.hidden = !text;
    parts.peopleNote.textContent = text;
  }

  function person(member) {
    const item = document.createElement("li");
    const number = element("span", fill(words.memberNumber, member));
    item.append(button("till-person", JSON.stringify(member), element("strong", member.name), number));
    return item;
  }

  return function open() {
    parts.memberSearch.value = "";
    show([], "");
    parts.memberDialog.showModal();
    parts.memberSearch.focus();
  };
}
