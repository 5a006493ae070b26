/* Completion of prefixes, terms, keywords and variables in the SPARQL text. */
"use strict";
(() => {
  const text = document.getElementById("text"), prefixes = [...document.querySelectorAll(".prefixes code")].map((c) => c.textContent).filter((c) => c.endsWith(":"));
  const terms = [...document.querySelectorAll("#terms code")].map((c) => c.textContent);
  const words = "SELECT DISTINCT WHERE OPTIONAL FILTER UNION MINUS GRAPH VALUES BIND SERVICE ASK CONSTRUCT DESCRIBE ORDER BY GROUP BY HAVING LIMIT OFFSET COUNT SUM AVG MIN MAX GROUP_CONCAT COALESCE CONTAINS STRSTARTS REGEX EXISTS NOT EXISTS LANG STR YEAR".split(/ (?!BY|EXISTS)/);
  const list = document.createElement("ul"); list.id = "completions"; list.setAttribute("role", "listbox"); list.setAttribute("aria-label", "Completions"); list.hidden = true; text.after(list);
  text.setAttribute("aria-autocomplete", "list"); text.setAttribute("aria-controls", "completions");
  let found = [], at = 0, begin = 0;
  const close = () => { list.hidden = true; found = []; text.removeAttribute("aria-activedescendant"); };
  const mark = () => { [...list.children].forEach((item, i) => item.setAttribute("aria-selected", i === at)); text.setAttribute("aria-activedescendant", `completion-${at}`); list.children[at].scrollIntoView({ block: "nearest" }); };
  const take = (i) => { const end = text.selectionStart; text.setRangeText(found[i], begin, end, "end"); close(); text.focus(); };
  const look = () => {
    const before = text.value.slice(0, text.selectionStart), part = (/[?$]?[\w:-]+$/.exec(before) || [""])[0];
    if (part.length < 2) return close();
    const variables = [...new Set(text.value.match(/[?$]\w+/g) || [])].filter((v) => v !== part);
    begin = before.length - part.length; const low = part.toLowerCase();
    found = [...variables, ...terms, ...prefixes, ...words].filter((w) => w.toLowerCase().startsWith(low) && w !== part).slice(0, 8);
    if (!found.length) return close();
    at = 0; list.replaceChildren(...found.map((w, i) => { const item = document.createElement("li"); item.id = `completion-${i}`; item.setAttribute("role", "option"); item.textContent = w; item.addEventListener("mousedown", (e) => { e.preventDefault(); take(i); }); return item; }));
    list.hidden = false; mark();
  };
  text.addEventListener("input", look); text.addEventListener("blur", close);
  text.addEventListener("keydown", (e) => {
    if ((e.ctrlKey || e.metaKey) && e.key === "Enter") return text.form.requestSubmit();
    if (list.hidden) return;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") { at = (at + (e.key === "ArrowDown" ? 1 : found.length - 1)) % found.length; mark(); e.preventDefault(); }
    else if (e.key === "Tab" || e.key === "Enter") { take(at); e.preventDefault(); }
    else if (e.key === "Escape") close();
  });
})();
