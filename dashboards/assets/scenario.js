/* The what-if page and its forms. Without this script every form still works, as a form, and every figure is there.

   <form data-view-form>       is sent without loading the page anew: its fields become an address, blank ones left out
   <input data-names="ADDRESS" list="ID">
                               fills its list of suggestions from ADDRESS with &q= and what was typed
   [data-count-from][data-count-to]
                               counts along while the dots of a map glide (see ringmap.js: ringmap:gliding {to, ms}) */
(function () {
  "use strict";

  const WAIT = 120; // milliseconds after a key before names are looked for
  let later = 0;
  let asked = null;

  /* ---- forms that lead to a view ---- */

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-view-form]");
    if (!form) return;
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (String(value).trim()) query.append(name, value);
    }
    if (query.get("level") === "2") query.delete("level");
    document.dispatchEvent(new CustomEvent("page:go", { detail: { address: form.getAttribute("action") + "?" + query } }));
  });

  /* ---- looking for a name ---- */

  async function suggest(field) {
    if (asked) asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(field.dataset.names + "&q=" + encodeURIComponent(field.value.slice(0, 200)), {
        signal: asked.signal, credentials: "same-origin",
      });
      if (!answer.ok) return;
      const found = await answer.json();
      const list = document.getElementById(field.getAttribute("list"));
      if (!list) return;
      list.replaceChildren(...found.map(([value, words]) => new Option(words, value)));
      list.dataset.names = String(found.length);
    } catch (problem) {
      if (problem.name !== "AbortError") throw problem;
    }
  }

  document.addEventListener("input", (event) => {
    const field = event.target.closest("input[data-names]");
    if (!field) return;
    clearTimeout(later);
    later = setTimeout(() => suggest(field), WAIT);
  });

  /* ---- figures that count along ---- */

  const number = (text) => Number(text.replace(/,/g, ""));

  function count(figure, to, ms) {
    const ends = [figure.dataset.countFrom, figure.dataset.countTo];
    const [from, goal] = to === "after" ? ends : ends.reverse();
    const [one, other] = [number(from), number(goal)];
    if (!ms || from === goal || Number.isNaN(one) || Number.isNaN(other)) {
      figure.textContent = goal;
      return;
    }
    const begun = performance.now();
    const turn = figure.dataset.countTurn = String(begun);
    const step = () => {
      if (figure.dataset.countTurn !== turn) return;
      const share = Math.min(1, (performance.now() - begun) / ms);
      figure.textContent = share < 1 ? Math.round(one + (other - one) * share).toLocaleString("en-GB") : goal;
      if (share < 1) requestAnimationFrame(step);
    };
    step();
  }

  document.addEventListener("ringmap:gliding", (event) => {
    document.querySelectorAll("[data-count-from]").forEach((figure) => count(figure, event.detail.to, event.detail.ms));
  });
})();
