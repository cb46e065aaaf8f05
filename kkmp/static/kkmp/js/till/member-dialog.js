// Choosing the member: number, name or phone, as it is typed. The answer holds nothing else.
import { get } from "./server.js";
import { fill } from "./view.js";

const PAUSE_MS = 250;

export function memberDialog(parts, { addresses, words }, choose) {
  let timer, asked = 0;

  parts.memberSearch.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE_MS);
  });
  parts.memberSearch.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const only = parts.people.querySelectorAll("button");
    if (only.length === 1) only[0].click();
  });
  parts.people.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    choose(JSON.parse(button.value));
    parts.memberDialog.close();
  });

  async function search() {
    const text = parts.memberSearch.value.trim();
    const mine = (asked += 1);
    if (!text) return show([], "");
    if (!parts.people.childElementCount) show([], words.searching);
    try {
      const { members } = await get(addresses.members, { q: text });
      // Answers may overtake each other; only the latest question counts.
      if (mine === asked) show(members, members.length ? "" : words.nobody);
    } catch {
      if (mine === asked) show([], words.unreachable);
    }
  }

  function show(members, note) {
    parts.people.replaceChildren(...members.map(person));
    parts.peopleNote.hidden = !note;
    parts.peopleNote.textContent = note;
  }

  function person(member) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "till-person";
    button.value = JSON.stringify(member);
    const name = document.createElement("strong");
    name.textContent = member.name;
    const number = document.createElement("span");
    number.textContent = fill(words.memberNumber, member);
    button.append(name, number);
    item.append(button);
    return item;
  }

  return function open() {
    parts.memberSearch.value = "";
    show([], "");
    parts.memberDialog.showModal();
    parts.memberSearch.focus();
  };
}
