// Some minutes before the log-in runs out: a question. Without an answer the server closes the door by itself.
// The last end of a log-in cannot be put off; then the dialog only says so.
(function () {
  "use strict";
  const LONGEST_WARNING = 5 * 60;
  let timer = null;

  function arm(seconds, last) {
    window.clearTimeout(timer);
    if (!seconds) return;
    const warning = Math.min(LONGEST_WARNING, seconds / 2);
    timer = window.setTimeout(function () {
      document.getElementById("session-idle").hidden = last;
      document.getElementById("session-last").hidden = !last;
      const dialog = document.getElementById("session-dialog");
      if (!dialog.open) dialog.showModal();
      timer = window.setTimeout(function () { window.location.reload(); }, warning * 1000 + 1000);
    }, (seconds - warning) * 1000);
  }

  document.addEventListener("DOMContentLoaded", function () {
    const form = document.getElementById("session-form");
    if (!form) return;
    arm(Number(document.body.dataset.sessionEnds || 0), "sessionLast" in document.body.dataset);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" })
        .then(function (answer) {
          if (answer.redirected || !answer.ok) throw new Error("logged out");
          return answer.json();
        })
        .then(function (left) {
          document.getElementById("session-dialog").close();
          arm(left.seconds, left.last);
        })
        .catch(function () { window.location.reload(); });
    });
  });
})();
