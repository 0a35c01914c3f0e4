// What was typed and is not with the server yet, kept in this browser. Each cell is kept with the version that its
// writer saw, wherever it is sent from: a page opened later may already show what somebody else has put there since.
// A batch that was sent keeps its name until it is answered, so that it is done once however often it is sent.

import { place, recalled, remember, told } from "./shared.js";

export const MOST_CELLS = 5_000;
export const kept = { edits: {}, bases: {}, batch: null, conflicts: {} };

// Into the browser's store; false where it has no room.
export function keep() {
  const isEmpty = !Object.keys(kept.edits).length && !kept.batch && !Object.keys(kept.conflicts).length;
  return remember(place, isEmpty ? null : kept);
}

export function recall() {
  Object.assign(kept, recalled(place) || {});
}

export function edit(cell, text) {
  if (!(cell in kept.edits)) kept.bases[cell] = told.version;
  kept.edits[cell] = text;
  delete kept.conflicts[cell];
}

export function drop(cell) {
  delete kept.edits[cell];
  delete kept.bases[cell];
}

export function count() {
  return Object.keys(kept.edits).length;
}

// Whether one call cannot take all of it along.
export function isMoreThanOne() {
  const bases = new Set(Object.keys(kept.edits).map(baseOf));
  return (kept.batch && count() > 0) || count() > MOST_CELLS || bases.size > 1;
}

function baseOf(cell) {
  return kept.bases[cell] || 0;
}

// The cells typed over the earliest version become a batch with a name of its own; false where nothing is.
export function pack() {
  if (!count()) return false;
  const base = Math.min(...Object.keys(kept.edits).map(baseOf));
  const cells = Object.entries(kept.edits).filter(([cell]) => baseOf(cell) === base).slice(0, MOST_CELLS);
  kept.batch = { request: crypto.randomUUID(), base, cells: Object.fromEntries(cells) };
  for (const [cell] of cells) drop(cell);
  return true;
}

// A batch that was refused: its cells are typed and not sent again, over the version that they were typed over.
export function unpack() {
  const { cells, base } = kept.batch || { cells: {}, base: 0 };
  for (const cell of Object.keys(cells)) kept.bases[cell] = base;
  kept.edits = { ...cells, ...kept.edits };
  kept.batch = null;
}

// A batch was answered: the page shows all that changed behind its version, so that the rest is typed over this one.
export function answered(version) {
  const { base, cells } = kept.batch || { base: Infinity, cells: {} };
  kept.batch = null;
  for (const cell of Object.keys(kept.edits)) if (baseOf(cell) >= base) kept.bases[cell] = version;
  return cells;
}
