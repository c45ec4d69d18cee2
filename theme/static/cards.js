// Cards for links to documents and terms, and the reader's role. Without it every link leads where it says, and each role
// has its page.
(function () {
  "use strict";
  if (!window.clausebook) return;
  const { say, make, sign, button, each, load, recall, keep, tell, grey } = window.clausebook;
  const html = document.documentElement;

  const card = make("div", "hover-card");
  card.id = "cb-card";
  let timer = 0;
  /** @type {HTMLAnchorElement | null} */
  let shown = null;
  /** @type {HTMLAnchorElement | null} */
  let next = null;
  let touch = false;

  /** @param {HTMLAnchorElement} link */
  function cardOf(link) {
    const cards = /** @type {HTMLTemplateElement | null} */ (document.getElementById("cb-cards"));
    return cards && Array.from(cards.content.children).find((card) => card.getAttribute("data-for") === link.getAttribute("href"));
  }

  /** The link with a card that an event is about. @param {Event} event */
  function linkOf(event) {
    /** @type {HTMLAnchorElement | null} */
    const link = /** @type {Element} */ (event.target).closest("a.term, .body a[href]");
    return link && (link.matches(".term") || cardOf(link)) ? link : null;
  }

  /** @param {HTMLAnchorElement} link */
  async function parts(link) {
    const told = cardOf(link);
    if (told) return Array.from(told.cloneNode(true).childNodes);
    if (!window.clausebookTerms) await load("assets/terms.js");
    const [term, meaning] = window.clausebookTerms[decodeURIComponent(link.hash.slice(1))];
    return [make("strong", "", term), make("span", "", meaning)];
  }

  function hide() {
    clearTimeout(timer);
    if (shown) shown.removeAttribute("aria-describedby");
    card.remove();
    shown = next = null;
  }

  /** @param {HTMLAnchorElement} link @param {number} wait */
  function want(link, wait) {
    clearTimeout(timer);
    next = link;
    timer = setTimeout(async () => {
      if (link === shown) return;
      // What has no card after all, because it could not be loaded, is a link as any other.
      const told = await parts(link).catch(() => { if (touch) link.click(); });
      if (!told || link !== next) return;
      hide();
      shown = next = link;
      card.replaceChildren(...told);
      card.setAttribute("role", "tooltip");
      link.setAttribute("aria-describedby", card.id);
      if (touch) {
        const open = make("a", "", say("open"));
        open.href = link.href;
        tell(String(card.textContent));
        card.append(open);
        card.removeAttribute("role");
      }
      each("main", (main) => main.append(card));
      grey();
      place();
    }, wait);
  }

  // Below the last line of the link where there is more room, else above its first.
  function place() {
    const lines = shown ? shown.getClientRects() : [];
    if (!lines.length) return;
    const [first, last] = [lines[0], lines[lines.length - 1]];
    const { style } = card;
    style.left = style.top = style.maxHeight = "";
    const from = card.getBoundingClientRect();
    const room = window.innerHeight - last.bottom;
    const below = room > from.height + 8 || room > first.top;
    style.maxHeight = (below ? room : first.top) - 12 + "px";
    style.left = Math.max(8, Math.min((below ? last : first).left, html.clientWidth - from.width - 8)) - from.left + "px";
    style.top = (below ? last.bottom + 4 : first.top - card.offsetHeight - 4) - from.top + "px";
  }

  // It stays while the pointer is over it or its link, and while its link has the focus.
  function settle() {
    if (shown && !shown.matches(":hover, :focus-visible") && !card.matches(":hover")) hide();
  }

  // At once, and also what is still to come: it would lie over what the reader is at now.
  /** @param {HTMLAnchorElement | null} link @param {Event} event */
  function leave(link, event) {
    if ((!link || link !== shown) && !card.contains(/** @type {Node} */ (event.target))) hide();
  }

  document.addEventListener("pointerover", (event) => {
    const link = linkOf(event);
    if (event.pointerType === "touch" || link && link.contains(/** @type {Node | null} */ (event.relatedTarget))) return;
    if (link) return want(link, 300);
    clearTimeout(timer);
    timer = setTimeout(settle, 200);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    leave(link, event);
    if (link && link.matches(":focus-visible")) want(link, 0);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("scrollend", place);

  // A finger cannot point: its first tap shows the card, the second one follows the link.
  document.addEventListener("pointerdown", (event) => {
    touch = event.pointerType === "touch";
    leave(linkOf(event), event);
  });
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (!touch || !link || link === next || !event.detail) return;
    event.preventDefault();
    want(link, 0);
  });

  const { roles } = window.clausebookWords;

  function role() {
    const id = recall("role") || "";
    if (Object.keys(roles).includes(id)) return id;
    if (id) {
      ["role", "mine"].forEach((what) => keep(what));
      html.style.removeProperty("--mine");
    }
    return "";
  }

  /** @param {string} href @param {string} text */
  function link(href, text) {
    const made = make("a", "", text);
    made.href = html.dataset.root + href;
    return made;
  }

  /** @param {string} kind @param {State} state */
  function mark(kind, state) {
    const made = make("span", kind, state.text);
    if (state.until) made.dataset.until = state.until;
    return made;
  }

  /** @param {RoleTold} told */
  function lists(told) {
    const groups = told.groups.map((group) => make("div", "", make("h4", "", group.title), make("ul", "list", ...group.lines.map((line) => {
      const to = line.document;
      const item = make("li", "", to.href ? link(to.href, to.title) : to.title, " ");
      if (to.mark) item.append(mark("mark", to.mark), " ");
      if (line.state) {
        const badge = mark("badge " + line.state.kind, line.state);
        badge.prepend(sign(line.state.kind));
        item.append(badge, " ");
      }
      if (line.date) {
        const day = make("time", "count", line.date.text);
        day.dateTime = line.date.iso;
        item.append(day);
      }
      return item;
    })), ...(group.count > group.lines.length ? [make("p", "further", link(group.href, say("more", { n: group.count })))] : [])));
    return [...(groups.length ? groups : [make("p", "none", say("role_nothing"))]), make("p", "further", link(told.href, say("role_all")))];
  }

  function mine() {
    const id = role();
    each("[data-my-role]", (/** @type {HTMLAnchorElement} */ found) => {
      const text = id && say("my_role", { role: roles[id] });
      if (found.title === text) return;
      // Longer words would move the menu of every page.
      found.title = text;
      found.href = html.dataset.root + "roles/" + (id || "index") + ".html";
    });
    each("[data-role]", (found) => {
      const own = found.dataset.role;
      if (!found.firstChild) {
        found.append(button("button", "", () => {
          const chosen = role() !== own;
          keep("role", chosen ? own : "");
          keep("mine", "");
          mine();
          // A browser that keeps nothing has none chosen.
          tell(say(role() ? "my_role" : "no_role", { role: roles[own || ""] }));
        }), make("p", "hint", say("role_kept")));
      }
      const text = say(id === own ? "forget_role" : "choose_role");
      each("[data-role] button", (made) => { if (made.textContent !== text) made.textContent = text; });
    });
    each("[data-my-role-list]", async (list) => {
      if (list.dataset.myRoleList === id) return;
      // What was told of another role gives way to the page as it was.
      if (list.dataset.myRoleList) return location.reload();
      list.dataset.myRoleList = id;
      await load("roles/" + id + ".js");
      list.replaceChildren(...lists(window.clausebookRole));
      grey();
      // So that the place is there when the page comes again (early.js), and no larger than it is.
      html.style.removeProperty("--mine");
      const room = list.offsetHeight + "px";
      html.style.setProperty("--mine", room);
      keep("mine", room);
    });
  }

  mine();
  document.addEventListener("clausebook:changed", hide);
  document.addEventListener("clausebook:changed", mine);
  window.addEventListener("pageshow", mine);
  window.addEventListener("storage", mine);
}());
