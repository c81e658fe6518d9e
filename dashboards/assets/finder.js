/* Finding an organisation by name: <form data-ring-find> with a search field and an empty list of options.
   As one types, the first few names of the map's bodies are offered; arrow keys go through them and light them up on the map,
   Enter selects, Escape closes. Without a name chosen the form is sent, and the server looks in the whole register.
   Works with 50,000 names: they are folded once, then one pass a keystroke. */
(function () {
  "use strict";

  const MOST = 8;
  const PLAIN = /^[\x20-\x7e]*$/;
  const folded = new WeakMap();

  /** A name as it is compared: small letters without accents. */
  function fold(words) {
    if (PLAIN.test(words)) return words.toLowerCase();
    return words.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en-GB");
  }

  function names(picture) {
    if (!folded.has(picture)) folded.set(picture, Array.from({ length: picture.items }, (_, item) => fold(picture.name(item))));
    return folded.get(picture);
  }

  /** Items whose name holds the words: those that begin with them first, then those where a word does, then the others. */
  function found(picture, asked) {
    const wanted = fold(asked.trim());
    const ranks = [[], [], []];
    if (!wanted) return [];
    const all = names(picture);
    for (let item = 0; item < all.length && ranks[0].length < MOST; item++) {
      const at = all[item].indexOf(wanted);
      if (at < 0) continue;
      const rank = at === 0 ? 0 : all[item].includes(" " + wanted) ? 1 : 2;
      if (ranks[rank].length < MOST) ranks[rank].push(item);
    }
    return ranks.flat().slice(0, MOST);
  }

  function parts(form) {
    const field = form.querySelector("input[type=search]");
    return { form, field, list: form.querySelector("[role=listbox]") };
  }

  function upgrade(form) {
    const { field, list } = parts(form);
    if (field.hasAttribute("role")) return;
    const words = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    Object.entries(words).forEach(([name, word]) => field.setAttribute(name, word));
  }

  function close({ field, list }) {
    list.hidden = true;
    list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function option(picture, item, at) {
    const line = document.createElement("li");
    Object.assign(line, { id: "find-option-" + at, className: "app-find__option" });
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.dataset.item = item;
    const name = document.createElement("span");
    name.textContent = picture.name(item);
    name.dir = "auto";
    const detail = document.createElement("span");
    detail.className = "app-list__detail";
    detail.textContent = picture.sectorLabel(item);
    line.append(name, detail);
    return line;
  }

  function offer(form) {
    const at = parts(form);
    const ring = window.ringmap.first();
    if (!ring || !at.field.value.trim()) return close(at);
    const items = found(ring.picture, at.field.value);
    at.list.replaceChildren(...items.map((item, k) => option(ring.picture, item, k)));
    if (!items.length) at.list.append(nobody());
    at.list.hidden = false;
    at.field.setAttribute("aria-expanded", "true");
    at.field.removeAttribute("aria-activedescendant");
    const room = document.getElementById("announcement");
    if (room) room.textContent = items.length ? items.length + (items.length === MOST ? " or more" : "") + " found." : "Nobody in the mission.";
  }

  function nobody() {
    const line = document.createElement("li");
    line.className = "app-find__nobody";
    line.setAttribute("role", "option");
    line.setAttribute("aria-disabled", "true");
    line.setAttribute("aria-selected", "false");
    line.textContent = "Nobody in this mission. Press Enter to look in the whole register.";
    return line;
  }

  function move(form, by) {
    const { field, list } = parts(form);
    const lines = [...list.querySelectorAll("[data-item]")];
    if (!lines.length) return;
    const here = lines.findIndex((line) => line.getAttribute("aria-selected") === "true");
    const next = (here + by + lines.length + (here < 0 && by < 0 ? 1 : 0)) % lines.length;
    lines.forEach((line, k) => line.setAttribute("aria-selected", String(k === next)));
    field.setAttribute("aria-activedescendant", lines[next].id);
    lines[next].scrollIntoView({ block: "nearest" });
    window.ringmap.first()?.point(Number(lines[next].dataset.item));
  }

  function choose(form, line) {
    const at = parts(form);
    const ring = window.ringmap.first();
    const item = Number(line.dataset.item);
    at.field.value = ring.picture.name(item);
    close(at);
    ring.select(ring.picture.pickOf[item], true);
  }

  function key(event, form) {
    const at = parts(form);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (at.list.hidden) offer(form);
      move(form, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !at.list.hidden) {
      close(at);
      window.ringmap.first()?.point(-1);
    } else if (event.key === "Enter") {
      const chosen = at.list.querySelector("[data-item][aria-selected=true]") || only(at.list);
      if (!chosen) return;
      choose(form, chosen);
    } else return;
    event.preventDefault();
  }

  /** The one name that is offered, where there is just one. */
  function only(list) {
    const lines = list.querySelectorAll("[data-item]");
    return lines.length === 1 ? lines[0] : null;
  }

  const formOf = (event) => event.target.closest && event.target.closest("form[data-ring-find]");

  document.addEventListener("focusin", (event) => {
    const form = formOf(event);
    if (!form || event.target.type !== "search") return;
    upgrade(form);
    setTimeout(() => { // fold the names while the first letter is still on its way
      const ring = window.ringmap.first();
      if (ring) names(ring.picture);
    });
  });
  document.addEventListener("input", (event) => {
    const form = formOf(event);
    if (form) { upgrade(form); offer(form); }
  });
  document.addEventListener("keydown", (event) => {
    const form = formOf(event);
    if (form && event.target.type === "search") key(event, form);
  });
  document.addEventListener("pointerdown", (event) => {
    const line = event.target.closest && event.target.closest(".app-find__option");
    if (line) { event.preventDefault(); choose(line.closest("form"), line); }
  });
  document.addEventListener("focusout", (event) => {
    const form = formOf(event);
    if (form) close(parts(form));
  });
})();
