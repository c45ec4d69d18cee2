// Runs the search engine, which is WebAssembly: in a worker from a server, in a worker made of this text from disk, or
// on the page itself. The page sends messages and gets messages, wherever it runs.
(function () {
  "use strict";

  // `post` sends a message to the page; `scope` is what fetches files, where files can be fetched.
  /** @type {Clausebook.Host} */
  function host(post, scope) {
    var BETWEEN = "\u001f";
    /** @type {Clausebook.Pieces} */
    var given = {};
    /** @type {Clausebook.Current} */
    var current;
    /** @type {string | null} */
    var base = null;
    // By name: pieces that hold the same bytes are one file.
    /** @type {{ [name: string]: Uint8Array }} */
    var held = {};
    /** @type {Clausebook.Engine} */
    var wasm;
    /** @type {string | null} */
    var missing = null;
    // The pieces that the engine asked for and that are not there.
    /** @type {Set<string>} */
    var wanted = new Set();
    // What is wrong with a piece that came.
    /** @type {unknown} */
    var fault = null;

    /** @param {string} text */
    function bytesOf(text) {
      if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
      var plain = atob(text);
      var bytes = new Uint8Array(plain.length);
      for (var i = 0; i < plain.length; i += 1) bytes[i] = plain.charCodeAt(i);
      return bytes;
    }

    /** @param {string} name @returns {never} */
    function miss(name) {
      missing = name;
      throw new Error("cannot load " + name);
    }

    // What a script holds is read from its text: `clausebookSearch.piece("name","coding","base64");`.
    /** @param {string} name @returns {Promise<void>} */
    async function load(name) {
      try {
        var response = await /** @type {Clausebook.Scope} */ (scope).fetch(base + name);
        var text = response.ok ? await response.text() : "";
        var told = JSON.parse("[" + text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")) + "]");
        if (told[0] !== name) throw new Error("it is another");
        given[name] = { coding: told[1], text: told[2] };
      } catch (error) {
        miss(name);
      }
    }

    /** @param {string} name */
    function taken(name) {
      var piece = given[name] || miss(name);
      delete given[name];
      return { coding: piece.coding, bytes: bytesOf(piece.text) };
    }

    /** @param {string} name */
    async function unpacked(name) {
      if (!given[name] && base !== null && scope) await load(name);
      var piece = taken(name);
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

    /** @param {Clausebook.Current["pieces"][number]} piece @param {Uint8Array} bytes */
    function hold(piece, bytes) {
      if (!isWhole(bytes, piece[2], piece[3])) throw new Error(piece[0] + " is damaged");
      held[piece[0]] = bytes;
    }

    // Where files can be fetched the engine reads ahead, so that what it needs is wanted all at once.
    function areAfar() {
      return base === null ? 0 : 1;
    }

    // True when all pieces up to a byte are there; what is not is wanted.
    /** @param {number} index @param {number} end */
    function isThere(index, end) {
      var there = true;
      for (; index < current.pieces.length && current.pieces[index][1] < end; index += 1) {
        var name = current.pieces[index][0];
        if (held[name] || given[name]) continue;
        wanted.add(name);
        there = false;
      }
      return there;
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
        if (base !== null && !isThere(low, at + length)) return 0;
        for (var index = low; length > 0; index += 1) {
          var piece = pieces[index];
          if (!held[piece[0]]) hold(piece, taken(piece[0]).bytes);
          var from = at - piece[1];
          var part = held[piece[0]].subarray(from, from + length);
          new Uint8Array(wasm.memory.buffer, into, part.length).set(part);
          at += part.length;
          into += part.length;
          length -= part.length;
        }
        return 1;
      } catch (error) {
        fault = error;
        return 0;
      }
    }

    // The engine works with what is there. What was not is fetched, all at once, and the engine begins anew.
    /** @param {() => number} work @returns {Promise<void>} */
    async function done(work) {
      for (;;) {
        wanted.clear();
        fault = null;
        if (work()) return;
        if (fault) throw fault;
        if (!wanted.size) throw new Error(answer());
        await Promise.all(Array.from(wanted, load));
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
      var first = current.pieces.filter(function (piece) { return piece[4]; });
      var [engine] = await Promise.all([unpacked(current.engine), Promise.all(first.map(async function (piece) {
        hold(piece, await unpacked(piece[0]));
      }))]);
      var made = await WebAssembly.instantiate(engine, { portal: { read: read, are_afar: areAfar } });
      wasm = /** @type {any} */ (made.instance.exports);
      await done(function () {
        put(current.contents);
        return wasm.open();
      });
    }

    /** @param {Extract<Clausebook.ToEngine, { kind: "ask" }>} message */
    async function ask(message) {
      await done(function () {
        put(message.filters + BETWEEN + message.text);
        return wasm.ask(message.today, current.due_soon, message.limit);
      });
      return answer();
    }

    // One question after the other: what is fetched for one is not taken for what another lacks.
    /** @type {Promise<void>} */
    var last = Promise.resolve();
    return function (message) {
      /** @param {any} error */
      function failed(error) {
        post({ kind: "failed", number: message.number, reason: String(error && error.message || error), missing: missing });
      }
      last = last.then(async function () {
        if (message.kind === "open") {
          await open(message);
          post({ kind: "ready" });
        } else {
          post({ kind: "answer", number: message.number, json: await ask(message) });
        }
      }).catch(failed);
    };
  }

  if (typeof document === "undefined") {
    var receive = host(function (message) { self.postMessage(message); }, /** @type {any} */ (self));
    self.onmessage = function (event) { receive(event.data); };
  } else {
    window.clausebookSearch.host = host;
  }
}());
