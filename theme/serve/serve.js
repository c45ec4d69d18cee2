// What serve adds to pages: it waits for the portal to change and brings the page up to date where it stands. No build
// holds it.
(function () {
  "use strict";
  var script = document.currentScript;
  var page = script.getAttribute("data-page");
  var styles = script.getAttribute("data-styles");
  var scripts = script.getAttribute("data-scripts");
  var tab = String(Math.random()).slice(2) + Date.now().toString(36);
  // None yet: the first answer tells.
  var epoch = 0;
  var waiting = null;
  var retry = null;

  function status(text) { document.documentElement.setAttribute("data-serve", text); }

  // ---- Waiting ------------------------------------------------------------------------------------------------------

  // A hidden tab holds no connection: browsers have six for one host.
  function wait() {
    clearTimeout(retry);
    if (document.hidden || waiting) return;
    var own = waiting = new AbortController();
    fetch("/-/changes/" + epoch + "?tab=" + tab, { cache: "no-store", signal: own.signal }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).then(function (told) {
      if (waiting === own) waiting = null;
      var news = told.epoch !== epoch;
      epoch = told.epoch;
      return news ? update() : null;
    }).then(function () { status("current " + epoch); wait(); }, function () {
      if (waiting === own) waiting = null;
      // A server that is gone may come again.
      if (!own.signal.aborted) {
        status("waiting");
        epoch = 0;
        retry = setTimeout(wait, 1000);
      }
    });
  }

  function stop() {
    if (waiting) waiting.abort();
    waiting = null;
    clearTimeout(retry);
  }

  document.addEventListener("visibilitychange", function () { if (document.hidden) stop(); else wait(); });
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", wait);

  // ---- Bringing up to date ------------------------------------------------------------------------------------------

  function update() {
    return fetch(location.href, { cache: "no-store" }).then(function (answer) { return answer.text(); }).then(function (text) {
      var next = new DOMParser().parseFromString(text, "text/html");
      var told = next.querySelector("script[data-page]");
      if (!told || told.getAttribute("data-scripts") !== scripts) return location.reload();
      if (told.getAttribute("data-styles") !== styles) {
        styles = told.getAttribute("data-styles");
        swapStyles();
      }
      if (told.getAttribute("data-page") === page) return null;
      page = told.getAttribute("data-page");
      // Another kind of page, or one with other parts in its head, is loaded anew.
      if (frame(next) !== frame(document)) return location.reload();
      document.title = next.title;
      attributes(document.documentElement, next.documentElement, ["data-serve"]);
      morph(document.body, next.body);
      enhance();
      return null;
    });
  }

  // What must be the same for a page to be changed in place.
  function frame(from) {
    var head = Array.prototype.map.call(from.head.querySelectorAll("link, meta, script"), function (part) {
      return part.outerHTML.replace(/[?&]serve=\d+/, "").replace(/ data-(page|styles|scripts)="[^"]*"/g, "");
    });
    return from.body.className + "\n" + head.filter(function (part) { return !/data-added/.test(part); }).join("\n");
  }

  function swapStyles() {
    Array.prototype.forEach.call(document.querySelectorAll("link[rel=stylesheet]"), function (old) {
      var fresh = old.cloneNode();
      var url = new URL(old.href);
      url.searchParams.set("serve", Date.now());
      fresh.href = url.pathname + url.search;
      // The old one goes when the new one is there, so that nothing is ever shown bare.
      fresh.onload = fresh.onerror = function () { old.remove(); };
      old.parentNode.insertBefore(fresh, old.nextSibling);
    });
  }

  function attributes(old, next, kept) {
    Array.prototype.slice.call(old.attributes).forEach(function (attribute) {
      if (!next.hasAttribute(attribute.name) && kept.indexOf(attribute.name) < 0) old.removeAttribute(attribute.name);
    });
    Array.prototype.forEach.call(next.attributes, function (attribute) {
      if (old.getAttribute(attribute.name) !== attribute.value) old.setAttribute(attribute.name, attribute.value);
    });
  }

  function alike(a, b) {
    return a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.nodeType !== 1 || (a.id || "") === (b.id || ""));
  }

  // What stays keeps its place in the tree, so that the page does not move and what the reader opened stays open.
  function morph(old, next) {
    if (old.nodeType !== 1) {
      if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
      return;
    }
    if (old.isEqualNode(next)) return;
    attributes(old, next, old.nodeName === "DETAILS" ? ["open"] : []);
    var from = Array.prototype.slice.call(old.childNodes);
    var to = Array.prototype.slice.call(next.childNodes);
    var at = 0;
    to.forEach(function (child) {
      // The next of those that are left that is like it; what stands before it is gone.
      var found = -1;
      for (var i = at; i < from.length && i < at + 20; i += 1) {
        if (from[i].isEqualNode(child)) { found = i; break; }
      }
      if (found < 0 && at < from.length && alike(from[at], child)) found = at;
      if (found < 0) {
        old.insertBefore(document.importNode(child, true), from[at] || null);
        return;
      }
      for (; at < found; at += 1) from[at].remove();
      morph(from[at], child);
      at += 1;
    });
    for (; at < from.length; at += 1) from[at].remove();
  }

  // The portal's own script makes tables sortable and greys what is past its day: it runs once more on what is new.
  function enhance() {
    Array.prototype.forEach.call(document.querySelectorAll("script[src$='/portal.js']"), function (known) {
      var again = document.createElement("script");
      again.src = known.src;
      again.setAttribute("data-added", "");
      again.onload = function () { again.remove(); };
      document.head.appendChild(again);
    });
  }

  wait();
}());
