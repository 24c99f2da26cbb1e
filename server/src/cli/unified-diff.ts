/** The difference between two texts as `diff -u` prints it. */

interface Step {
  readonly kind: 'same' | 'removed' | 'added';
  readonly line: string;
}

const CONTEXT = 3;
/** Texts that differ in more lines than this are shown as taken away and put anew as a whole. */
const MOST_DIFFERENCES = 1_000;
const NO_NEWLINE = '\\ No newline at end of file';

/** Lines without their ends; empty where the texts are the same. */
export function unifiedDiff(name: string, before: string, after: string): readonly string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const steps = compare(old, now);
  const lines: string[] = [];
  for (const { from, to } of hunks(steps)) {
    const part = steps.slice(from, to);
    const oldStart = count(steps.slice(0, from), 'added');
    const nowStart = count(steps.slice(0, from), 'removed');
    lines.push(`@@ -${range(oldStart, count(part, 'added'))} +${range(nowStart, count(part, 'removed'))} @@`);
    for (const { kind, line } of part) {
      lines.push(SIGNS[kind] + line.replace(/\n$/, ''));
      if (!line.endsWith('\n')) lines.push(NO_NEWLINE);
    }
  }
  return lines.length === 0 ? [] : [`--- a/${name}`, `+++ b/${name}`, ...lines];
}

const SIGNS = { same: ' ', removed: '-', added: '+' } as const;

/** Lines with their ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function count(steps: readonly Step[], without: Step['kind']): number {
  return steps.filter(({ kind }) => kind !== without).length;
}

function range(start: number, length: number): string {
  return length === 1 ? `${start + 1}` : `${length === 0 ? start : start + 1},${length}`;
}

/** Runs of changes with their surroundings, joined where those touch. */
function hunks(steps: readonly Step[]): readonly { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const [at, { kind }] of steps.entries()) {
    if (kind === 'same') continue;
    const last = found.at(-1);
    if (last !== undefined && at - CONTEXT <= last.to) last.to = at + 1 + CONTEXT;
    else found.push({ from: Math.max(0, at - CONTEXT), to: at + 1 + CONTEXT });
  }
  return found.map(({ from, to }) => ({ from, to: Math.min(to, steps.length) }));
}

/** The shortest way from one list to the other, after E. W. Myers, “An O(ND) Difference Algorithm” (1986). */
function compare(old: readonly string[], now: readonly string[]): readonly Step[] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > start && nowEnd > start && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd -= 1;
    nowEnd -= 1;
  }
  const same = (line: string): Step => ({ kind: 'same', line });
  return [
    ...old.slice(0, start).map(same),
    ...middle(old.slice(start, oldEnd), now.slice(start, nowEnd)),
    ...old.slice(oldEnd).map(same),
  ];
}

function middle(old: readonly string[], now: readonly string[]): readonly Step[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  const most = Math.min(MOST_DIFFERENCES, old.length + now.length);
  for (let differences = 0; differences <= most; differences += 1) {
    trace.push(new Map(furthest));
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const { added, fromX } = entrance(furthest, diagonal, differences);
      let x = added ? fromX : fromX + 1;
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= old.length && x - diagonal >= now.length) return walkBack(old, now, trace);
    }
  }
  const removed = old.map((line): Step => ({ kind: 'removed', line }));
  return [...removed, ...now.map((line): Step => ({ kind: 'added', line }))];
}

interface Entrance {
  /** A line was added; else one was taken away. */
  readonly added: boolean;
  readonly fromX: number;
}

/** Where the best way enters a diagonal: from above, or from the left. */
function entrance(furthest: ReadonlyMap<number, number>, diagonal: number, differences: number): Entrance {
  const left = furthest.get(diagonal - 1) ?? -1;
  const above = furthest.get(diagonal + 1) ?? -1;
  const added = diagonal === -differences || (diagonal !== differences && left < above);
  return { added, fromX: added ? above : left };
}

function walkBack(
  old: readonly string[],
  now: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): readonly Step[] {
  const steps: Step[] = [];
  let [x, y] = [old.length, now.length];
  for (const [differences, furthest] of [...trace.entries()].slice(1).reverse()) {
    const { added, fromX } = entrance(furthest, x - y, differences);
    const fromY = added ? fromX - (x - y) - 1 : fromX - (x - y) + 1;
    for (const enteredX = added ? fromX : fromX + 1; x > enteredX; x -= 1, y -= 1) {
      steps.push({ kind: 'same', line: old[x - 1] ?? '' });
    }
    steps.push(added ? { kind: 'added', line: now[fromY] ?? '' } : { kind: 'removed', line: old[fromX] ?? '' });
    [x, y] = [fromX, fromY];
  }
  for (; x > 0; x -= 1) steps.push({ kind: 'same', line: old[x - 1] ?? '' });
  return steps.reverse();
}
