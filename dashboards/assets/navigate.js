/* Moving between views without loading the page anew. Without this script every link still works, as a link.

   - the store "address" asks Dash for a page; what comes back is shown in #page by orchestrator.showPage

   - a click on a link of our own sets the address; Dash then asks for the page
   - <form data-navigate="PAGE"> goes to that page of the mission that its field "mission" names; a changed choice
     goes at once, a typed day on Enter or "Show"
   - [data-copy-link] copies the address of the view
   - the event page:go {address} goes to an address, as a link does; [data-view-address] is the shorter address of the
     view that has come, which takes the place of the one that was asked for
   - a body picked on the ring map is written into the address without asking for the page again
   After a change of page the heading is focused, so that a reader hears where it is; after a pick the heading of what
   was picked; whatever has [data-arrive], such as an error, before all; else the focus stays where it was.
   For tests      data-ready on <html> once Dash brings the pages. */
(function () {
  "use strict";

  let ready = false; // Dash has mounted its stores; until then a link is just a link
  let filling = false; // the page fills in by itself: whoever reads it stays where they are
  let waiting = null; // the address with a body that was picked before that

  let at = location.pathname + location.search; // the address of what is shown

  function go(address) {
    const url = new URL(address, location.href);
    const here = url.pathname === location.pathname && url.search === location.search;
    if (here && !document.querySelector("[data-working]")) return;
    if (!ready) { location.assign(url.href); return; }
    history.pushState({}, "", url.pathname + url.search);
    at = url.pathname + url.search;
    filling = false;
    ask();
  }

  function ask() {
    document.body.setAttribute("aria-busy", "true");
    window.dash_clientside.set_props("address", { data: location.pathname + location.search });
  }

  /* What the page waited for is there (working.js). */
  document.addEventListener("page:again", () => {
    if (!ready) { location.reload(); return; }
    filling = true;
    ask();
  });

  document.addEventListener("page:go", (event) => go(event.detail.address));

  /** The address of the view becomes another one without asking for the page again. */
  function rename(address) {
    history.replaceState(history.state, "", address);
    at = location.pathname + location.search;
  }

  window.addEventListener("popstate", () => {
    if (at === location.pathname + location.search) return; // a link to a part of this page: what is typed stays
    at = location.pathname + location.search;
    if (ready) ask(); else location.reload();
  });

  const dashFunctions = window.dash_clientside = window.dash_clientside || {};
  dashFunctions.orchestrator = {
    /** Shows the page that came. The server escapes all that comes from data, and the content policy runs no script. */
    showPage(content) {
      if (!ready) mounted();
      if (content) {
        const focused = placeOf(document.activeElement);
        document.getElementById("page").innerHTML = content;
        document.body.removeAttribute("aria-busy");
        arrived(focused);
      }
      return dashFunctions.no_update;
    },
    showPanel(content) {
      const parts = document.createElement("template");
      parts.innerHTML = content || "";
      for (const part of parts.content.querySelectorAll("[data-room]")) {
        document.getElementById(part.dataset.room)?.replaceChildren(...part.childNodes);
      }
      return dashFunctions.no_update;
    },
  };

  function mounted() {
    ready = true;
    document.documentElement.dataset.ready = "true";
    if (waiting) setTimeout(() => window.dash_clientside.set_props("picked", { data: waiting }));
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
    if (chosen.get("pack")) query.set("pack", chosen.get("pack"));
    const on = String(chosen.get("on") || "").trim();
    if (on && on !== form.dataset.today) query.set("on", on);
    if (chosen.get("level") && chosen.get("level") !== "2") query.set("level", chosen.get("level"));
    keepChanges(query, chosen.get("mission"));
    const text = query.toString();
    go("/mission/" + encodeURIComponent(chosen.get("mission")) + (page ? "/" + page : "") + (text ? "?" + text : ""));
  }

  /** Another day or level of the same mission keeps the list of changes that the address holds. */
  function keepChanges(query, mission) {
    const changes = new URLSearchParams(location.search).get("changes");
    const path = document.querySelector("main[data-path]")?.dataset.path;
    if (changes && path === "scenario/" + mission) query.set("changes", changes);
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
    rename(url.pathname + url.search);
    if (ready) window.dash_clientside.set_props("picked", { data: url.pathname + url.search });
    else waiting = url.pathname + url.search;
  });

  /** A filter of the map is a choice of the view: it goes into the address, and the page stays. */
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-ring-filter-sector], [data-ring-only]") || event.target.tagName !== "SELECT") return;
    const url = new URL(location.href);
    if (event.target.value) url.searchParams.set(event.target.name, event.target.value);
    else url.searchParams.delete(event.target.name);
    rename(url.pathname + url.search);
  });

  /* ---- after a page has come ---- */

  let shown = null;
  let headline = null;
  let picked = null;

  /** How to find an element again in a page that was made anew: what selects it, and which of several it is. */
  function placeOf(element) {
    if (!element || element === document.body) return null;
    const address = element.getAttribute("href");
    const selector = element.id ? "#" + CSS.escape(element.id) : address ? 'a[href="' + CSS.escape(address) + '"]' : "";
    return selector ? { selector, at: [...document.querySelectorAll(selector)].indexOf(element) } : null;
  }

  function found(place) {
    return place ? document.querySelectorAll(place.selector)[place.at] : null;
  }

  function arrived(focused) {
    const main = document.querySelector("main[data-title]");
    if (!main) return;
    if (document.title !== main.dataset.title) document.title = main.dataset.title;
    const path = main.dataset.path;
    const shorter = main.querySelector("[data-view-address]");
    if (shorter) rename(shorter.dataset.viewAddress);
    const first = main.querySelector("[data-arrive]");
    const heading = document.getElementById("page-title");
    if (filling) {
      found(focused)?.focus({ preventScroll: true });
      if (heading && heading.textContent !== headline) announce(heading.textContent);
    } else if (first && (shown === path || first.getAttribute("role") === "alert")) {
      first.focus();
    } else if (shown !== null && shown !== path) {
      window.scrollTo(0, 0);
      if (heading) heading.focus({ preventScroll: true });
    } else if (shown !== null) {
      const panel = document.getElementById("picked-need");
      const before = found(focused);
      if (panel && picked !== choice()) panel.focus();
      else if (before) before.focus({ preventScroll: true });
      else heading?.focus();
    }
    filling = false;
    headline = heading?.textContent;
    shown = path;
    picked = choice();
  }

  /** The cell or place that the address picks. */
  function choice() {
    const query = new URLSearchParams(location.search);
    return query.get("capability") + "|" + query.get("place");
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => arrived()); else arrived();
})();
