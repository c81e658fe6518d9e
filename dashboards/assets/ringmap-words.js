/* Ring map: words on the canvas. Nothing here ever reads markup: a name is drawn as the letters it has. */
(function () {
  "use strict";

  const map = window.ringmap = window.ringmap || {};

  const INK = "#0b0c0c";
  const FONT = 'Inter, "Helvetica Neue", Arial, sans-serif';
  const NAMES = { zoom: 2.2, most: 90, few: 60, font: "12.5px " + FONT, letters: 28 };

  /** One line of text, centred on y. */
  function text(g, words, x, y, font, colour, align) {
    g.font = font;
    g.fillStyle = colour;
    g.textAlign = align;
    g.textBaseline = "middle";
    g.fillText(words, x, y);
  }

  /** The first `most` letters and an ellipsis; never half of an emoji. */
  function shorten(words, most) {
    const letters = Array.from(words.slice(0, 2 * most + 2));
    return letters.length <= most && words.length <= 2 * most + 2 ? words : letters.slice(0, most - 1).join("") + "…";
  }

  /** Words in lines no wider than `width`; what does not fit in `most` lines ends in an ellipsis. */
  function wrap(g, words, width, most) {
    const lines = [""];
    for (const word of shorten(words, 120).split(/\s+/)) {
      const longer = (lines[lines.length - 1] + " " + word).trim();
      if (g.measureText(longer).width <= width || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    const kept = lines.slice(0, Math.max(1, most));
    const last = kept.length - 1;
    if (lines.length > kept.length) kept[last] += "…";
    return kept.map((line) => squeeze(g, line, width));
  }

  /** Words in lines, or, where they would have to be cut, the first letters of the words that have a capital. */
  function wrapOrInitials(g, words, width, most) {
    const lines = wrap(g, words, width, most);
    const initials = (words.match(/(?<!\S)\p{Lu}/gu) || []).join("");
    return lines.some((line) => line.endsWith("…")) && initials.length > 1 && initials.length < 9 ? [initials] : lines;
  }

  function squeeze(g, line, width) {
    let most = Array.from(line).length;
    while (most > 2 && g.measureText(shorten(line, most)).width > width) most--;
    return shorten(line, most);
  }

  /** The bodies that are shown and on the canvas, those relied on first; none if there are too many to name. */
  function named(view, picture, shown) {
    const seen = [];
    const most = picture.json.middle ? picture.n : NAMES.most;
    for (let body = 0; body < picture.n && seen.length <= most; body++) {
      if ((body === picture.json.centre && !picture.json.middle) || !shown(body)) continue;
      const [x, y] = [map.draw.sx(view, picture.x[body]), map.draw.sy(view, picture.y[body])];
      if (x > 0 && y > 0 && x < view.width && y < view.height) seen.push({ body, x, y, radius: map.draw.discRadius(view, picture, body) });
    }
    if (seen.length > most) return [];
    const near = (one) => (picture.json.middle ? picture.hops[one.body] : 0); // around one body the nearest are named first
    return seen.sort((a, b) => near(a) - near(b) || b.radius - a.radius);
  }

  /** Names beside the discs, once the view is close; a name that would cover a disc or another name is left out. */
  function names(g, view, picture, shown, labels) {
    const rests = view.narrow || (picture.items > NAMES.few && !picture.json.middle);
    if (view.k / view.rest < NAMES.zoom && rests) return;
    const seen = named(view, picture, shown);
    const taken = labels.concat(seen.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]));
    g.font = NAMES.font;
    for (const one of seen) {
      const label = shorten(picture.name(one.body), NAMES.letters);
      const spot = nameSpots(one, g.measureText(label).width).find((box) => free(box, taken, view));
      if (!spot) continue;
      taken.push(spot);
      outlined(g, label, spot[0], (spot[1] + spot[3]) / 2);
    }
  }

  /** Where a name may stand beside its disc: to the right, to the left, below, above. */
  function nameSpots({ x, y, radius }, width) {
    const away = radius + 5;
    const corners = [[x + away, y - 8], [x - away - width, y - 8], [x - width / 2, y + radius + 2], [x - width / 2, y - radius - 18]];
    return corners.map(([left, top]) => [left, top, left + width, top + 16]);
  }

  function free(box, taken, view) {
    if (box[0] < 2 || box[1] < 2 || box[2] > view.width - 2 || box[3] > view.height - 2) return false;
    return !taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
  }

  function outlined(g, label, x, y) {
    g.lineJoin = "round";
    g.lineWidth = 3;
    g.strokeStyle = "rgba(255,255,255,.9)";
    g.textAlign = "left";
    g.textBaseline = "middle";
    g.strokeText(label, x, y);
    text(g, label, x, y, NAMES.font, INK, "left");
  }

  map.words = { FONT, names, text, wrap, wrapOrInitials };
})();
