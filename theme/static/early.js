// Puts on what the reader chose, before anything is painted: the only script that a page waits for.
(function () {
  "use strict";
  const chosen = document.documentElement.dataset;
  try {
    const theme = localStorage.getItem("clausebook-theme");
    if (theme === "light" || theme === "dark") chosen.theme = theme;
    chosen.keys = localStorage.getItem("clausebook-keys") || "on";
  } catch (error) { /* a browser that keeps nothing shows what the system asks for */ }
}());
