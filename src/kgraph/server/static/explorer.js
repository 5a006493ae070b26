/* The network in the browser: pan, zoom, point, filter, click. No library, no outside host. */
"use strict";
(async () => {
  const canvas = document.getElementById("explorer"), told = document.getElementById("told");
  const pick = document.getElementById("channel"), from = document.getElementById("from"), to = document.getElementById("to");
  const data = await (await fetch("/network.json")).json();
  const css = getComputedStyle(document.documentElement), colour = (n) => css.getPropertyValue(n).trim();
  data.channels.forEach((c, i) => pick.add(new Option(c, i)));
  const ctx = canvas.getContext("2d");
  let scale = 1, left = 0, top = 0, over = -1, drag = null, ties = [], size = [], fit = false;
  const tally = () => {
    const sums = new Map(); size = data.nodes.map(() => 0);
    for (const [a, b, first, last, channel] of data.letters) {
      if (pick.value !== "" && channel !== +pick.value) continue;
      if (from.value && last && last < from.value) continue;
      if (to.value && first && first > to.value) continue;
      const key = a * 1e6 + b; sums.set(key, (sums.get(key) || 0) + 1); size[a]++; size[b]++;
    }
    ties = [...sums].map(([key, n]) => [Math.floor(key / 1e6), key % 1e6, n]);
    told.textContent = `${ties.length} ties, ${size.filter(Boolean).length} correspondents`;
  };
  const resize = () => {
    const box = canvas.getBoundingClientRect(), ratio = devicePixelRatio || 1;
    canvas.width = box.width * ratio; canvas.height = box.height * ratio; ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (!fit) { scale = Math.min(box.width - 120, (box.height - 90) / 0.62); left = (box.width - scale) / 2; top = (box.height - scale * 0.62) / 2; fit = true; }
    draw();
  };
  const at = (n) => [left + data.nodes[n].x * scale, top + data.nodes[n].y * scale];
  const radius = (n) => 4 + Math.sqrt(size[n]) * 1.4;
  const mark = (n, x, y, r) => {
    const kind = data.nodes[n].shape; ctx.beginPath();
    if (kind === "square") ctx.rect(x - r * .9, y - r * .9, r * 1.8, r * 1.8);
    else if (kind === "diamond") { ctx.moveTo(x, y - r * 1.2); ctx.lineTo(x + r * 1.2, y); ctx.lineTo(x, y + r * 1.2); ctx.lineTo(x - r * 1.2, y); ctx.closePath(); }
    else if (kind === "triangle") { ctx.moveTo(x, y - r * 1.2); ctx.lineTo(x + r * 1.1, y + r * .8); ctx.lineTo(x - r * 1.1, y + r * .8); ctx.closePath(); }
    else ctx.arc(x, y, r, 0, 7);
  };
  const draw = () => {
    const box = canvas.getBoundingClientRect(); ctx.clearRect(0, 0, box.width, box.height);
    for (const [a, b, n] of ties) {
      if (a === b) continue;
      const [x, y] = at(a), [u, v] = at(b), near = over === a || over === b, bend = 0.14;
      const cx = (x + u) / 2 - (v - y) * bend, cy = (y + v) / 2 + (u - x) * bend;
      ctx.strokeStyle = near ? colour("--accent") : colour("--soft"); ctx.globalAlpha = over < 0 ? .45 : near ? .95 : .08;
      ctx.lineWidth = Math.min(1 + Math.log2(n) * 1.2, 8); ctx.beginPath(); ctx.moveTo(x, y); ctx.quadraticCurveTo(cx, cy, u, v); ctx.stroke();
      const angle = Math.atan2(v - cy, u - cx), r = radius(b) + 2, hx = u - Math.cos(angle) * r, hy = v - Math.sin(angle) * r, s = 4 + ctx.lineWidth;
      ctx.fillStyle = ctx.strokeStyle; ctx.beginPath(); ctx.moveTo(hx, hy);
      ctx.lineTo(hx - s * Math.cos(angle - .45), hy - s * Math.sin(angle - .45)); ctx.lineTo(hx - s * Math.cos(angle + .45), hy - s * Math.sin(angle + .45)); ctx.fill();
    }
    ctx.globalAlpha = 1; ctx.font = "13px system-ui, sans-serif"; ctx.textAlign = "center"; ctx.textBaseline = "top";
    const order = data.nodes.map((_, n) => n).filter((n) => size[n]).sort((a, b) => (a === over) - (b === over) || size[a] - size[b]);
    for (const n of order) {
      const [x, y] = at(n); ctx.fillStyle = data.nodes[n].colour;
      mark(n, x, y, radius(n)); ctx.fill(); ctx.strokeStyle = data.nodes[n].edge; ctx.lineWidth = 1.5; ctx.stroke();
    }
    const taken = [];
    for (const n of order.reverse()) {
      const [x, y] = at(n), words = data.nodes[n].label, w = ctx.measureText(words).width, spot = [x - w / 2, y + radius(n) + 3, x + w / 2, y + radius(n) + 18];
      if (n !== over && taken.some((t) => spot[0] < t[2] && spot[2] > t[0] && spot[1] < t[3] && spot[3] > t[1])) continue;
      taken.push(spot); ctx.strokeStyle = colour("--paper"); ctx.lineWidth = 3; ctx.strokeText(words, x, spot[1]); ctx.fillStyle = colour("--ink"); ctx.fillText(words, x, spot[1]);
    }
  };
  const find = (e) => {
    const box = canvas.getBoundingClientRect(), x = e.clientX - box.left, y = e.clientY - box.top; let best = -1, least = 18;
    data.nodes.forEach((_, n) => { if (!size[n]) return; const [u, v] = at(n), d = Math.hypot(u - x, v - y) - radius(n); if (d < least) { least = d; best = n; } });
    return best;
  };
  const say = (n) => {
    if (n < 0) return tally();
    const sent = ties.filter((t) => t[0] === n).reduce((s, t) => s + t[2], 0), got = ties.filter((t) => t[1] === n).reduce((s, t) => s + t[2], 0);
    told.textContent = `${data.nodes[n].label}: ${sent} sent, ${got} received`;
  };
  const zoom = (f, x, y) => { const next = Math.min(Math.max(scale * f, 80), 40000), k = next / scale; left = x - (x - left) * k; top = y - (y - top) * k; scale = next; draw(); };
  canvas.addEventListener("wheel", (e) => { e.preventDefault(); const box = canvas.getBoundingClientRect(); zoom(Math.exp(-e.deltaY * .0015), e.clientX - box.left, e.clientY - box.top); }, { passive: false });
  const down = new Map();
  canvas.addEventListener("pointerdown", (e) => { canvas.setPointerCapture(e.pointerId); down.set(e.pointerId, e); drag = { x: e.clientX, y: e.clientY, moved: 0 }; });
  canvas.addEventListener("pointermove", (e) => {
    if (down.has(e.pointerId) && down.size === 2) {
      const [p, q] = [...down.values()], before = Math.hypot(p.clientX - q.clientX, p.clientY - q.clientY); down.set(e.pointerId, e);
      const [r, s] = [...down.values()], after = Math.hypot(r.clientX - s.clientX, r.clientY - s.clientY), box = canvas.getBoundingClientRect();
      zoom(after / before, (r.clientX + s.clientX) / 2 - box.left, (r.clientY + s.clientY) / 2 - box.top); drag.moved = 99; return;
    }
    if (drag && down.size) { left += e.clientX - drag.x; top += e.clientY - drag.y; drag.moved += Math.abs(e.clientX - drag.x) + Math.abs(e.clientY - drag.y); drag.x = e.clientX; drag.y = e.clientY; draw(); return; }
    const n = find(e); if (n !== over) { over = n; say(n); canvas.style.cursor = n < 0 ? "grab" : "pointer"; draw(); }
  });
  const up = (e) => { down.delete(e.pointerId); if (drag && drag.moved < 5 && e.type === "pointerup") { const n = find(e); if (n >= 0) location.href = data.nodes[n].path; } if (!down.size) drag = null; };
  canvas.addEventListener("pointerup", up); canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("keydown", (e) => {
    const box = canvas.getBoundingClientRect(), step = 60; const keys = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (keys[e.key]) { left += keys[e.key][0]; top += keys[e.key][1]; draw(); e.preventDefault(); }
    else if (e.key === "+" || e.key === "=") zoom(1.25, box.width / 2, box.height / 2);
    else if (e.key === "-") zoom(.8, box.width / 2, box.height / 2);
    else if (e.key === "n" || e.key === "p") { const on = data.nodes.map((_, n) => n).filter((n) => size[n]); const i = on.indexOf(over); over = on[(i + (e.key === "n" ? 1 : on.length - 1)) % on.length]; say(over); draw(); }
    else if (e.key === "Enter" && over >= 0) location.href = data.nodes[over].path;
  });
  for (const field of [pick, from, to]) field.addEventListener("input", () => { tally(); draw(); });
  addEventListener("resize", resize); matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  tally(); resize();
})();
