// Walking over the cells of a form that is not typed into: one of them can be reached by Tab, the others by arrows.

import { cells, section } from "./shared.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function wander() {
  const all = [...cells.values()];
  for (const [place, td] of all.entries()) td.tabIndex = place ? -1 : 0;
  section.addEventListener("keydown", walk);
  section.addEventListener("focusin", (event) => {
    if (event.target.matches("td[data-cell]")) for (const td of all) td.tabIndex = td === event.target ? 0 : -1;
  });
}

function walk(event) {
  const td = event.target.closest("td[data-cell]"), step = STEPS[event.key];
  if (!td || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === " " && event.target === td) {
    const pick = section.classList.contains("choosing") && td.querySelector(".pick input");
    if (pick) pick.click();
    if (pick) event.preventDefault();
    return;
  }
  if (!step) return;
  event.preventDefault();
  const next = beside(td, step);
  if (next) next.focus();
}

function beside(td, [down, right]) {
  let row = td.parentElement, column = td.cellIndex;
  for (;;) {
    row = down > 0 ? row.nextElementSibling : down < 0 ? row.previousElementSibling : row;
    column += right;
    if (!row || column < 0 || (right && column >= row.cells.length)) return null;
    const found = row.cells[column];
    if (found && "cell" in found.dataset) return found;
  }
}
