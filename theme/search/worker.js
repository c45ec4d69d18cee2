// Runs the search engine, which is WebAssembly: in a worker from a server, in a worker made of this text from disk, or
// on the page itself. The page sends messages and gets messages, wherever it runs.
(function () {
  "use strict";

  // `post` sends a message to the page; `scope` is where scripts put their pieces when they are imported.
  /** @type {Clausebook.Host} */
  function host(post, scope) {
    var BETWEEN = "\u001f";
    /** @type {Clausebook.Pieces} */
    var given = {};
    /** @type {Clausebook.Current} */
    var current;
    /** @type {string | null} */
    var base = null;
    /** @type {Uint8Array[]} */
    var held = [];
    /** @type {Clausebook.Engine} */
    var wasm;
    /** @type {string | null} */
    var missing = null;

    /** @type {Clausebook.Search["piece"]} */
    function take(name, coding, text) { given[name] = { coding: coding, text: text }; }
    if (scope) scope.clausebookSearch = { piece: take };

    /** @param {string} text */
    function bytesOf(text) {
      if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
      var plain = atob(text);
      var bytes = new Uint8Array(plain.length);
      for (var i = 0; i < plain.length; i += 1) bytes[i] = plain.charCodeAt(i);
      return bytes;
    }

    // What a script held: it was given by the page, or is imported now, which from a server works at once.
    /** @param {string} name */
    function fetched(name) {
      if (!given[name] && base !== null && scope) {
        try {
          scope.importScripts(base + name);
        } catch (error) {
          missing = name;
          throw new Error("cannot load " + name);
        }
      }
      if (!given[name]) {
        missing = name;
        throw new Error("cannot load " + name);
      }
      var piece = given[name];
      delete given[name];
      return { coding: piece.coding, bytes: bytesOf(piece.text) };
    }

    /** @param {string} name */
    async function unpacked(name) {
      var piece = fetched(name);
      if (piece.coding !== "gzip") return piece.bytes;
      var stream = new Blob([piece.bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    }

    // Adler-32: what a cache or a disk damaged is noticed.
    /** @param {Uint8Array} bytes @param {number} length @param {number} sum */
    function isWhole(bytes, length, sum) {
      if (bytes.length !== length) return false;
      var a = 1;
      var b = 0;
      for (var i = 0; i < bytes.length;) {
        for (var end = Math.min(i + 3800, bytes.length); i < end; i += 1) {
          a += bytes[i];
          b += a;
        }
        a %= 65521;
        b %= 65521;
      }
      return ((b << 16 | a) >>> 0) === sum;
    }

    /** @param {number} index @param {Uint8Array} bytes */
    function hold(index, bytes) {
      var piece = current.pieces[index];
      if (!isWhole(bytes, piece[2], piece[3])) throw new Error(piece[0] + " is damaged");
      held[index] = bytes;
    }

    // Several pieces that are read at once are imported at once: they come side by side.
    /** @param {number} index @param {number} end */
    function fetchTogether(index, end) {
      var names = [];
      for (; index < current.pieces.length && current.pieces[index][1] < end; index += 1) {
        var name = current.pieces[index][0];
        if (!held[index] && !given[name]) names.push(base + name);
      }
      if (base === null || !scope || names.length < 2) return;
      try {
        scope.importScripts.apply(scope, names);
      } catch (error) { /* which of them it is shows when each is imported by itself */ }
    }

    // The engine asks for bytes of the packed index.
    /** @param {number} at @param {number} length @param {number} into */
    function read(at, length, into) {
      try {
        var pieces = current.pieces;
        var low = 0;
        var high = pieces.length - 1;
        while (low < high) {
          var middle = (low + high + 1) >> 1;
          if (pieces[middle][1] <= at) low = middle; else high = middle - 1;
        }
        fetchTogether(low, at + length);
        for (var index = low; length > 0; index += 1) {
          if (!held[index]) hold(index, fetched(pieces[index][0]).bytes);
          var from = at - pieces[index][1];
          var part = held[index].subarray(from, from + length);
          new Uint8Array(wasm.memory.buffer, into, part.length).set(part);
          at += part.length;
          into += part.length;
          length -= part.length;
        }
        return 1;
      } catch (error) {
        return 0;
      }
    }

    /** @param {string} text */
    function put(text) {
      var bytes = new TextEncoder().encode(text);
      var at = wasm.reserve(bytes.length);
      new Uint8Array(wasm.memory.buffer, at, bytes.length).set(bytes);
    }

    function answer() {
      var bytes = new Uint8Array(wasm.memory.buffer, wasm.answer_at(), wasm.answer_length());
      return new TextDecoder().decode(bytes);
    }

    /** @param {Extract<Clausebook.ToEngine, { kind: "open" }>} message */
    async function open(message) {
      current = message.current;
      base = message.base;
      Object.assign(given, message.given);
      var engine = await unpacked(current.engine);
      for (var index = 0; index < current.pieces.length; index += 1) {
        if (current.pieces[index][4]) hold(index, await unpacked(current.pieces[index][0]));
      }
      var made = await WebAssembly.instantiate(engine, { portal: { read: read } });
      wasm = /** @type {any} */ (made.instance.exports);
      put(current.contents);
      if (!wasm.open()) throw new Error(answer());
    }

    /** @param {Extract<Clausebook.ToEngine, { kind: "ask" }>} message */
    function ask(message) {
      put(message.filters + BETWEEN + message.text);
      if (!wasm.ask(message.today, current.due_soon, message.limit)) throw new Error(answer());
      return answer();
    }

    return function (message) {
      /** @param {any} error */
      function failed(error) {
        post({ kind: "failed", number: message.number, reason: String(error && error.message || error), missing: missing });
      }
      if (message.kind === "open") {
        open(message).then(function () { post({ kind: "ready" }); }, failed);
        return;
      }
      try {
        post({ kind: "answer", number: message.number, json: ask(message) });
      } catch (error) {
        failed(error);
      }
    };
  }

  if (typeof document === "undefined") {
    var receive = host(function (message) { self.postMessage(message); }, /** @type {any} */ (self));
    self.onmessage = function (event) { receive(event.data); };
  } else {
    window.clausebookSearch.host = host;
  }
}());
