/** So many pixels beyond the window are drawn as well. */
const beyond = 300;

/**
 * Draws of a long list the lines that can be seen. Lines have heights of their own, guessed until they have been drawn.
 * A line that holds the keyboard's focus stays drawn wherever it is.
 * @param {HTMLElement} scroller
 * @param {HTMLElement} canvas as high as the whole list
 * @param {(line: object, index: number) => HTMLElement} draw
 * @param {(line: object) => number} guess a height in pixels
 */
export function virtualList(scroller, canvas, draw, guess) {
  let lines = [];
  let tops = new Float64Array(1);
  let kept = -1;
  const heights = new Map();
  const drawn = new Map();

  const place = (from = 0) => {
    for (let at = from; at < lines.length; at += 1) tops[at + 1] = tops[at] + (heights.get(lines[at].key) ?? guess(lines[at]));
    canvas.style.height = `${tops[lines.length]}px`;
  };

  const at = (pixels) => {
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (tops[middle] <= pixels) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  const wanted = () => {
    if (lines.length === 0) return [];
    const first = at(scroller.scrollTop - beyond);
    const last = at(scroller.scrollTop + scroller.clientHeight + beyond);
    const indexes = [];
    const focused = [...drawn.values()].find(({ element }) => element.contains(document.activeElement))?.index ?? -1;
    const outside = [kept, focused].filter((index) => index >= 0 && index < lines.length);
    for (const index of outside) if (index < first) indexes.push(index);
    for (let index = first; index <= last; index += 1) indexes.push(index);
    for (const index of outside) if (index > last) indexes.push(index);
    return [...new Set(indexes)].sort((a, b) => a - b);
  };

  /** Draws what is missing, takes away what is out of sight, and learns heights; true where they were not as guessed. */
  const paint = () => {
    const indexes = wanted();
    const keys = new Set(indexes.map((index) => lines[index].key));
    for (const [key, { element }] of drawn)
      if (!keys.has(key)) {
        element.remove();
        drawn.delete(key);
      }
    let previous = null;
    for (const index of indexes) {
      const line = lines[index];
      let one = drawn.get(line.key);
      if (one === undefined) {
        one = { element: draw(line, index), index };
        drawn.set(line.key, one);
      }
      one.index = index;
      const next = previous === null ? canvas.firstChild : previous.nextSibling;
      if (one.element !== next) canvas.insertBefore(one.element, next);
      previous = one.element;
    }
    let changed = Infinity;
    let above = 0;
    for (const [key, { element, index }] of drawn) {
      const height = element.getBoundingClientRect().height;
      const known = tops[index + 1] - tops[index];
      if (Math.abs(height - known) < 0.5) continue;
      heights.set(key, height);
      changed = Math.min(changed, index);
      // What grows above the window must not push away what is being read.
      if (tops[index + 1] <= scroller.scrollTop) above += height - known;
    }
    if (changed !== Infinity) {
      place(changed);
      if (above !== 0) scroller.scrollTop += above;
    }
    for (const { element, index } of drawn.values()) {
      element.style.transform = `translateY(${tops[index]}px)`;
      element.setAttribute('aria-rowindex', String(index + 1));
    }
    return changed !== Infinity;
  };

  const render = () => {
    // What is not displayed, as on paper, has no heights to learn from.
    if (scroller.clientWidth === 0) return;
    for (let again = 0; again < 4 && paint(); again += 1);
  };

  let width = scroller.clientWidth;
  let asked = false;
  const later = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      if (scroller.clientWidth !== width && scroller.clientWidth > 0) {
        width = scroller.clientWidth;
        heights.clear();
        place();
      }
      render();
    });
  };
  scroller.addEventListener('scroll', later, { passive: true });
  new ResizeObserver(later).observe(scroller);
  // A fold within a line changes its height.
  canvas.addEventListener('toggle', later, true);

  return {
    /** Other lines. What is drawn stays where a line has the same key and the same state. */
    show: (next) => {
      const states = new Map([...drawn].map(([key, { index }]) => [key, lines[index].state]));
      const kept = new Set(next.filter(({ key, state }) => states.get(key) === state && states.has(key)).map(({ key }) => key));
      for (const [key, { element }] of drawn) {
        if (kept.has(key)) continue;
        element.remove();
        drawn.delete(key);
      }
      lines = next;
      for (const one of drawn.values()) one.index = -1;
      tops = new Float64Array(lines.length + 1);
      place();
      render();
    },
    /** Scrolls as little as it takes to see a line whole, or to its start. */
    reveal: (index, toStart = false) => {
      for (let again = 0; again < 3; again += 1) {
        const top = tops[index];
        const bottom = tops[index + 1];
        if (toStart || top < scroller.scrollTop || bottom - top > scroller.clientHeight) scroller.scrollTop = top;
        else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
        render();
      }
    },
    /** Keeps a line drawn wherever it is. */
    keep: (index) => {
      kept = index;
      render();
    },
    elementOf: (index) => drawn.get(lines[index]?.key)?.element,
    /** How many lines a window holds, at least one. */
    page: (index) => Math.max(1, at(tops[index] + scroller.clientHeight) - index - 1),
    render,
  };
}
