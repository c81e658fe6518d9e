/* Moving between views without loading the page anew; every link and form works without this script's help too.

   - a click on a link of our own sets the address; Dash then asks for the page
   - <form data-navigate="PAGE"> goes to that page of the mission that its field "mission" names; a changed choice
     goes at once, a typed day on Enter or "Show"
   - [data-copy-link] copies the address of the view
   - a body picked on the ring map is written into the address without asking for the page again
   After a change of page the heading is focused, so that a reader hears where it is. */
(function () {
  "use strict";

  function go(address) {
    const url = new URL(address, location.href);
    if (url.pathname === location.pathname && url.search === location.search) return;
    const dash = window.dash_clientside;
    if (!dash || !dash.set_props) { location.assign(url.href); return; }
    history.pushState({}, "", url.pathname + url.search);
    dash.set_props("address", { pathname: url.pathname, search: url.search });
  }

  function ours(link) {
    return link && link.origin === location.origin && !link.hasAttribute("download") && !link.target &&
      !link.getAttribute("href").startsWith("#");
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const copy = event.target.closest("[data-copy-link]");
    if (copy) { copyLink(copy); return; }
    const link = event.target.closest("a[href]");
    if (!ours(link)) return;
    event.preventDefault();
    go(link.href);
  });

  function send(form) {
    const chosen = new FormData(form);
    const page = form.dataset.navigate;
    const query = new URLSearchParams();
    const on = String(chosen.get("on") || "").trim();
    if (on && on !== today()) query.set("on", on);
    if (chosen.get("level") && chosen.get("level") !== "2") query.set("level", chosen.get("level"));
    const text = query.toString();
    go("/mission/" + encodeURIComponent(chosen.get("mission")) + (page ? "/" + page : "") + (text ? "?" + text : ""));
  }

  function today() {
    const now = new Date();
    const two = (n) => String(n).padStart(2, "0");
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-navigate]");
    if (!form) return;
    event.preventDefault();
    send(form);
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-navigate]");
    if (form && event.target.tagName === "SELECT") send(form);
  });

  function announce(words) {
    const room = document.getElementById("announcement");
    if (room) room.textContent = words;
  }

  function copyLink(button) {
    const said = () => { announce("The link to this view is copied."); button.textContent = "Link copied"; };
    const failed = () => { announce("The link could not be copied; take it from the address bar."); };
    if (!navigator.clipboard) { failed(); return; }
    navigator.clipboard.writeText(location.href).then(said, failed);
  }

  document.addEventListener("ringmap:select", (event) => {
    const url = new URL(location.href);
    const id = event.detail.organisation_id;
    if (id) url.searchParams.set("body", id); else url.searchParams.delete("body");
    history.replaceState(history.state, "", url.pathname + url.search);
  });

  /* ---- after a page has come ---- */

  let shown = null;

  function arrived() {
    const main = document.querySelector("main[data-title]");
    if (!main) return;
    if (document.title !== main.dataset.title) document.title = main.dataset.title;
    const path = main.dataset.path;
    if (shown !== null && shown !== path) {
      window.scrollTo(0, 0);
      const heading = document.getElementById("page-title");
      if (heading) heading.focus({ preventScroll: true });
    }
    shown = path;
  }

  function watch() {
    new MutationObserver(arrived).observe(document.body, { childList: true, subtree: true });
    arrived();
  }
  if (document.body) watch(); else document.addEventListener("DOMContentLoaded", watch);
})();
