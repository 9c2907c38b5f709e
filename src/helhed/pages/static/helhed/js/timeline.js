// Under the picture: the sentence of the spell that is pointed at or focused. The same words are in the table.
(function () {
  "use strict";
  function read(event) {
    const spell = event.target.closest ? event.target.closest("[data-reading]") : null;
    if (!spell) return;
    const line = document.querySelector("[data-reading-line]");
    if (line) line.textContent = spell.getAttribute("aria-label");
  }
  document.addEventListener("mouseover", read);
  document.addEventListener("focusin", read);
})();
