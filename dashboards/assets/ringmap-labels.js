/* Ring map: where the picture stands on the canvas, and the sector labels around it. On a wide canvas each label stands
   beside its wedge; on a narrow one the labels stand in rows above and below, each with a line to its wedge. */
(function () {
  "use strict";

  const map = window.ringmap = window.ringmap || {};
  const MARGIN = 14;
  const LINE = 1.22;
  const BUTTONS = 46; // room that the zoom buttons take below the lower row of labels

  /** The view that shows the whole picture with its labels, for a canvas of this size. */
  function fit(g, picture, width, height) {
    const wide = beside(g, picture, width, height);
    const view = wide.k * picture.json.outer > 0.36 * Math.min(width, height) ? wide : rows(g, picture, width, height);
    return Object.assign(view, { rest: view.k, width, height });
  }

  function block(g, wedge, size, width, most) {
    g.font = "600 " + size + "px " + map.words.FONT;
    const title = map.words.wrap(g, wedge.label, width, most);
    const count = wedge.count ? map.plural(wedge.count, "organisation") : "none recorded";
    const widths = title.map((line) => g.measureText(line).width);
    g.font = size - 1 + "px " + map.words.FONT;
    widths.push(g.measureText(count).width);
    const angle = wedge.start + wedge.span / 2;
    return { title, count, size, angle, width: Math.max(...widths), height: (title.length + 1) * size * LINE };
  }

  /* ---- wide: beside the wedges ---- */

  function beside(g, picture, width, height) {
    const size = Math.max(13, Math.min(15.5, height / 46));
    const labels = picture.json.wedges.map((wedge) => block(g, wedge, size, 165, 3));
    const outer = picture.json.outer;
    let k = Math.min(width, height) / 2 / (outer + MARGIN);
    for (const label of labels) {
      const [c, s] = [Math.abs(Math.cos(label.angle)), Math.abs(Math.sin(label.angle))];
      const across = c > 0.25 ? label.width : label.width / 2;
      if (c > 0.05) k = Math.min(k, ((width / 2 - 14 - across) / c - MARGIN) / outer);
      k = Math.min(k, ((height / 2 - 4 - label.height * (0.5 + s / 2)) / Math.max(s, 0.01) - MARGIN) / outer);
    }
    return { k, tx: width / 2, ty: height / 2, labels, narrow: false };
  }

  function besideAt(view, picture, label) {
    const reach = picture.json.outer * view.k + MARGIN;
    const [c, s] = [Math.cos(label.angle), Math.sin(label.angle)];
    const align = c > 0.25 ? "left" : c < -0.25 ? "right" : "center";
    return { x: view.tx + reach * c, y: view.ty + reach * s + (s * label.height) / 2 - label.height / 2, align };
  }

  /* ---- narrow: in rows above and below ---- */

  function rows(g, picture, width, height) {
    const wedges = picture.json.wedges.map((wedge) => ({ wedge, angle: wedge.start + wedge.span / 2 }));
    wedges.sort((a, b) => Math.sin(a.angle) - Math.sin(b.angle));
    const half = Math.ceil(wedges.length / 2);
    const rowsOf = [wedges.slice(0, half), wedges.slice(half)].map((row) => row.sort((a, b) => Math.cos(a.angle) - Math.cos(b.angle)));
    const blocks = rowsOf.map((row) => row.map(({ wedge }, at) => ({ ...block(g, wedge, width > 500 ? 13.5 : 12, width / row.length - 8, 4), slot: [at, row.length] })));
    const [above, below] = blocks.map((row) => Math.max(0, ...row.map((label) => label.height)) + 18);
    const k = Math.min(width - 8, height - above - below - BUTTONS) / 2 / picture.json.outer;
    const labels = blocks.flatMap((row, at) => row.map((label) => ({ ...label, lower: at === 1, above, below })));
    return { k, tx: width / 2, ty: above + (height - above - below - BUTTONS) / 2, labels, narrow: true };
  }

  function rowAt(view, label) {
    const [at, of] = label.slot;
    const x = ((at + 0.5) * view.width) / of;
    return { x, y: label.lower ? view.height - BUTTONS - label.below + 16 : label.above - 16 - label.height, align: "center" };
  }

  function leader(g, view, picture, label, at) {
    const reach = picture.json.outer * view.k;
    g.strokeStyle = map.draw.COLOUR.grey;
    g.lineWidth = 1;
    g.beginPath();
    g.moveTo(at.x, label.lower ? at.y - 4 : at.y + label.height + 2);
    g.lineTo(view.tx + reach * Math.cos(label.angle), view.ty + reach * Math.sin(label.angle));
    g.stroke();
  }

  /** Draws the labels; returns the boxes they take. */
  function wedgeLabels(g, view, picture) {
    return view.labels.map((label) => {
      const at = view.narrow ? rowAt(view, label) : besideAt(view, picture, label);
      if (view.narrow && view.k === view.rest) leader(g, view, picture, label, at);
      const lines = label.title.concat(label.count);
      lines.forEach((line, k) => {
        const last = k === lines.length - 1;
        const font = (last ? "" : "600 ") + (label.size - (last ? 1 : 0)) + "px " + map.words.FONT;
        const colour = last ? map.draw.COLOUR.mute : map.draw.COLOUR.ink;
        map.words.text(g, line, at.x, at.y + (k + 0.5) * label.size * LINE, font, colour, at.align);
      });
      const left = at.x - { left: 0, center: label.width / 2, right: label.width }[at.align];
      return [left - 4, at.y - 2, left + label.width + 4, at.y + label.height + 2];
    });
  }

  /* ---- the tooltip: where it hides least of what is lit ---- */

  /** Of the places around the body and in the corners, the one over the fewest `lit` points; then the nearest. */
  function tipPlace(view, body, size, lit) {
    const away = 26;
    const [w, h] = size;
    const columns = [body.x - w - away, body.x - w / 2, body.x + away];
    const lines = [body.y - h - away, body.y - h / 2, body.y + away];
    const corners = [[8, 8], [view.width - w - 8, 8], [8, view.height - h - 8], [view.width - w - 8, view.height - h - 8]];
    const places = columns.flatMap((x) => lines.map((y) => [x, y])).concat(corners)
      .filter(([x, y]) => x >= 4 && y >= 4 && x + w <= view.width - 4 && y + h <= view.height - 4);
    const cost = ([x, y]) => {
      const hidden = lit.filter((p) => p.x > x - 6 && p.x < x + w + 6 && p.y > y - 6 && p.y < y + h + 6).length;
      return hidden * 1000 + Math.hypot(x + w / 2 - body.x, y + h / 2 - body.y);
    };
    return places.reduce((best, place) => (cost(place) < cost(best) ? place : best), places[0] || [4, 4]);
  }

  map.labels = { fit, tipPlace, wedgeLabels };
})();
