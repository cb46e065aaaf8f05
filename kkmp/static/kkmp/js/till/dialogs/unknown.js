// A code that no product has: search for the goods by name, or note it for whoever keeps the list.
import { isCode } from "../rules/codes.js";
import { fill } from "../rules/numbers.js";
import { soundWrong } from "../panes/sound.js";
import { post } from "../store/server.js";

export function unknownDialog(till) {
  const { parts, words, setup } = till;

  async function note(code, remark) {
    const response = await post(setup.addresses.unknown, { code, note: remark }, till.context);
    if (response?.ok) return till.toast(fill(words.noted, { code }), "success");
    const answer = await response?.json().catch(() => null);
    till.toast(answer?.message ?? fill(words.notNoted, { code }));
  }

  return function open(code) {
    const text = fill(words.unknownCode, { code });
    soundWrong();
    till.ask(
      { ...parts.askUnknown.dataset, text },
      (remark) => {
        // A scanner goes on while nobody looks: what it typed here is the next of the goods.
        if (isCode(remark)) setTimeout(() => till.goodsPane.read(remark.trim()), 0);
        else note(code, remark);
        return "";
      },
      () => till.goodsPane.searchFor(""),
    );
  };
}
