/* Ring map: how a page uses it. Nothing here needs eval or inline script, so a strict content policy holds.

   The map        <div data-ring-map data-address="/….json" data-selected="ID or blank" data-selection-store="store id" tabindex="0">
                  is mounted whenever it appears in the page. A change of data-address loads anew, of data-selected selects.
   A selection    sends the bubbling event `ringmap:select` with detail {organisation_id} (null: nothing selected) and, where
                  data-selection-store names a store and Dash is there, sets that store's `data`. A missing partner nobody is
                  known for has the id "missing:LETTER".
   The lists      any element with data-ring-pick="ID" selects on click (again: clears). While its body is selected, a button
                  has aria-pressed="true", any other element aria-current="true".
   The filter     data-ring-filter-sector="SECTOR" on a checkbox or a button that is pressed, or data-ring-filter-sector
                  without a value on a <select> whose options are sectors. The sectors chosen stay, all others are dimmed;
                  none chosen: nothing is dimmed. The same from the server: data-sectors="SECTOR|SECTOR" on the map.
                  data-ring-only on a <select>: with any value but a blank one, whoever is not relied on is dimmed too.
   A second map   data-ring-still on it: lists and filters leave it alone; what is selected on it is selected on the others.
   For search     window.ringmap.first(): the ring of the first map that is none such, with `picture`, `point` and `select`.
   The glide      data-ring-to="/….json" beside data-address gives the map a second picture: data-address is "before", data-ring-to
                  "after". "Before" is painted first; once "after" has come the dots glide to it (data-ring-begin="before": they
                  wait). data-ring-shows on the map says which of the two is shown. <button data-ring-glide="before|after"> glides
                  there and has aria-pressed; so does the event `ringmap:glide` with detail {to: "before"|"after"}, dispatched on
                  the map. The map sends `ringmap:gliding` {to, ms} when dots set off (ms: how long it takes, 0 where nothing
                  moves: reduced motion, over 6,000 bodies), so that figures can count along, and `ringmap:glided` {to} at rest.
                  Without data-ring-to a change of data-address alone glides as well.
   For tests      data-ring-ready="true" and performance mark "ringmap:painted" after each first paint of new data. */
(function () {
  "use strict";

  const map = window.ringmap = window.ringmap || {};
  const mounted = new Map();

  function mount(host) {
    if (mounted.has(host)) return;
    const ring = new map.RingMap(host);
    mounted.set(host, ring);
    ring.sectors = chosenSectors(host);
    ring.only = onlyReliedOn(host);
    ring.wanted = host.dataset.selected || "";
    ring.load(host.dataset.address, host.dataset.ringTo);
  }

  function sweep() {
    for (const [host, ring] of mounted) {
      if (host.isConnected) continue;
      ring.remove();
      mounted.delete(host);
    }
    document.querySelectorAll("[data-ring-map]").forEach(mount);
    refreshPicks();
  }

  /* ---- telling the page ---- */

  function tell(host, id) {
    host.dispatchEvent(new CustomEvent("ringmap:select", { bubbles: true, detail: { organisation_id: id } }));
    const store = host.dataset.selectionStore;
    const dash = window.dash_clientside;
    if (store && dash && dash.set_props) dash.set_props(store, { data: id });
  }

  function setAttribute(element, name, value) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  /** Marks the list entries whose body is selected in any map of the page. */
  function refreshPicks() {
    const chosen = new Set([...mounted.values()].map((ring) => ring.wanted).filter(Boolean));
    document.querySelectorAll("[data-ring-pick]").forEach((element) => {
      const state = element.tagName === "BUTTON" ? "aria-pressed" : "aria-current";
      setAttribute(element, state, String(chosen.has(element.dataset.ringPick)));
    });
  }

  function pick(element) {
    const id = element.dataset.ringPick;
    for (const [host, ring] of mounted) {
      if (still(host) || !ring.picture || !ring.picture.itemOf.has(id)) continue;
      ring.select(ring.wanted === id ? "" : id, true);
    }
  }

  /* ---- the filter ---- */

  function chosenBy(element) {
    if (element.tagName === "SELECT") return element.value;
    const on = element.tagName === "BUTTON" ? element.getAttribute("aria-pressed") === "true" : element.checked;
    return on ? element.dataset.ringFilterSector : "";
  }

  const still = (host) => host.hasAttribute("data-ring-still");

  function onlyReliedOn(host) {
    if (still(host)) return false;
    return [...document.querySelectorAll("[data-ring-only]")].some((element) => Boolean(element.value));
  }

  function chosenSectors(host) {
    if (still(host)) return new Set();
    const controls = [...document.querySelectorAll("[data-ring-filter-sector]")].map(chosenBy);
    return new Set(controls.concat((host.dataset.sectors || "").split("|")).filter(Boolean));
  }

  function refilter() {
    mounted.forEach((ring, host) => ring.picture && !still(host) && ring.filter(chosenSectors(host), onlyReliedOn(host)));
  }

  /* ---- listening to the page ---- */

  function changed(host, attribute) {
    const ring = mounted.get(host);
    if (!ring) return;
    if (attribute === "data-address" || attribute === "data-ring-to") ring.load(host.dataset.address, host.dataset.ringTo);
    if (attribute === "data-sectors") ring.filter(chosenSectors(host), onlyReliedOn(host));
    if (attribute === "data-selected" && (host.dataset.selected || "") !== ring.wanted) ring.select(host.dataset.selected, false);
  }

  function observed(records) {
    records.filter((record) => record.type === "attributes").forEach((record) => changed(record.target, record.attributeName));
    const elsewhere = records.some((record) => record.type === "childList" && !record.target.closest?.("[data-ring-map]"));
    if (elsewhere) sweep();
  }

  document.addEventListener("click", (event) => {
    const element = event.target.closest("[data-ring-pick]");
    if (element) pick(element);
    const glide = event.target.closest("button[data-ring-glide]");
    if (glide) mounted.forEach((ring) => map.glide.turn(ring, glide.dataset.ringGlide));
    const filter = event.target.closest("button[data-ring-filter-sector]");
    if (!filter) return;
    filter.setAttribute("aria-pressed", String(filter.getAttribute("aria-pressed") !== "true"));
    refilter();
  });
  document.addEventListener("ringmap:glide", (event) => {
    const ring = mounted.get(event.target);
    if (ring) map.glide.turn(ring, event.detail.to);
  });
  document.addEventListener("change", (event) => event.target.matches("[data-ring-filter-sector], [data-ring-only]") && refilter());
  document.addEventListener("ringmap:select", (event) => { // another map of the page follows
    mounted.forEach((ring, host) => {
      if (host !== event.target && !still(host)) ring.select(event.detail.organisation_id, false);
    });
  });
  window.addEventListener("beforeprint", () => mounted.forEach((ring) => ring.flatten()));
  window.addEventListener("afterprint", () => mounted.forEach((ring) => ring.draw()));

  const first = () => [...mounted].find(([host, ring]) => !still(host) && ring.picture)?.[1] || null;

  Object.assign(map, { first, refreshPicks, tell });
  new MutationObserver(observed).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-address", "data-ring-to", "data-selected", "data-sectors"],
  });
  sweep();
})();
