// What others do to this form, asked for now and then: often while things happen, seldom while nothing does, never
// while nobody looks.

import { cells, get, nameOf, outdated, refuse, say, told } from "./shared.js";
import { add, marks } from "./remarks.js";

const SOONEST = 4_000, LATEST = 30_000, SLOWER = 1.5, LONGEST = 300_000; // milliseconds
const NAMED = 3;

const line = document.getElementById("news");
let wait = SOONEST, timer = 0, grid = null, isAsking = false, isOver = false;

export function begin(entryGrid) {
  grid = entryGrid;
  later();
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : soon()));
  addEventListener("baocao:news", soon);
  addEventListener("online", soon);
}

function soon() {
  wait = SOONEST;
  clearTimeout(timer);
  ask();
}

function later() {
  clearTimeout(timer);
  if (document.hidden || isOver) return;
  timer = setTimeout(ask, wait * (0.8 + 0.4 * Math.random())); // not all pages at one moment
}

async function ask() {
  if (isAsking || isOver) return;
  const { version, remarked, state, step } = told;
  if (grid && grid.isBusy()) return later();
  isAsking = true;
  let answer = null;
  try {
    answer = await get(`${told.urls.news}?${new URLSearchParams({ version, remarked, state, step })}`);
  } catch {
    answer = null;
  }
  isAsking = false;
  if (!answer || answer.status >= 500 || answer.status === 429) wait = Math.min(wait * 2, LONGEST);
  else if (answer.status === 204) wait = Math.min(wait * SLOWER, LATEST);
  else if (answer.status !== 200) {
    isOver = true;
    return refuse(told.words.signed_out);
  } else if ((grid && grid.isBusy()) || told.version !== version) wait = SOONEST; // older than what was sent meanwhile
  else {
    wait = SOONEST;
    show(answer.body);
  }
  later();
}

function show(news) {
  const fresh = Object.keys(news.cells), said = news.remarks.at(-1);
  told.version = news.version;
  told.remarked = news.remarked;
  if (grid) grid.take(news.cells);
  else for (const [cell, text] of Object.entries(news.cells)) read(cell, text);
  marks(news.threads);
  add(news.remarks);
  if (fresh.length) tell(fresh);
  if (said) line.textContent = say(told.words.new_remark, { by: said.by, cell: nameOf(said.cell), text: said.text });
  if (news.state !== told.state || news.step !== told.step) {
    [told.state, told.step] = [news.state, news.step];
    outdated(say(told.words.moved, { state: news.state_name }));
  }
}

function tell(fresh) {
  const names = fresh.slice(0, NAMED).map(nameOf).join("; ") + (fresh.length > NAMED ? " …" : "");
  line.textContent = say(told.words.new_cells, { count: fresh.length, cells: names });
}

function read(cell, text) {
  const td = cells.get(cell);
  if (!td) return;
  (td.querySelector(":scope > span") || td).textContent = text;
  td.classList.add("others");
}
