// Asks the server what covers payments by credit, savings and vouchers, to show it before the sale
// is sent. Whether a payment is covered is decided by the server when it sells.
import { tidy } from "../rules/codes.js";
import { fill, formatRupiah } from "../rules/numbers.js";
import { coverKey } from "../rules/paying.js";
import { get } from "./server.js";

const PAUSE_MS = 400;
const SHORTEST_CODE = 6;

export class CoverLookup {
  constructor(till) {
    this.till = till;
    this.asked = 0;
    /** The latest answers {most, text}, by the names of `coverKey`. */
    this.known = {};
  }

  /** @returns a sentence about the member's credit; empty without an answer */
  async ofMember(member) {
    const { words, setup } = this.till;
    const account = await this.latest(setup.addresses.credit.replace(setup.addresses.placeholder, member.id));
    if (!account) return "";
    const told = {
      free: formatRupiah(account.free_idr),
      limit: formatRupiah(account.limit_idr),
      days: account.due_days,
      late: formatRupiah(account.overdue_idr),
    };
    const text = !account.limit_idr ? words.creditNone : account.is_stopped ? words.creditStopped : words.creditFree;
    const said = fill(text, told);
    this.known[coverKey("credit", member.id)] = { most: account.is_stopped ? 0 : account.free_idr, text: said };
    return account.overdue_idr && !account.is_stopped ? `${said} ${fill(words.creditLate, told)}` : said;
  }

  /** @returns why the member cannot pay from savings; empty if nothing is known against it */
  async ofPin(member) {
    const { words, setup } = this.till;
    const pin = await this.latest(setup.addresses.pin.replace(setup.addresses.placeholder, member.id));
    if (!pin || (pin.has_pin && !pin.is_blocked)) return "";
    return fill(pin.has_pin ? words.pinBlocked : words.pinNone, { name: member.name });
  }

  /** @returns {left, text}: rupiah left on the voucher, null if unknown; and a sentence about it */
  async ofVoucher(text) {
    const { words, setup } = this.till;
    const code = tidy(text);
    if (code.length < SHORTEST_CODE) return { left: null, text: "" };
    const voucher = await this.latest(`${setup.addresses.vouchers}${encodeURIComponent(code)}/`, PAUSE_MS);
    if (voucher === undefined) return this.keep(code, 0, fill(words.voucherUnknown, { code }), null);
    if (!voucher) return { left: null, text: "" };
    const until = new Date(`${voucher.valid_until}T00:00:00Z`).toLocaleDateString(
      setup.language,
      { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" },
    );
    const told = fill(words.voucherLeft, { left: formatRupiah(voucher.left_idr), until });
    return this.keep(code, voucher.left_idr, told, voucher.left_idr);
  }

  keep(code, most, text, left) {
    this.known[coverKey("voucher", code)] = { most, text };
    return { left, text };
  }

  /** The answer to the latest question, null to earlier ones and failures, undefined to a 404. */
  async latest(address, pause = 0) {
    const mine = (this.asked += 1);
    if (pause) await new Promise((done) => setTimeout(done, pause));
    if (mine !== this.asked) return null;
    try {
      const answer = await get(address, { cooperative: this.till.setup.cooperative });
      return mine === this.asked ? answer : null;
    } catch ({ status }) {
      return status === 404 && mine === this.asked ? undefined : null;
    }
  }
}
