// Puts on what the reader chose, before anything is painted: the only script that a page waits for.
(function () {
  "use strict";
  try {
    const theme = localStorage.getItem("clausebook-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    // What is searched for is on its way, and what stands below does not move when it comes.
    if (/[?&]q=[^&]/.test(location.search)) document.documentElement.dataset.asked = "";
    // How high the list of the chosen role was: what stands below does not move when it comes.
    document.documentElement.style.setProperty("--mine", localStorage.getItem("clausebook-mine"));
  } catch (error) { /* a browser that keeps nothing shows what the system asks for */ }
}());
