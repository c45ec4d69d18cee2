// What every page does beyond being read: states past their day, appearance, contents that follow the reader, links to
// copy, keys. Everything can be read without it. It lends the scripts behind it what they share. When a page was changed
// in place the event "clausebook:changed" says so: each script looks again, and what it did already stays.
(function () {
  "use strict";
  const html = document.documentElement;
  const now = new Date();
  const today = [now.getFullYear(), ("0" + (now.getMonth() + 1)).slice(-2), ("0" + now.getDate()).slice(-2)].join("-");

  /** @type {Portal} */
  const portal = window.clausebook = {
    say(key, values) {
      return (window.clausebookWords[key] || key).replace(/\{(\w+)\}/g, (whole, name) => String(values ? values[name] : whole));
    },
    make(name, kind, ...parts) {
      const element = document.createElement(name);
      if (kind) element.className = kind;
      element.append(...parts);
      return element;
    },
    button(kind, text, act) {
      const button = make("button", "", text);
      button.type = "button";
      if (kind) button.className = kind;
      button.addEventListener("click", act);
      return button;
    },
    sign(kind) {
      const text = window.clausebookWords.icons[kind];
      return text ? document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true) : "";
    },
    each(selector, visit) { document.querySelectorAll(selector).forEach(/** @type {any} */ (visit)); },
    load(path) {
      return new Promise((resolve, reject) => {
        const script = make("script");
        script.src = html.dataset.root + path;
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      });
    },
    recall(name) {
      try { return localStorage.getItem("clausebook-" + name); } catch (error) { return null; }
    },
    keep(name, value) {
      try {
        if (value) localStorage.setItem("clausebook-" + name, value); else localStorage.removeItem("clausebook-" + name);
      } catch (error) { /* it lasts as long as the page */ }
    },
    tell(text, seen) {
      each("#cb-said", (said) => {
        said.textContent = "";
        said.className = "unseen";
        // The same words are heard again only when they were gone in between.
        setTimeout(() => {
          said.textContent = text;
          if (seen) said.className = "said";
        }, 60);
      });
    },
    free(event) {
      const { tagName, isContentEditable } = /** @type {HTMLElement} */ (event.target);
      return !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat && !isContentEditable
        && !/^(input|select|textarea)$/i.test(tagName) && !document.querySelector("html[data-keys=off], dialog[open]");
    },
    // Contracts 4: what holds until a day is grey from that day on, by the reader's clock.
    grey() {
      // A demonstration is dated: all of it would be stale.
      if (document.querySelector(".demo")) return;
      each("[data-until]:not(.stale)", (state) => {
        if (today < String(state.dataset.until)) return;
        state.classList.add("stale");
        state.append(make("span", "stale-note", "(" + html.dataset.stale + ")"));
      });
      // What is reckoned from the day of the page holds on that day alone.
      if (today > String(html.dataset.today)) each(".days:not(.stale)", (days) => days.classList.add("stale"));
      each("[data-from]", (banner) => {
        if (today >= String(banner.dataset.from)) banner.hidden = false;
      });
    }
  };
  const { say, make, button, each, recall, keep, tell } = portal;

  const THEMES = ["auto", "light", "dark"];

  /** @param {string | null | undefined} choice */
  function wear(choice) {
    if (choice === "light" || choice === "dark") html.dataset.theme = choice; else delete html.dataset.theme;
    const name = say("theme_" + (html.dataset.theme || "auto"));
    each("[data-theme-switch]", (found) => {
      if (found.title === name) return;
      found.hidden = false;
      found.title = name;
      each("[data-theme-switch] span", (text) => { text.textContent = name; });
    });
    return name;
  }

  // The section whose heading is above a third of the window is read. However far the page jumps, some heading comes to
  // that side or leaves it, and the observer tells.
  const observer = new IntersectionObserver(follow, { rootMargin: "1000000px 0px -66% 0px" });

  function follow() {
    const atEnd = window.scrollY && html.scrollHeight - window.innerHeight - window.scrollY < 2;
    /** @type {HTMLAnchorElement[]} */
    const links = Array.from(document.querySelectorAll("#cb-contents a"));
    const read = links.filter((link) => {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      // The last ones never come so high: at the end of the page the one that was gone to counts.
      return heading && heading.getBoundingClientRect().top < window.innerHeight / (atEnd && link.hash === location.hash ? 1 : 3);
    }).pop();
    links.forEach((link) => {
      if (link !== read) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) link.setAttribute("aria-current", "true");
    });
    if (read) show(read, "#cb-contents");
  }

  /**
   * Brings a link into sight within the box that scrolls: scrollIntoView would move the page as well.
   * @param {Element} link
   * @param {string} within
   */
  function show(link, within) {
    for (let box = link.parentElement; box && box.closest(within); box = box.parentElement) {
      const at = link.getBoundingClientRect();
      const frame = box.getBoundingClientRect();
      const end = Math.min(frame.bottom, window.innerHeight);
      box.scrollTop += Math.min(0, at.top - at.height - frame.top) || Math.max(0, at.bottom + at.height - end);
    }
  }

  // A drawer that the focus leaves would lie over what has it then. Closed before a dialog opens it gives the focus back to
  // its button, and so does the dialog.
  /** @param {Element} [target] */
  function shut(target) {
    if (!CSS.supports("selector(:popover-open)")) return;
    each(":popover-open", (drawer) => {
      if (!target || !drawer.contains(target) && !target.matches("[popovertarget=" + drawer.id + "]")) drawer.hidePopover();
    });
  }

  // Each key, what it is for, and what it presses.
  const KEYS = [["/", "search"], ["Ctrl+K", "search"], ["n", "next", "nav.turn .on a"], ["p", "previous", "nav.turn .back a"],
    ["h", "home", ".top .site"], ["?", "help", "[data-shortcuts]"], ["Esc", "close"]];

  function help() {
    shut();
    const box = make("input");
    box.type = "checkbox";
    box.checked = html.dataset.keys !== "off";
    box.addEventListener("change", () => keep("keys", html.dataset.keys = box.checked ? "on" : "off"));
    const lines = KEYS.map(([key, word]) => make("div", "", make("dt", "", make("kbd", "", key.replace("Ctrl", /Mac|iP/.test(navigator.platform) ? "⌘" : say("ctrl")))), make("dd", "", say("key_" + word))));
    const dialog = make("dialog", "shortcuts", make("h2", "", say("shortcuts")), make("dl", "", ...lines),
      make("label", "", box, say("keys_on")), make("p", "hint", say("keys_hint")), button("plain", say("close"), () => dialog.close()));
    dialog.setAttribute("aria-label", say("shortcuts"));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  /** @param {string} text */
  function copy(text) {
    const done = () => tell(say("copied"), true);
    // Where it is refused nothing was copied, and nothing is said.
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text).then(done, () => {});
      return;
    }
    // A server without https has but the old way.
    document.addEventListener("copy", (event) => {
      if (event.clipboardData) event.clipboardData.setData("text/plain", text);
      event.preventDefault();
    }, { once: true });
    if (document.execCommand("copy")) done();
  }

  // The search is loaded when it is first wanted: by a key, a press, the focus, or a page that shows what was found.
  /** @type {Promise<unknown> | null} */
  let found = null;

  function search() {
    found = found || portal.load("assets/search-engine.js").then(() => portal.load("assets/search.js"));
    return found;
  }

  // What is typed until the box is there goes into it; null when nobody waits for the box.
  /** @type {string | null} */
  let typed = null;

  function taken() {
    const text = typed || "";
    typed = null;
    return text;
  }

  function ask() {
    shut();
    typed = typed || "";
    search().then(() => window.clausebookSearch.open(taken)).catch(() => {
      const text = taken();
      location.href = html.dataset.root + "search.html" + (text && "?q=" + encodeURIComponent(text));
    });
  }

  document.addEventListener("focusin", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.matches("[data-search]")) search().then(() => window.clausebookSearch.loading.begin()).catch(() => {});
    shut(target);
    // A browser leaves what it sees a part of where it is: at the edge of a wide table, under its head.
    if (target.closest(".table") && target.matches(":focus-visible:not(.table)")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (typed !== null && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing
      && !target.closest("input, select, textarea")) {
      typed += event.key;
      event.preventDefault();
      return;
    }
    const letter = (/^k$/i.test(event.key) || event.code === "KeyK" && event.key > "\u024f") && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (letter || event.key === "/" && portal.free(event)) {
      event.preventDefault();
      ask();
    }
    if (!portal.free(event)) return;
    KEYS.forEach(([key, , leads]) => { if (key === event.key.toLowerCase() && leads) each(leads, (link) => link.click()); });
  });

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-theme-switch]")) {
      tell(wear(THEMES[(THEMES.indexOf(html.dataset.theme || "auto") + 1) % 3]), true);
      keep("theme", html.dataset.theme);
    }
    if (target.closest("[data-shortcuts]")) help();
    if (target.closest("[data-search], [data-search-too]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      ask();
    }
    /** @type {HTMLAnchorElement | null} */
    const link = target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Without what was searched or filtered: that is the reader's own.
    if (link.matches(".anchor")) copy(location.href.split(/[?#]/)[0] + link.hash);
    /** @type {HTMLElement | null} */
    const drawer = link.closest("[popover]");
    if (drawer) drawer.hidePopover();
  });

  function look() {
    portal.grey();
    wear(html.dataset.theme);
    each("[data-shortcuts][hidden]", (found) => { found.hidden = false; });
    observer.disconnect();
    each(".body :is(h2, h3, h4, h5, h6), #cb-after", (heading) => observer.observe(heading));
    // Behind the first frame: nobody waits for it.
    requestAnimationFrame(() => setTimeout(() => each(".side [aria-current]", (here) => show(here, ".side"))));
  }

  // What was chosen in another tab, or on the page that the reader comes back from.
  function remember() {
    wear(recall("theme"));
    html.dataset.keys = recall("keys") || "on";
  }

  // What is printed is all of the page, light, whatever the screen shows: its pictures are fetched when all else is there.
  function paper() {
    each("img[loading=lazy]:not(.on-dark)", (/** @type {HTMLImageElement} */ picture) => { picture.loading = "eager"; });
  }

  look();
  remember();
  if (document.getElementById("cb-results") || /[?&]highlight=/.test(location.search)) search().catch(() => html.removeAttribute("data-asked"));
  document.addEventListener("clausebook:changed", look);
  document.addEventListener("clausebook:changed", paper);
  document.addEventListener("scrollend", follow);
  document.addEventListener("toggle", follow, true);
  window.addEventListener("hashchange", follow);
  window.addEventListener("pageshow", remember);
  window.addEventListener("pageshow", paper);
  window.addEventListener("storage", remember);
}());
