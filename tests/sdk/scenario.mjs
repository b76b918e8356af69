// What does an app do with a provider's SDK of Node? As scenario.py: it sends what it is told,
// line by line, and tells what it got.
//     node --require guard.cjs scenario.mjs NAME ENVIRONMENT

import { createRequire } from "node:module";
import fs from "node:fs";
import readline from "node:readline";

const [name, environment] = process.argv.slice(2);
const require = createRequire(`${environment}/package.json`);
const { connect, read } = await import(`./scenarios/${name}.mjs`);
const tell = (answer) => fs.writeSync(1, `${JSON.stringify(answer)}\n`);
console.log = console.error;

function plain(value) {
  const seen = new WeakSet();
  const text = JSON.stringify(value ?? null, (key, inner) => {
    if (key.startsWith("_") || typeof inner === "function") return undefined;
    if (typeof inner === "object" && inner !== null) {
      if (seen.has(inner)) return undefined;
      seen.add(inner);
    }
    return inner;
  });
  return JSON.parse(text);
}

function raised(error) {
  let told = {};
  try {
    told = plain(read(error));
  } catch {
    // What has no status or code tells none.
  }
  const kind = error?.constructor?.name ?? typeof error;
  return { raised: kind, text: String(error?.message ?? error).slice(0, 2000), ...told };
}

let calls;
for await (const line of readline.createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (calls === undefined) {
    calls = connect(require, asked);
    continue;
  }
  try {
    tell({ returned: plain(await calls[asked.call](asked.with ?? {})) });
  } catch (error) {
    tell(raised(error));
  }
}
process.exit(0);
