// Calls a function of one of our modules: one question a line comes in, one answer a line goes out.
import { createInterface } from "node:readline";

const folder = process.argv[2];

for await (const line of createInterface({ input: process.stdin })) {
  let told;
  try {
    const { module, name, args, language } = JSON.parse(line);
    globalThis.document = language && { documentElement: { lang: language } };
    told = { answer: (await import(`${folder}/${module}`))[name](...args) ?? null };
  } catch (error) {
    told = { error: String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
