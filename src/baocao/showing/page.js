"use strict";
(() => {
  const all = [...document.querySelectorAll(".finding")];
  const bar = document.querySelector(".bar");
  const counter = document.getElementById("counter");
  const help = document.getElementById("help");
  const rule = document.getElementById("rule");
  const boxes = [...document.querySelectorAll(".severities input")];
  const marks = [...document.querySelectorAll("mark[data-f]")];
  let shown = all;
  let current = null;

  const marksOf = (card) => marks.filter((mark) => mark.dataset.f.split(" ").includes(card.dataset.f));
  // a finding may mark other places too; its own words stand in its own row
  const ownMark = (card) => marksOf(card).find((mark) => card.closest(".row").contains(mark));
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function count() {
    const place = shown.indexOf(current);
    counter.textContent = shown.length ? `${place < 0 ? "–" : place + 1} / ${shown.length}` : "0";
  }

  function choose(card, focus = true) {
    document.querySelectorAll(".current").forEach((old) => old.classList.remove("current"));
    current = card;
    count();
    if (!card) return;
    card.classList.add("current");
    marksOf(card).forEach((mark) => mark.classList.add("current"));
    (ownMark(card) || card).scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    if (focus) card.focus({ preventScroll: true });
  }

  function step(by) {
    if (!shown.length) return;
    const place = shown.indexOf(current);
    const to = place < 0 ? (by > 0 ? 0 : shown.length - 1) : (place + by + shown.length) % shown.length;
    choose(shown[to]);
  }

  function filter() {
    const severities = boxes.filter((box) => box.checked).map((box) => box.value);
    shown = [];
    for (const card of all) {
      card.hidden = !severities.includes(card.dataset.severity) || (rule.value !== "" && card.dataset.rule !== rule.value);
      if (!card.hidden) shown.push(card);
    }
    const seen = new Set(shown.map((card) => card.dataset.f));
    for (const mark of marks) mark.classList.toggle("off", !mark.dataset.f.split(" ").some((f) => seen.has(f)));
    if (current && current.hidden) choose(null);
    count();
  }

  function between() {
    // Enter goes from a finding to its words and back
    if (!current) return step(1);
    const own = ownMark(current);
    if (own && document.activeElement === current) {
      own.tabIndex = -1;
      own.focus();
    } else {
      current.focus();
    }
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, button, a, dialog");
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === "j" || (event.key === "ArrowRight" && !typing)) step(1);
    else if (event.key === "k" || (event.key === "ArrowLeft" && !typing)) step(-1);
    else if (event.key === "Enter" && !typing) between();
    else if (event.key === "Escape") choose(null);
    else if (event.key === "?") help.showModal();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a")) return;
    const card = event.target.closest(".finding");
    const mark = event.target.closest("mark[data-f]");
    if (card) choose(card);
    else if (mark) {
      const first = mark.dataset.f.split(" ").map((f) => document.getElementById(`f${f}`)).find((one) => one && !one.hidden);
      if (first) choose(first);
    }
  });
  document.getElementById("previous").addEventListener("click", () => step(-1));
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("ask").addEventListener("click", () => help.showModal());
  rule.addEventListener("change", filter);
  boxes.forEach((box) => box.addEventListener("change", filter));
  bar.hidden = all.length === 0;
  filter();
})();
