// Puts on what the reader chose, before anything is painted: the only script that a page waits for.
(function () {
  "use strict";
  try {
    const theme = localStorage.getItem("clausebook-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (error) { /* a browser that keeps nothing shows what the system asks for */ }
}());
