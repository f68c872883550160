"use strict";
// Before the first paint: the theme that was chosen last, so that no page flashes in the other one.
try {
  const chosen = localStorage.getItem("changeover-theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch { /* a browser may refuse storage: the system's choice stands */ }
