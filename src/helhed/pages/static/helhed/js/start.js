// Wakes the design system, and tells the style sheet that scripts run. Everything works without this file.
(function () {
  "use strict";
  document.documentElement.classList.add("hel-scripted");

  // The timeline begins where today is, not ten years ago.
  function scrolled(scope) {
    scope.querySelectorAll("[data-scroll-to]").forEach(function (box) {
      box.scrollLeft = Number(box.dataset.scrollTo) - box.clientWidth / 2;
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    if (window.DKFDS) window.DKFDS.init();
    scrolled(document);
    document.body.addEventListener("click", function (event) {
      const button = event.target.closest("[data-open]");
      if (button) document.getElementById(button.dataset.open).showModal();
    });
    document.body.addEventListener("change", function (event) {
      if (event.target.matches("select[data-send]")) event.target.form.requestSubmit();
    });
    // What htmx puts in place: the date pickers listen on the document already and only have to be dressed.
    document.body.addEventListener("htmx:load", function (event) {
      if (window.DKFDS) window.DKFDS.datePicker.init(event.detail.elt);
      scrolled(event.detail.elt);
    });
  });
})();
