// Figures without rounding: read as officials write them, computed as fractions, shown with dots and a comma.
// The server judges by the same rules (collecting/checking.py); here they hold while the line is down.

const NUMBER = /^([+\-\u2212]?)((?:[1-9]\d{0,2}(?:\.\d{3})+|\d+))(?:,(\d+))?$/;
const BLANKS = /(\d)[ \u00a0\u202f](?=\d{3}(?!\d))/g;

// A fraction is [numerator, denominator], both BigInt, the denominator above nought.
export function plain(text) {
  const [whole, decimals = ""] = text.replace("-", "").split(".");
  const digits = BigInt(whole + decimals);
  return [text.startsWith("-") ? -digits : digits, 10n ** BigInt(decimals.length)];
}

// What was typed: {value}, {mark}, {} for nothing, or {fault: true}.
export function read(typed, marks) {
  const words = typed.trim().replace(/\s+/g, " ");
  if (!words) return {};
  const found = NUMBER.exec(words.replace(BLANKS, "$1"));
  if (found) {
    const sign = found[1] && found[1] !== "+" ? "-" : "";
    const digits = found[2].replaceAll(".", "");
    if ((found[3] || "").replace(/0+$/, "").length > 6 || digits.length > 12) return { fault: true };
    return { value: plain(sign + digits + (found[3] ? "." + found[3] : "")) };
  }
  const mark = marks[words.toLocaleLowerCase("vi")];
  return mark ? { mark } : { fault: true };
}

// A fraction with so many decimals at most, half away from nought; noughts at the end are dropped.
export function show([numerator, denominator], decimals = 4) {
  const scale = 10n ** BigInt(decimals);
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size * scale + denominator) / (2n * denominator);
  const whole = (rounded / scale).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  const rest = decimals ? (rounded % scale).toString().padStart(decimals, "0").replace(/0+$/, "") : "";
  return (numerator < 0n && rounded ? "-" : "") + whole + (rest ? "," + rest : "");
}

function compare([a, b], [c, d]) {
  const left = a * d, right = c * b;
  return left < right ? -1 : left > right ? 1 : 0;
}

// What a formula comes to, by a function cell → fraction or null; null where a part is missing or divides by nought.
export function evaluate(formula, valueOf) {
  const [sign, ...parts] = formula;
  if (sign === "number") return plain(parts[0]);
  if (sign === "cell") return valueOf(parts[0]);
  const of = parts.map((part) => evaluate(part, valueOf));
  if (of.some((one) => one === null)) return null;
  if (sign === "sum") return of.reduce(add);
  if (sign === "min" || sign === "max") {
    return of.reduce((one, other) => (compare(one, other) * (sign === "min" ? 1 : -1) <= 0 ? one : other));
  }
  const [[a, b], [c, d]] = of;
  if (sign === "+") return [a * d + c * b, b * d];
  if (sign === "-") return [a * d - c * b, b * d];
  if (sign === "*") return [a * c, b * d];
  if (c === 0n) return null;
  return c < 0n ? [-a * d, -b * c] : [a * d, b * c];
}

function add([a, b], [c, d]) {
  return [a * d + c * b, b * d];
}

const HOLDS = {
  "=": (order) => order === 0,
  "≈": () => true, // what rounding explains is left to the server
  "≠": (order) => order !== 0,
  "<": (order) => order < 0,
  "≤": (order) => order <= 0,
  ">": (order) => order > 0,
  "≥": (order) => order >= 0,
};

// Whether a relation holds; null where a part of it is missing.
export function holds(rule, valueOf) {
  const left = evaluate(rule.left, valueOf), right = evaluate(rule.right, valueOf);
  if (left === null || right === null) return null;
  return { holds: HOLDS[rule.comparison](compare(left, right)), left, right };
}

export function isOutside(value, [low, high]) {
  return (low !== null && compare(value, plain(low)) < 0) || (high !== null && compare(value, plain(high)) > 0);
}

// How many times a figure is another, where it is off by a power of ten; null where it is not.
export function slip(value, others) {
  if (!others.length || value[0] === 0n || others.some((one) => one[0] === 0n)) return null;
  const isSmall = [value, ...others].some(([a, b]) => (a < 0n ? -a : a) < 10n * b);
  for (const times of [10n, 100n, 1000n, 1000000n]) {
    if (times === 10n && isSmall) continue;
    if (others.every(([a, b]) => isNear([value[0] * b, value[1] * a * times]))) return { times, isMore: true };
    if (others.every(([a, b]) => isNear([value[0] * b * times, value[1] * a]))) return { times, isMore: false };
  }
  return null;
}

function isNear([a, b]) {
  const [n, d] = b < 0n ? [-a, -b] : [a, b];
  return 5n * n >= 4n * d && 4n * n <= 5n * d;
}
