// The portal of our documents as the tests of its face see it: built once, its pages by kind, served as it lies.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import zlib from "node:zlib";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { ROOT, run, temporary } from "../support.mjs";

const SOURCES = fileURLToPath(new URL("../../src/render", import.meta.url));

/** Builds the portal as it is published, as of its own day, and returns its folder. */
export function build() {
  const folder = temporary("portal");
  run("build", "--root", ROOT, "--output", folder, "--quiet");
  return folder;
}

/** The kinds of pages that the program makes: each is named where its shell is made. */
export function kinds() {
  const sources = fs.readdirSync(SOURCES).filter((name) => name.endsWith(".rs"));
  const text = sources.map((name) => fs.readFileSync(path.join(SOURCES, name), "utf8")).join("\n");
  return [...new Set(Array.from(text.matchAll(/\.shell\(\s*"([a-z-]+)"/g), ([, kind]) => kind))].sort();
}

/**
 * Every page below a folder, by its kind: the class `page-…` of its body. What leads to another page has none, and is of
 * the kind `redirect`.
 */
export function pages(folder) {
  const files = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
  const byKind = new Map();
  for (const name of files) {
    const text = fs.readFileSync(path.join(folder, name), "utf8");
    const kind = /<body [^>]*class="(?:[^"]* )?page-([a-z-]+)/.exec(text)?.[1]
      || (/<meta http-equiv="refresh"/.test(text) ? "redirect" : "unknown");
    byKind.set(kind, [...byKind.get(kind) || [], { name, text }]);
  }
  return byKind;
}

/** Every style sheet of a portal, with its bytes. */
export function sheets(folder) {
  const assets = path.join(folder, "assets");
  return fs.readdirSync(assets, { recursive: true }).filter((name) => name.endsWith(".css"))
    .map((name) => ({ name, bytes: fs.statSync(path.join(assets, name)).size }));
}

/** The scripts that a page names, the search engine apart, with their bytes when a server compresses them. */
export function scripts(folder, { name, text }) {
  const sources = Array.from(text.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g), ([, source]) => source);
  // The page for addresses that are not there names whole paths.
  return sources.map((source) => path.join(source.startsWith("/") ? "." : path.dirname(name), source))
    .filter((script) => !script.startsWith("search/"))
    .map((script) => {
      const file = path.join(folder, script);
      // A script that is not there has no size, and fails every bound.
      return { name: script, bytes: fs.existsSync(file) ? zlib.gzipSync(fs.readFileSync(file)).length : NaN };
    });
}

export const sum = (list) => list.reduce((all, { bytes }) => all + bytes, 0);
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** The five pages that are measured, by what they are called. */
export const MEASURED = {
  home: "index.html",
  document: "documents/incident-management-process.html",
  clause: "clauses/8.6.1.html",
  matrix: "clauses/matrix.html",
  register: "documents/index.html",
};

const TYPES = {
  css: "text/css", html: "text/html", js: "text/javascript", json: "application/json", png: "image/png",
  svg: "image/svg+xml", txt: "text/plain; charset=utf-8", xml: "application/xml",
};

/**
 * Serves a folder as a plain server does: bytes as they lie, with the time when they were written, so that a browser need
 * not ask again for what it has just got. `late` is for how long scripts are held back, in milliseconds: then nothing is kept.
 */
export async function serve(folder, { late = 0 } = {}) {
  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://server");
    const file = path.join(folder, decodeURIComponent(pathname));
    if (late && file.endsWith(".js")) await new Promise((rest) => setTimeout(rest, late));
    const found = await Promise.all([fs.promises.readFile(file), fs.promises.stat(file)]).catch(() => null);
    const headers = { "Content-Type": TYPES[path.extname(file).slice(1)] || "application/octet-stream" };
    if (found) headers[late ? "Cache-Control" : "Last-Modified"] = late ? "no-store" : found[1].mtime.toUTCString();
    if (found && !late && request.headers["if-modified-since"] === headers["Last-Modified"]) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(found ? 200 : 404, headers).end(found ? found[0] : "");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    base: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
  };
}

/** Starts a browser for what is no test, with further switches. */
export function browse(...switches) {
  const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", ...switches];
  return chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args });
}
