/* What the page can do beyond being read: columns that sort, an appendix that folds, and a map to explore.
   Everything it shows is computed from the JSON in #page-data; without it the page is whole. */
"use strict";
(() => {
  const told = JSON.parse(document.getElementById("page-data").textContent);
  const W = told.words, S = told.signs;
  document.documentElement.classList.add("js");

  /* -- small tools */

  const make = (tag, attributes = {}, ...children) => {
    const svg = ["svg", "g", "path", "circle", "text", "title", "line"].includes(tag);
    const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  // Texts of users are put in by function, so that "$&" in a name stays what it is.
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (all, key) => (key in values ? values[key] : all));
  // One place among several can be reached with Tab, the others from there with the arrow keys.
  const rove = (places, step) => {
    places.forEach((place, at) => {
      place.setAttribute("tabindex", at ? -1 : 0);
      place.addEventListener("keydown", (event) => {
        const to = places[step(at, event.key)];
        if (!to) return;
        event.preventDefault();
        places.forEach((other) => other.setAttribute("tabindex", other === to ? 0 : -1));
        to.focus();
      });
    });
  };
  const along = (at, key) => at + ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key] ?? NaN);

  /* -- numbers, as netlearn.wording.numbers writes them */

  // Python rounds a tie to the even digit, toFixed away from 0; 40 more digits tell a tie from what is nearly one.
  const fixed = (x, digits) => {
    const long = x.toFixed(digits + 40), cut = long.slice(0, -40).replace(/\.$/, "");
    const tie = /^50*$/.test(long.slice(-40)) && /[02468]$/.test(cut);
    return tie ? cut : x.toFixed(digits);
  };
  const number = (x, digits, signed = false) => {
    if (x === null || Number.isNaN(x)) return S.none;
    const [whole, rest] = fixed(Math.abs(x), digits).split(".");
    const text = whole.replace(/\B(?=(\d{3})+$)/g, S.thousands) + (rest ? S.decimal + rest : "");
    if (!/[1-9]/.test(text)) return text;
    return (x < 0 ? S.minus : signed ? "+" : "") + text;
  };
  // Up to four decimals, so that what is not zero is not written as zero.
  const rounded = (x, digits, signed = false) => {
    let places = digits;
    while (places < 4 && x && !Number(fixed(Math.abs(x), places))) places += 1;
    return number(x, Number(fixed(Math.abs(x), places)) ? places : digits, signed);
  };
  const percent = (share) => rounded(100 * share, 1) + S.space + "%";

  /* -- tables that sort */

  // By the keys that the page has beside its numbers (netlearn.report.sorting); what has none comes last in either way.
  const collator = new Intl.Collator(told.language, { numeric: true });
  const order = (rows, column, way, kind) => {
    const text = (row) => row.cells[column].textContent.trim(), key = (row) => row.cells[column].dataset.key;
    const absent = (row) => (kind === "number" ? key(row) === undefined : text(row) === "" || text(row) === S.none);
    const compare = (a, b) => (kind === "number" ? key(a) - key(b) : collator.compare(text(a), text(b)));
    return [...rows].sort((a, b) => absent(a) - absent(b) || (absent(a) ? 0 : way * compare(a, b)));
  };

  const sortable = (table, say) => {
    const body = table.tBodies[0], original = [...body.rows], caption = table.caption.textContent;
    if (original.length < 2) return;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (!head.dataset.sort) return;
      const name = head.textContent;
      const button = make("button", { type: "button", class: "sort", title: W.sort }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { none: "ascending", ascending: "descending", descending: "none" };
        const way = next[head.getAttribute("aria-sort") ?? "none"];
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        if (way !== "none") head.setAttribute("aria-sort", way);
        body.append(...(way === "none" ? original : order(original, column, way === "ascending" ? 1 : -1, head.dataset.sort)));
        say(fill(W[way === "none" ? "original" : way], { caption, column: name }));
      });
    });
  };

  /* -- tables wider than the page: the edges beyond which there is more are shaded, and the keys reach those only */

  const scrollable = (box) => {
    const hint = make("p", { class: "sideways", "aria-hidden": "true" }, W.sideways), edge = make("div", { class: "edge" });
    box.before(edge);
    edge.append(hint, box);
    const look = () => {
      const beyond = box.scrollWidth - box.clientWidth;
      edge.classList.toggle("wide", beyond > 1);
      edge.classList.toggle("before", box.scrollLeft > 1);
      edge.classList.toggle("after", box.scrollLeft < beyond - 1);
      if (beyond > 1) box.setAttribute("tabindex", 0);
      else box.removeAttribute("tabindex");
    };
    box.addEventListener("scroll", look, { passive: true });
    const watch = new ResizeObserver(look);
    for (const part of [box, box.firstElementChild]) watch.observe(part);
  };

  /* -- parts that fold; they stay findable in the page, and the print shows them */

  const fold = (body, button) => {
    const show = (open) => {
      if (open) body.removeAttribute("hidden");
      else body.setAttribute("hidden", "onbeforematch" in document.body ? "until-found" : "");
      button.setAttribute("aria-expanded", open);
    };
    button.setAttribute("aria-controls", body.id);
    button.addEventListener("click", () => show(body.hasAttribute("hidden")));
    body.addEventListener("beforematch", () => show(true));
    show(false);
    return show;
  };
  const foldSections = () => {
    const open = new Map();
    for (const section of document.querySelectorAll("section.closable")) {
      const heading = section.querySelector("h3"), body = section.querySelector(".body");
      const button = make("button", { type: "button", class: "fold" }, ...heading.childNodes);
      heading.append(button);
      open.set(section, fold(body, button));
    }
    const follow = (hash) => {
      const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
      const section = target && target.closest("section.closable");
      if (section) open.get(section)(true);
    };
    document.addEventListener("click", (event) => follow(event.target.closest?.('a[href^="#"]')?.hash));
    addEventListener("hashchange", () => follow(location.hash));
    follow(location.hash);
  };

  /* -- the contact between departments: amounts are [ties, possible ties], null where left out */

  const contact = (data) => {
    const cell = (wave, a, b) =>
      data.possible[a][b] === null || data.ties[wave][a][b] === null
        ? null
        : [data.ties[wave][a][b], data.possible[a][b]];
    const add = (x, y) => (x && y ? [x[0] + y[0], x[1] + y[1]] : null);
    const both = (wave, a, b) => (data.directed ? add(cell(wave, a, b), cell(wave, b, a)) : cell(wave, a, b));
    const share = (amount) => (amount && amount[1] ? amount[0] / amount[1] : NaN);
    const waves = data.waves.map((_, wave) => wave);

    const sentence = (label, amounts) => {
      if (amounts.includes(null)) return fill(W.left_out, { label });
      if (!amounts[0][1]) return fill(W.nobody, { label });
      const said = amounts.map((amount, wave) =>
        fill(data.counted ? (wave ? W.count_again : W.count) : W.share, {
          wave: data.waves[wave],
          ties: number(amount[0], 0),
          possible: number(amount[1], 0),
          share: percent(share(amount)),
        }),
      );
      const points = rounded(100 * (share(amounts[1]) - share(amounts[0])), 1, true);
      return [`${label}.`, ...said, fill(W.by, { points })].join(" ");
    };
    const name = (at) => data.names[at];
    const pair = (a, b) => sentence(fill(W.pair, { a: name(a), b: name(b) }), waves.map((w) => both(w, a, b)));
    const within = (a) => sentence(fill(W.within, { a: name(a) }), waves.map((w) => cell(w, a, a)));
    const one = (a, b) => {
      if (a === b) return within(a);
      if (!data.directed) return pair(a, b);
      return sentence(fill(W.names, { a: name(a), b: name(b) }), waves.map((w) => cell(w, a, b)));
    };
    // A sum over the pairs that are shown, so that it tells nothing about those that are not.
    const whole = (a) => {
      const others = data.names.map((_, b) => b).filter((b) => b !== a);
      const shown = others.filter((b) => waves.every((w) => both(w, a, b)));
      if (!shown.length) return within(a);
      const hidden = others.length - shown.length;
      const label = fill(hidden ? W.others_shown : W.others, { hidden: number(hidden, 0) });
      const sums = waves.map((w) => shown.map((b) => both(w, a, b)).reduce(add));
      return `${within(a)} ${sentence(label, sums)}`;
    };
    return { both, share, waves, pair, one, whole };
  };

  /* -- the map: departments where the figure of the map has them, in the same places whatever is shown */

  const shortened = (name, letters) =>
    name.length <= letters
      ? name
      : `${name.slice(0, letters / 2).trimEnd()}\u2026${name.slice(name.length - (letters - 1) / 2).trimStart()}`;

  const links = (data, net, state) => {
    const found = [];
    for (let a = 0; a < data.names.length; a += 1)
      for (let b = a + 1; b < data.names.length; b += 1) {
        const shares = net.waves.map((wave) => net.share(net.both(wave, a, b)));
        const hidden = net.waves.some((wave) => !net.both(wave, a, b));
        const size = state.view === "change" ? shares[1] - shares[0] : shares[Number(state.view)];
        // Both waves on one scale and with the same lines, as in the figure; the change on its own.
        const rank = state.view === "change" ? Math.abs(size) : Math.max(...shares);
        found.push({ a, b, hidden, size, rank, bend: data.bends[found.length] });
      }
    const most = Math.max(0, ...found.map((l) => l.rank).filter((x) => x));
    const mine = found.filter((l) => state.department === null || l.a === state.department || l.b === state.department);
    const ranked = mine.filter((l) => l.rank).sort((x, y) => y.rank - x.rank);
    const few = state.department === null ? Math.max(15, 2 * data.names.length) : ranked.length;
    const drawn = ranked.slice(0, few).filter((l) => l.size).sort((x, y) => Math.abs(y.size) - Math.abs(x.size));
    const dotted = state.department === null ? [] : mine.filter((l) => l.hidden);
    const hidden = found.filter((l) => l.hidden).length;
    return { most, all: ranked.length, few: Math.min(few, ranked.length), drawn: [...drawn, ...dotted], hidden };
  };

  // The widest line, in shares of the side of the map: up to 6 departments, up to 14, more; as in the figure.
  const widest = (k) => (k <= 6 ? 0.036 : k <= 14 ? 0.027 : 0.02);
  const drawMap = (data, net, state, act, place) => {
    const side = Math.max(240, Math.min(place.clientWidth, 480)), on = (spot) => spot.map((share) => share * side);
    const svg = make("svg", { viewBox: `0 0 ${side} ${side}`, width: side, height: side, role: "group", "aria-label": W.map });
    const found = links(data, net, state);
    const thick = (size) => Math.max(0.7, (widest(data.names.length) * side * Math.abs(size)) / found.most);
    // The thinnest come last, so that they can be reached.
    const lines = found.drawn.map((link) => {
      const [[ax, ay], [bx, by], [cx, cy]] = [data.places[link.a], data.places[link.b], link.bend].map(on);
      const d = `M${ax} ${ay}Q${cx} ${cy} ${bx} ${by}`;
      const kind = link.hidden ? "hidden-pair" : state.view !== "change" ? "" : link.size < 0 ? "less" : "more";
      const line = make("path", { d, class: `line ${kind}`, "stroke-width": link.hidden ? 1 : thick(link.size) });
      const reach = make("path", { d, class: "reach", "stroke-width": Math.max(10, link.hidden ? 0 : thick(link.size)) });
      const label = fill(W.pair, { a: data.names[link.a], b: data.names[link.b] });
      const group = make("g", { class: "link", role: "img", "aria-label": label }, line, reach);
      act.tell(group, () => net.pair(link.a, link.b));
      svg.append(group);
      return group;
    });
    const circles = data.places.map((spot, at) => {
      const [x, y, r] = on(spot), pressed = state.department === at;
      const group = make("g", { class: "circle", role: "button", "aria-pressed": pressed, "aria-label": data.names[at] });
      group.append(make("circle", { cx: x, cy: y, r }), make("text", { x, y: y + 4.5, class: "at" }, String(at + 1)));
      act.tell(group, () => net.whole(at));
      group.addEventListener("click", () => act.choose(pressed ? null : at, "circle"));
      group.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        act.choose(pressed ? null : at, "circle");
      });
      svg.append(group);
      return group;
    });
    rove(circles, along);
    rove(lines, along);
    const names = data.names.map((name, at) => make("li", state.department === at ? { class: "chosen" } : {}, name));
    const key = make("div", { class: "key" });
    if (found.most) key.append(widths(found.most, state, thick));
    const notes = [...(data.sized ? [W.circles] : []), ...(data.directed ? [W.both_ways] : [])];
    if (!found.drawn.length) notes.push(W.no_lines);
    if (found.all > found.few) notes.push(fill(W.only_widest, { drawn: number(found.few, 0), all: number(found.all, 0) }));
    if (found.hidden) notes.push(fill(W.hidden_pairs, { n: number(found.hidden, 0) }));
    if (notes.length) key.append(make("p", { class: "small" }, notes.join(" ")));
    key.append(make("ol", { class: "names" }, ...names));
    place.replaceChildren(svg, key);
    return circles;
  };

  // The largest of 1, 2, 5, 10, 20, … (or 0.1, 0.2, …) that is not over `top`.
  const roundNumber = (top) => {
    const power = 10 ** Math.floor(Math.log10(top));
    return Number(([5, 2, 1].find((m) => m * power <= top * (1 + 1e-9)) * power).toPrecision(12));
  };
  // How wide a line is for how much: a round number and half of it; and, for the change, what its dashes mean.
  const widths = (most, state, thick) => {
    const change = state.view === "change", value = roundNumber(100 * most);
    const row = (kind, points, words) => {
      const wide = thick(points / 100), height = Math.max(14, wide + 2), y = height / 2;
      const line = make("line", { x1: 0, x2: 34, y1: y, y2: y, class: `line ${kind}`, "stroke-width": wide });
      return make("li", {}, make("svg", { width: 34, height, "aria-hidden": "true" }, line), words);
    };
    const said = (points) => {
      const digits = [0, 1].find((places) => Math.abs(points * 10 ** places - Math.round(points * 10 ** places)) < 1e-9) ?? 2;
      const told = number(points, digits);
      return change ? fill(W.by_points, { points: told }) : fill(W.of_possible, { share: told + S.space + "%" });
    };
    const kind = change ? "more" : "";
    const rows = [row(kind, value / 2, said(value / 2)), row(kind, value, said(value))];
    if (change) rows.push(row("more", value / 2, W.more), row("less", value / 2, W.less));
    return make("ul", { class: "widths" }, ...rows);
  };

  /* -- the part of the page in which a map, its tables and the sentence about what is pointed at belong together */

  const explore = (place) => {
    const key = place.dataset.map, data = told.maps[key], net = contact(data);
    const state = { view: "0", department: null };
    const readout = make("p", { class: "readout", role: "status" }, W.hint);
    const canvas = make("div", { class: "canvas" });
    const tables = [...place.querySelectorAll(".heat")];
    const tell = (node, words) => {
      for (const event of ["pointerenter", "focusin", "click"])
        node.addEventListener(event, () => {
          readout.textContent = words();
          readout.classList.add("told");
        });
    };
    const select = make("select", { id: `department-${key}` }, make("option", { value: "" }, W.all));
    data.names.forEach((name, at) => select.append(make("option", { value: at }, `${at + 1} ${shortened(name, 60)}`)));
    const choose = (department, back) => {
      state.department = department;
      select.value = department ?? "";
      readout.textContent = department === null ? W.hint : net.whole(department);
      const before = [...canvas.querySelectorAll(".circle")].indexOf(document.activeElement);
      const circles = draw();
      if (back && before >= 0) circles[before].focus();
    };
    const draw = () => {
      for (const table of tables) {
        table.hidden = table.dataset.view !== state.view;
        choosing(table, state.department);
      }
      return drawMap(data, net, state, { tell, choose }, canvas);
    };
    place.prepend(controls(key, data, state, select, draw), canvas);
    place.append(readout);
    select.addEventListener("change", () => choose(select.value === "" ? null : Number(select.value)));
    for (const table of tables) heat(table, net, tell);
    let width = 0;
    new ResizeObserver(() => {
      if (canvas.clientWidth === width) return;
      width = canvas.clientWidth;
      draw();
    }).observe(canvas);
    draw();
    const pictures = place.parentNode.querySelector(".pictures");
    if (pictures) foldPictures(pictures, key);
  };

  const controls = (key, data, state, select, draw) => {
    const views = [...data.waves.map((wave, at) => [String(at), wave]), ["change", W.change]];
    const choices = views.map(([view, words]) => {
      const input = make("input", { type: "radio", name: `view-${key}`, value: view });
      input.checked = view === state.view;
      input.addEventListener("change", () => {
        state.view = view;
        draw();
      });
      return make("label", {}, input, ` ${words}`);
    });
    const toggle = make("fieldset", {}, make("legend", {}, W.show), ...choices);
    const filter = make("div", { class: "choice" }, make("label", { for: select.id }, W.department), select);
    return make("div", { class: "controls" }, toggle, filter);
  };

  // The row and the column of a department are marked at their heads, and the rest is quiet; an outline means something else.
  const choosing = (table, department) => {
    table.classList.toggle("filtered", department !== null);
    for (const cell of table.querySelectorAll("td, th")) {
      const here = [cell.parentNode.rowIndex - 1, cell.cellIndex - 1];
      const mine = cell.tagName === "TD" ? here.every((at) => at >= 0) && here.includes(department) : Math.max(...here) === department;
      cell.classList.toggle(cell.tagName === "TD" ? "on" : "chosen", mine);
    }
  };

  // A table of who names whom: every number can be pointed at or reached with the arrow keys.
  const heat = (table, net, tell) => {
    const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")]);
    const k = rows.length;
    const words = (cell, a, b) => net.one(a, b) + (cell.classList.contains("beyond") ? ` ${W.outlined}` : "");
    rows.forEach((row, a) => row.forEach((cell, b) => tell(cell, () => words(cell, a, b))));
    const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    rove(rows.flat(), (at, pressed) => {
      const [down, right] = move[pressed] ?? [NaN, NaN];
      const [a, b] = [Math.floor(at / k) + down, (at % k) + right];
      return b >= 0 && b < k ? a * k + b : NaN;
    });
  };

  // On the screen the map says what the figures say; they are for print, and for whoever wants them.
  const foldPictures = (pictures, key) => {
    pictures.id = `pictures-${key}`;
    const button = make("button", { type: "button", class: "fold" }, W.as_figures);
    pictures.before(button);
    fold(pictures, button);
  };

  const news = make("p", { class: "unseen", role: "status" });
  document.body.append(news);
  for (const box of document.querySelectorAll(".scroll")) scrollable(box);
  for (const table of document.querySelectorAll("table.sortable")) sortable(table, (text) => (news.textContent = text));
  foldSections();
  for (const place of document.querySelectorAll(".explore")) explore(place);
})();
