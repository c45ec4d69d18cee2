#!/usr/bin/env node
// Measures the search of a built portal in Chromium: what the first answer loads and takes, and how long answers take
// when everything is there. For docs/performance.md.
//
//   tools/measure-search FOLDER QUERIES [WAY]   the folder of a portal, and a file with a question a line
//
// It serves the folder as Python's http.server does, bytes as they lie on disk, each after WAY milliseconds, as over a
// network; 0 unless said otherwise. CHROMIUM may name another browser.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const { chromium } = createRequire(path.join(here, "../tests/package.json"))("playwright-core");
const [folder, file, way = "0"] = process.argv.slice(2);
if (!folder || !file || !(Number(way) >= 0)) {
  console.error("usage: tools/measure-search FOLDER QUERIES [WAY]");
  process.exit(2);
}
const queries = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
let loaded = [];
const server = http.createServer((request, response) => {
  const name = path.join(folder, path.normalize(decodeURIComponent(new URL(request.url, "http://a").pathname)));
  if (!name.startsWith(path.resolve(folder)) && !name.startsWith(folder) || !fs.existsSync(name)) {
    response.writeHead(404).end();
    return;
  }
  const bytes = fs.readFileSync(name);
  loaded.push([path.basename(name), bytes.length]);
  const type = types[path.extname(name)] || "application/octet-stream";
  setTimeout(() => response.writeHead(200, { "content-type": type }).end(bytes), Number(way));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}/index.html`;
const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args });
const ordered = (list) => list.slice().sort((a, b) => a - b);
const at = (list, share) => ordered(list)[Math.floor((list.length - 1) * share)];

// The first answer, each time in a browser that has nothing yet: from the focus on the box to the hits.
const firsts = [];
for (const query of queries.slice(0, 9)) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForLoadState("networkidle");
  loaded = [];
  const time = await page.evaluate(async (query) => {
    const begun = performance.now();
    document.querySelector("[data-search]").click();
    const wait = async (what) => { for (;;) { const found = what(); if (found) return found; await new Promise((go) => setTimeout(go, 4)); } };
    const box = await wait(() => document.querySelector("#cb-search-box"));
    box.value = query;
    box.dispatchEvent(new Event("input"));
    await wait(() => document.querySelector("#cb-search-list .snippet"));
    return performance.now() - begun;
  }, query);
  const engine = loaded.filter(([name]) => /^engine-/.test(name)).reduce((sum, [, bytes]) => sum + bytes, 0);
  const all = loaded.reduce((sum, [, bytes]) => sum + bytes, 0);
  firsts.push({ time, engine, rest: all - engine, files: loaded.length });
  await context.close();
}
const rests = firsts.map(({ rest }) => rest);
console.log(`first answer: ${at(firsts.map(({ time }) => time), 0.5).toFixed(0)} ms in the middle of ${firsts.length}, ` +
  `${Math.max(...firsts.map(({ time }) => time)).toFixed(0)} ms at most`);
console.log(`loaded for it, engine apart: ${(at(rests, 0.5) / 1e6).toFixed(2)} MB in the middle, ` +
  `${(Math.max(...rests) / 1e6).toFixed(2)} MB at most; the engine ${(firsts[0].engine / 1e6).toFixed(2)} MB`);

// Answers when their pieces are there: the worker is asked by itself, each question twice.
const page = await browser.newPage();
await page.goto(address);
const times = await page.evaluate(async (queries) => {
  const root = new URL("search/", location.href).href;
  const current = await new Promise((resolve) => {
    window.clausebookSearch = { current: resolve, piece() {} };
    const script = document.createElement("script");
    script.src = root + "current.js";
    document.head.appendChild(script);
  });
  const worker = new Worker(root + current.worker);
  const told = () => new Promise((resolve) => { worker.onmessage = (event) => resolve(event.data); });
  worker.postMessage({ kind: "open", current, base: root });
  await told();
  const ask = async (text, number) => {
    const begun = performance.now();
    worker.postMessage({ kind: "ask", number, filters: "", text, limit: 8, today: 20788 });
    const answer = await told();
    if (answer.kind !== "answer") throw new Error(answer.reason);
    return performance.now() - begun;
  };
  for (const [number, text] of queries.entries()) await ask(text, number);
  const times = [];
  for (const [number, text] of queries.entries()) times.push(await ask(text, number));
  return times;
}, queries);
console.log(`${times.length} warm queries: p50 ${at(times, 0.5).toFixed(1)} ms, p95 ${at(times, 0.95).toFixed(1)} ms, ` +
  `slowest ${Math.max(...times).toFixed(1)} ms`);
await browser.close();
server.close();
