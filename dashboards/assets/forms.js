/* Forms that only change the address, without loading the page anew. Without this script they are plain GET forms.

   - <form method="get"> asks for its action with what was chosen; blank choices are left out of the address
   - in <form data-at-once> a changed choice asks at once
   - in <form data-ahead> the slider follows the link of its step: <a data-months="12"> */
(function () {
  "use strict";

  /** Goes where a link would go; navigate.js takes it from there. */
  function follow(address) {
    const link = document.createElement("a");
    link.href = address;
    link.hidden = true;
    document.body.append(link);
    link.click();
    link.remove();
  }

  function send(form) {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (String(value).trim()) query.append(name, value);
    const text = query.toString();
    follow(form.getAttribute("action") + (text ? "?" + text : ""));
  }

  function plain(target) {
    const form = target.closest("form");
    return form && form.getAttribute("method") === "get" && !form.dataset.navigate ? form : null;
  }

  document.addEventListener("submit", (event) => {
    const form = plain(event.target);
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    send(form);
  });

  document.addEventListener("change", (event) => {
    const form = plain(event.target);
    if (!form) return;
    if ("ahead" in form.dataset) {
      const step = form.querySelector('a[data-months="' + Number(event.target.value) + '"]');
      if (step) step.click();
    } else if ("atOnce" in form.dataset && event.target.tagName === "SELECT") send(form);
  });
})();
