// Measures the face of our portal: see tools/measure-face.

import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { CATEGORIES, LATE, LEAST, WATCH_SHIFTS, judge, launch, shifts } from "../tests/face/measure.mjs";
import { MEASURED, browse, build, kilobytes, scripts, serve, sheets, sum } from "../tests/face/portal.mjs";
import { PROGRAM, ROOT } from "../tests/support.mjs";
import { reader, rest } from "./paint.mjs";

const PAINTS = 20;

const site = build();
const server = await serve(site);

function table(head, rows) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => String(row[column]).length)));
  const line = (row) => row.map((cell, column) => (column ? String(cell).padStart(widths[column]) : String(cell).padEnd(widths[column]))).join("  ");
  console.log([head, ...rows].map(line).join("\n") + "\n");
}

// ---- Lighthouse -----------------------------------------------------------------------------------------------------

const rows = [];
const taken = [];
let low = false;
for (const form of ["mobile", "desktop"]) {
  for (const [called, address] of Object.entries(MEASURED)) {
    const chrome = await launch();
    const { scores, short, shift } = await judge(chrome, server.base + address, form).finally(() => chrome.kill());
    rows.push([`${called}, ${form}`, ...Object.keys(CATEGORIES).map((id) => scores[id]), shift.toFixed(3)]);
    for (const [id, score] of Object.entries(scores)) {
      low ||= score < LEAST;
      if (score < LEAST || score < 100 && id !== "performance") {
        taken.push(`${score < LEAST ? "FAILED  " : ""}${called}, ${form}: ${CATEGORIES[id]} ${score}: ${short[id].join("; ")}`);
      }
    }
  }
}
console.log(`Lighthouse, of 100, at least ${LEAST}`);
table(["", ...Object.values(CATEGORIES), "layout shift"], rows);
if (taken.length) console.log(`What takes away:\n${taken.join("\n")}\n`);

// ---- First paint ----------------------------------------------------------------------------------------------------

/** A page beside the document: what the browser and this machine take for themselves. */
function beside(name, text) {
  const address = path.posix.join(path.posix.dirname(MEASURED.document), name);
  fs.writeFileSync(path.join(site, address), text);
  return address;
}
const document_ = fs.readFileSync(path.join(site, MEASURED.document), "utf8");
const bare = beside("bare.html", document_.replace(/<link[^>]*stylesheet[^>]*>|<script[^>]*src=[^>]*><\/script>/g, ""));
const empty = beside("empty.html", "<!doctype html><title>Empty</title><h1>Empty</h1>");

/** Starts `clausebook serve`, and returns where its pages are. */
async function author() {
  const serving = spawn(PROGRAM, ["serve", "--root", ROOT, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  let told = "";
  for await (const text of serving.stdout.setEncoding("utf8")) {
    told += text;
    const base = /http:\S+/.exec(told)?.[0];
    if (base) return { base, close: () => serving.kill() };
  }
  throw new Error(`clausebook serve names no address: ${told}`);
}

const authored = await author();
const watched = await reader();
const paints = {
  "while a new window opens": [],
  "in a new window that has nothing yet": [],
  "from another page of the portal": [],
  "the same, as serve shows it": [],
  "the same without style and script": [],
  "a page of one word": [],
};
const [opening, anew, onward, served, unstyled, word] = Object.values(paints);
// The first turn starts the browser, and is not counted.
for (let turn = 0; turn <= PAINTS; turn += 1) {
  const other = await watched.window();
  opening[turn] = await other.paint(server.base + MEASURED.document);
  await other.close();
  const window = await watched.window();
  // A window that opens keeps the browser at work for a while; so does one that closes.
  await rest(1_000);
  anew[turn] = await window.paint(server.base + MEASURED.document);
  const ways = [
    [onward, server.base, MEASURED.document], [served, authored.base, MEASURED.document],
    [unstyled, server.base, bare], [word, server.base, empty],
  ];
  for (const [times, base, address] of ways) {
    await window.paint(base + MEASURED.home);
    await rest(1_000);
    times[turn] = await window.paint(base + address);
  }
  await window.close();
}
await watched.close();
authored.close();
console.log(`A document in local Chromium, from the request, of ${PAINTS} times; the aim is a first paint below 100 ms`);
table(["", "first paint", "slowest", "with contents", "slowest"], Object.entries(paints).map(([where, list]) => {
  const times = ["first-paint", "first-contentful-paint"].flatMap((name) => {
    const sorted = list.slice(1).map((time) => time[name]).sort((x, y) => x - y);
    return [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  });
  return [where, ...times.map((time) => `${time.toFixed(0)} ms`)];
}));

// ---- What moves by itself -------------------------------------------------------------------------------------------

const browser = await browse();
const held = await serve(site, { late: LATE });
const moved = [];
for (const [called, address] of Object.entries(MEASURED)) {
  const row = [called];
  for (const { base } of [server, held]) {
    for (const width of [390, 1440]) {
      const context = await browser.newContext({ viewport: { width, height: 900 } });
      await context.addInitScript(WATCH_SHIFTS);
      const { sum: all } = await shifts(await context.newPage(), base + address);
      await context.close();
      row.push(all.toFixed(4));
    }
  }
  moved.push(row);
}
await browser.close();
await held.close();
console.log("What moves by itself while a page is loaded and read to its end, by the width of the window");
table(["", "390", "1440", `390, scripts ${LATE} ms late`, `1440, scripts ${LATE} ms late`], moved);

// ---- Bytes ----------------------------------------------------------------------------------------------------------

console.log(`Style sheets together, as they lie: ${kilobytes(sum(sheets(site)))}`);
table(["", "HTML as it lies", "scripts compressed"], Object.entries(MEASURED).map(([called, name]) => {
  const text = fs.readFileSync(path.join(site, name), "utf8");
  return [called, kilobytes(Buffer.byteLength(text)), kilobytes(sum(scripts(site, { name, text })))];
}));

await server.close();
process.exit(low ? 1 : 0);
