/* The network in the browser: pan, zoom, point, filter, click. No library, no outside host.

   Data (/network.json): nodes with a place in a unit field, letters as [from, to, first day,
   last day (0: the same), channel]; the looks of channels and sides are those of printed pictures. Lines, marks
   and names are painted on layers, somewhat larger than the view; while it moves, the layers are moved,
   and painted anew when it rests. That keeps thousands of lines smooth without a graphics card. */
"use strict";
(async () => {
  const by = (id) => document.getElementById(id);
  const canvas = by("explorer"), told = by("told"), pick = by("channel"), from = by("from"), to = by("to"), who = by("who"), legend = by("legend");
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  let answer = await fetch(canvas.dataset.from);
  while (answer.status === 503) {  /* it is being made ready for a new build */
    told.textContent = "The network is being laid out; it appears as soon as it is.";
    await wait(1000 * (+answer.headers.get("Retry-After") || 10)); answer = await fetch(canvas.dataset.from);
  }
  if (!answer.ok) { told.textContent = "The network could not be had."; return; }
  const data = await answer.json();
  for (const l of data.letters) if (l[3] === 0) l[3] = l[2];
  const ctx = canvas.getContext("2d"), nodes = data.nodes, FIELD = 0.62, SURE = 12, MOST_NAMES = 160;
  let scale = 1, left = 0, top = 0, over = -1, drag = null, fit = false, asked = 0, wide = 0, high = 0;
  let ties = [], near = [], size = [], grown = 1.4, sent = [], got = [], order = [], look = {};
  const nameWidth = new Map();

  /* ---- looks ---- */
  const lighter = (hex, share) => "#" + [1, 3, 5].map((i) => { const v = parseInt(hex.slice(i, i + 2), 16); return Math.round(v + (255 - v) * share).toString(16).padStart(2, "0"); }).join("");
  const readLook = () => {
    const css = getComputedStyle(document.documentElement), of = (n) => css.getPropertyValue(n).trim();
    look = { paper: of("--paper"), ink: of("--ink"), soft: of("--soft"), accent: of("--accent"), dark: matchMedia("(prefers-color-scheme: dark)").matches };
    look.channel = data.channels.map((c) => look.dark ? lighter(c.colour, .4) : c.colour);
  };
  const svg = (inside, width = 44, height = 16) => `<svg aria-hidden="true" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inside}</svg>`;
  const shapes = {
    square: (x, y, r) => [[-.9, -.9], [.9, -.9], [.9, .9], [-.9, .9]].map(([a, b]) => [x + a * r, y + b * r]),
    diamond: (x, y, r) => [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]].map(([a, b]) => [x + a * r, y + b * r]),
    triangle: (x, y, r) => [[0, -1.2], [1.1, .8], [-1.1, .8]].map(([a, b]) => [x + a * r, y + b * r]),
    hexagon: (x, y, r) => [0, 1, 2, 3, 4, 5].map((k) => [x + 1.05 * r * Math.cos(k * Math.PI / 3), y + 1.05 * r * Math.sin(k * Math.PI / 3)]),
    pentagon: (x, y, r) => [0, 1, 2, 3, 4].map((k) => [x + 1.1 * r * Math.sin(k * Math.PI * .4), y - 1.1 * r * Math.cos(k * Math.PI * .4)]),
  };
  const tell = () => {
    const lines = data.channels.map((c, i) => [c.label, svg(`<line x1="2" x2="42" y1="8" y2="8" stroke="${look.channel[i]}" stroke-width="2.5" stroke-dasharray="${c.dash.map((d) => d * 2).join(" ")}"/>`), counts[i]]).filter((x) => x[2]);
    const sides = data.sides.map((s) => [s.label, svg(shapes[s.shape] ? `<polygon points="${shapes[s.shape](8, 8, 6).join(" ")}" fill="${s.fill}" stroke="${s.edge}" stroke-width="1.5"/>` : `<circle cx="8" cy="8" r="6" fill="${s.fill}" stroke="${s.edge}" stroke-width="1.5"/>`, 16)]);
    const widths = [1, 5, 20].map((n) => [`${n} letter${n > 1 ? "s" : ""}`, svg(`<line x1="2" x2="34" y1="8" y2="8" stroke="${look.soft}" stroke-width="${thick(n)}"/>`, 36)]);
    legend.replaceChildren(...[["Ways", lines], ["Sides", sides], ["Width", widths]].map(([title, rows]) => {
      const box = document.createElement("div"), head = document.createElement("b"), list = document.createElement("ul"); head.textContent = title;
      for (const [words, drawn, count] of rows) { const item = document.createElement("li"); item.innerHTML = drawn; item.append(` ${words}${count ? ` (${count})` : ""}`); list.append(item); }
      box.append(head, list); return box;
    }));
  };

  /* ---- what is counted ---- */
  let counts = [];
  const thick = (n) => Math.min(1 + Math.log2(n) * 1.2, 8);
  const tally = () => {
    const sums = new Map(), pairs = new Map(), N = nodes.length, C = data.channels.length;
    sent = new Array(N).fill(0); got = new Array(N).fill(0); counts = new Array(C).fill(0);
    for (const [a, b, first, last, channel] of data.letters) {
      if (pick.value !== "" && channel !== +pick.value) continue;
      if (from.value && last && last < from.value) continue;
      if (to.value && first && first > to.value) continue;
      const key = (a * N + b) * C + channel; sums.set(key, (sums.get(key) || 0) + 1); sent[a]++; got[b]++; counts[channel]++;
    }
    near = nodes.map(() => []); ties = [];
    for (const [key, n] of sums) {
      const channel = key % C, pair = Math.floor(key / C), a = Math.floor(pair / N), b = pair % N;
      if (a === b) continue;
      const rank = pairs.get(pair) || 0; pairs.set(pair, rank + 1);
      near[a].push(ties.length); near[b].push(ties.length);
      ties.push({ a, b, n, channel, bend: .12 + rank * .09, wide: thick(n) });
    }
    size = nodes.map((_, n) => sent[n] + got[n]);
    order = nodes.map((_, n) => n).filter((n) => size[n]).sort((a, b) => size[b] - size[a]);
    grown = Math.min(1.4, 24 / Math.sqrt(size[order[0]] || 1));  /* the busiest of a large network cover no other */
    summary();
  };
  const of = data.of, number = (n) => n.toLocaleString("en");
  const leftOut = (of.ties ? `; those of the pairs with most letters, of ${number(of.ties)} pairs` : "") + (of.nodes > nodes.length ? `; ${number(of.nodes - nodes.length)} others are left out` : "");
  const summary = () => { told.textContent = `${number(ties.length)} ties, ${number(order.length)} correspondents${leftOut}`; };
  const say = (n) => {
    if (n < 0) return summary();
    const sums = new Map();
    for (const i of near[n]) { const t = ties[i], other = t.a === n ? t.b : t.a; sums.set(other, (sums.get(other) || 0) + t.n); }
    const most = [...sums].sort((x, y) => y[1] - x[1]).slice(0, 3).map(([m, k]) => `${nodes[m].label} (${k})`);
    told.textContent = `${nodes[n].label}: ${sent[n]} sent, ${got[n]} received${most.length ? "; most with " + most.join(", ") : ""}`;
  };

  /* ---- drawing ---- */
  const X = (n) => left + nodes[n].x * scale, Y = (n) => top + nodes[n].y * scale;
  const radius = (n) => (4 + Math.sqrt(size[n]) * grown) * Math.min(1, Math.max(.45, Math.sqrt(scale / 900)));
  const outline = (ctx, n, x, y, r) => {
    const made = shapes[nodes[n].shape];
    if (!made) { ctx.moveTo(x + r, y); ctx.arc(x, y, r, 0, 7); return; }
    made(x, y, r).forEach(([u, v], i) => i ? ctx.lineTo(u, v) : ctx.moveTo(u, v)); ctx.closePath();
  };
  const strokes = (ctx, chosen, alpha, mx = 0, my = 0) => {
    const groups = new Map(), full = [];  /* short paths: one of thousands of curves is slow to fill */
    for (const t of chosen) {
      const x = X(t.a), y = Y(t.a), u = X(t.b), v = Y(t.b);
      if (Math.max(x, u) < -60 - mx || Math.min(x, u) > wide + 60 + mx || Math.max(y, v) < -60 - my || Math.min(y, v) > high + 60 + my) continue;
      const cx = (x + u) / 2 - (v - y) * t.bend, cy = (y + v) / 2 + (u - x) * t.bend;
      const key = t.channel * 32 + Math.round(t.wide * 2); let group = groups.get(key);
      if (!group || group.count++ > 40) { if (group) full.push(group); groups.set(key, group = { t, count: 0, lines: new Path2D(), heads: new Path2D() }); }
      const angle = Math.atan2(v - cy, u - cx), r = radius(t.b) + 2, s = 4 + t.wide, hx = u - Math.cos(angle) * r, hy = v - Math.sin(angle) * r;
      group.lines.moveTo(x, y); group.lines.quadraticCurveTo(cx, cy, hx - Math.cos(angle) * s * .6, hy - Math.sin(angle) * s * .6);
      group.heads.moveTo(hx, hy); group.heads.lineTo(hx - s * Math.cos(angle - .42), hy - s * Math.sin(angle - .42)); group.heads.lineTo(hx - s * Math.cos(angle + .42), hy - s * Math.sin(angle + .42)); group.heads.closePath();
    }
    ctx.globalAlpha = alpha; const plain = chosen.length > 1500;
    for (const { t, lines, heads } of [...full, ...groups.values()]) {
      ctx.strokeStyle = ctx.fillStyle = look.channel[t.channel]; ctx.lineWidth = t.wide;
      ctx.setLineDash(plain ? [] : data.channels[t.channel].dash.map((d) => d * Math.max(1.5, t.wide * .8))); ctx.stroke(lines); ctx.fill(heads);
    }
    ctx.setLineDash([]); ctx.globalAlpha = 1;
  };
  const inLines = (words) => {  /* a long name in two lines of like length */
    if (words.length <= 22) return [words];
    const parts = words.split(" "); let best = [words], least = Infinity;
    for (let i = 1; i < parts.length; i++) { const two = [parts.slice(0, i).join(" "), parts.slice(i).join(" ")], long = Math.max(two[0].length, two[1].length); if (long < least) { least = long; best = two; } }
    return best;
  };
  const names = (ctx, most) => {
    const taken = [], marks = [], apart = (s, t) => !(s[0] < t[2] && s[2] > t[0] && s[1] < t[3] && s[3] > t[1]), free = (s) => taken.every((t) => apart(s, t)), bare = (s) => free(s) && marks.every((t) => apart(s, t));
    const around = over < 0 ? null : new Set(near[over].flatMap((i) => [ties[i].a, ties[i].b]));
    const first = over < 0 ? order : [over, ...order.filter((n) => n !== over && around.has(n))];
    for (const n of order.slice(0, 150)) { const r = radius(n), x = X(n), y = Y(n); if (r > 7 || order.length < 150) marks.push([x - r, y - r, x + r, y + r]); }
    ctx.font = "13px system-ui, sans-serif"; ctx.textBaseline = "middle"; ctx.textAlign = "left"; ctx.lineJoin = "round";
    let written = 0, rank = 0;
    for (const n of first) {
      if (written >= most || rank > 400) break;
      const x = X(n), y = Y(n), r = radius(n); if (x < -20 || y < -20 || x > wide + 20 || y > high + 20) continue;
      rank++;
      let name = nameWidth.get(n);
      if (!name) { const lines = inLines(nodes[n].label); nameWidth.set(n, name = { lines, w: Math.max(...lines.map((l) => ctx.measureText(l).width)) }); }
      const { lines, w } = name, h = lines.length * 7.5 + .5;
      const spots = [[x + r + 4, y], [x - r - 4 - w, y], [x - w / 2, y + r + h + 2], [x - w / 2, y - r - h - 2], [x + r * .7 + 2, y - r - h], [x + r * .7 + 2, y + r + h], [x - w - r * .7, y - r - h], [x - w - r * .7, y + r + h]];
      const box = ([a, b]) => [a - 1, b - h, a + w + 1, b + h], inside = ([a, b]) => a > 2 && a + w < wide - 2 && b > h + 1 && b < high - h - 1;
      let spot = spots.find((s) => inside(s) && bare(box(s)));
      if (!spot && rank <= SURE) spot = spots.find((s) => inside(s) && free(box(s)));  /* over lesser marks */
      if (!spot && n === over) spot = spots.find(inside) || spots[0];
      if (!spot) continue;
      taken.push(box(spot)); written++;
      ctx.font = `${n === over ? "bold " : ""}13px system-ui, sans-serif`; ctx.strokeStyle = look.paper; ctx.lineWidth = 4; ctx.textAlign = "center"; ctx.fillStyle = look.ink;
      lines.forEach((line, i) => { const v = spot[1] + (i - (lines.length - 1) / 2) * 15; ctx.strokeText(line, spot[0] + w / 2, v); ctx.fillText(line, spot[0] + w / 2, v); });
    }
  };
  const layers = [0, 1, 2].map(() => new OffscreenCanvas(1, 1));
  const down = new Map();
  let bitmaps = [], view = null, rest = 0;
  const render = () => {
    const ratio = devicePixelRatio || 1, mx = wide / 4, my = high / 4;
    const [a, b, c] = layers.map((layer) => {
      layer.width = wide * 1.5 * ratio; layer.height = high * 1.5 * ratio;
      const g = layer.getContext("2d"); g.setTransform(ratio, 0, 0, ratio, mx * ratio, my * ratio); return g;
    });
    strokes(a, ties, ties.length > 1500 ? .45 : .8, mx, my);
    b.lineWidth = 1.5;
    for (const n of [...order].reverse()) {
      const x = X(n), y = Y(n), r = radius(n); if (x < -r - mx || y < -r - my || x > wide + r + mx || y > high + r + my) continue;
      b.beginPath(); outline(b, n, x, y, r); b.fillStyle = nodes[n].colour; b.fill(); b.strokeStyle = nodes[n].edge; b.stroke();
    }
    names(c, MOST_NAMES);
    bitmaps = layers.map((layer) => layer.transferToImageBitmap()); view = { scale, left, top };
  };
  const paint = () => {
    asked = 0; ctx.clearRect(0, 0, wide, high);
    const moving = view && (view.scale !== scale || view.left !== left || view.top !== top);
    if (moving) { clearTimeout(rest); rest = setTimeout(settle, 160); } else if (!view) render();
    const k = scale / view.scale, x = left - (view.left + wide / 4) * k, y = top - (view.top + high / 4) * k;
    const lay = (layer) => ctx.drawImage(layer, x, y, wide * 1.5 * k, high * 1.5 * k);
    ctx.globalAlpha = over < 0 ? 1 : .12; lay(bitmaps[0]); ctx.globalAlpha = 1;
    if (over >= 0) strokes(ctx, near[over].map((i) => ties[i]), 1);
    lay(bitmaps[1]);
    if (over >= 0 && size[over]) { ctx.beginPath(); outline(ctx, over, X(over), Y(over), radius(over) + 3); ctx.strokeStyle = look.accent; ctx.lineWidth = 3; ctx.stroke(); }
    if (over < 0) lay(bitmaps[2]); else names(ctx, MOST_NAMES);
  };
  const settle = () => { if (asked || down.size) rest = setTimeout(settle, 160); else again(); };
  const again = () => { view = null; draw(); };
  const draw = () => { if (!asked) asked = requestAnimationFrame(paint); };
  const whole = () => { scale = Math.max(Math.min(wide - Math.min(140, wide / 6), (high - 40) / FIELD), 120); left = (wide - scale) / 2; top = (high - scale * FIELD) / 2; draw(); };
  const resize = () => {
    const box = canvas.getBoundingClientRect(), ratio = devicePixelRatio || 1; wide = box.width; high = box.height;
    canvas.width = wide * ratio; canvas.height = high * ratio; ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (!fit) { fit = true; whole(); } again();
  };

  /* ---- hands ---- */
  const spotOf = (e) => { const box = canvas.getBoundingClientRect(); return [e.clientX - box.left, e.clientY - box.top]; };
  const find = (e) => {
    const [x, y] = spotOf(e); let best = -1, least = e.pointerType === "touch" ? 24 : 14;
    for (const n of order) { const d = Math.hypot(X(n) - x, Y(n) - y) - radius(n); if (d < least) { least = d; best = n; } }
    return best;
  };
  const turn = (n) => { over = n; say(n); draw(); };
  const show = (n) => { if (X(n) < 40 || X(n) > wide - 40 || Y(n) < 30 || Y(n) > high - 30) { left += wide / 2 - X(n); top += high / 2 - Y(n); } turn(n); };
  const zoom = (f, x, y) => { const next = Math.min(Math.max(scale * f, 80), 60000), k = next / scale; left = x - (x - left) * k; top = y - (y - top) * k; scale = next; draw(); };
  canvas.addEventListener("wheel", (e) => { e.preventDefault(); zoom(Math.exp(-e.deltaY * .0015), ...spotOf(e)); }, { passive: false });
  canvas.addEventListener("pointerdown", (e) => { canvas.setPointerCapture(e.pointerId); down.set(e.pointerId, e); drag = { x: e.clientX, y: e.clientY, moved: 0 }; });
  canvas.addEventListener("pointermove", (e) => {
    if (down.has(e.pointerId) && down.size === 2) {
      const [p, q] = [...down.values()], before = Math.hypot(p.clientX - q.clientX, p.clientY - q.clientY); down.set(e.pointerId, e);
      const [r, s] = [...down.values()], after = Math.hypot(r.clientX - s.clientX, r.clientY - s.clientY), box = canvas.getBoundingClientRect();
      zoom(after / before, (r.clientX + s.clientX) / 2 - box.left, (r.clientY + s.clientY) / 2 - box.top); drag.moved = 99; return;
    }
    if (drag && down.size) { left += e.clientX - drag.x; top += e.clientY - drag.y; drag.moved += Math.abs(e.clientX - drag.x) + Math.abs(e.clientY - drag.y); drag.x = e.clientX; drag.y = e.clientY; draw(); return; }
    const n = find(e); if (n !== over) { canvas.style.cursor = n < 0 ? "grab" : "pointer"; turn(n); }
  });
  const up = (e) => {
    down.delete(e.pointerId);
    if (drag && drag.moved < 5 && e.type === "pointerup") {  /* a finger points first and opens with a second tap */
      const n = find(e); if (n >= 0 && (e.pointerType !== "touch" || n === over)) location.href = nodes[n].path; else turn(n);
    }
    if (!down.size) drag = null; else drag = { x: [...down.values()][0].clientX, y: [...down.values()][0].clientY, moved: 99 };
  };
  canvas.addEventListener("pointerup", up); canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => { if (!down.size && document.activeElement !== canvas) turn(-1); });
  canvas.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const step = 60, keys = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (keys[e.key]) { left += keys[e.key][0]; top += keys[e.key][1]; draw(); e.preventDefault(); }
    else if (e.key === "+" || e.key === "=") zoom(1.25, wide / 2, high / 2);
    else if (e.key === "-") zoom(.8, wide / 2, high / 2);
    else if (e.key === "0") whole();
    else if (e.key === "Escape") turn(-1);
    else if ((e.key === "n" || e.key === "p") && order.length) { const i = order.indexOf(over); show(order[(i + (e.key === "n" ? 1 : order.length - (i < 0 ? 0 : 1))) % order.length]); }
    else if (e.key === "Enter" && over >= 0) location.href = nodes[over].path;
  });
  by("nearer").addEventListener("click", () => zoom(1.4, wide / 2, high / 2));
  by("farther").addEventListener("click", () => zoom(1 / 1.4, wide / 2, high / 2));
  by("all").addEventListener("click", () => { turn(-1); whole(); });
  who.addEventListener("change", () => { const n = nodes.findIndex((x) => x.label === who.value); if (n >= 0 && size[n]) { scale = Math.max(scale, 1400); left = wide / 2 - nodes[n].x * scale; top = high / 2 - nodes[n].y * scale; turn(n); } });
  for (const field of [pick, from, to]) field.addEventListener("input", () => { tally(); over = -1; tell(); again(); });
  addEventListener("resize", resize);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readLook(); tell(); again(); });

  data.channels.forEach((c, i) => pick.add(new Option(c.label, i)));
  by("everybody").append(...[...new Set(nodes.map((n) => n.label))].sort().map((label) => new Option(label, label)));
  const days = data.letters.flatMap((l) => [l[2], l[3]]).filter(Boolean).sort();
  if (days.length) for (const field of [from, to]) { field.min = days[0]; field.max = days[days.length - 1]; }
  readLook(); tally(); tell(); resize();
})();
