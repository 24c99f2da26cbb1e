/** Facts that change with QEMU's series: what holds from one release on until the next row. */
import { type QemuRelease, qemuChoices } from './releases.js';

const SERIES: readonly string[] = qemuChoices()
  .map((choice) => choice.version)
  .reverse();
const POSITION: ReadonlyMap<string, number> = new Map(SERIES.map((series, index) => [series, index]));

export const QEMU_SERIES_COUNT = SERIES.length;

/** Position of the release's series in the table, oldest first. */
export function seriesPosition(release: QemuRelease): number {
  return POSITION.get(release.series) ?? SERIES.length - 1;
}

/** Position of a series named in a table, such as `2.4`. */
export function positionOf(series: string): number {
  const position = POSITION.get(series);
  if (position === undefined) throw new Error(`the facts name a release that is not in the table: ${series}`);
  return position;
}

/** Rows of `[since, value]`, oldest first; the first row also holds for what is older. */
export class Timeline<T> {
  private readonly values: readonly T[];

  constructor(first: readonly [string, T], ...rest: readonly (readonly [string, T])[]) {
    const rows = [first, ...rest].map(([since, value]) => ({ from: positionOf(since), value }));
    this.values = SERIES.map((_, index) => (rows.findLast((row) => row.from <= index) ?? { value: first[1] }).value);
  }

  at(release: QemuRelease): T {
    return this.atPosition(seriesPosition(release));
  }

  atPosition(position: number): T {
    const value = this.values[position];
    if (value === undefined) throw new Error(`no release at position ${position}`);
    return value;
  }
}

/** False before `since`, true from it on, false again from `until` on. */
export function from(since: string, until?: string): Timeline<boolean> {
  return until === undefined
    ? new Timeline<boolean>(['0.14', false], [since, true])
    : new Timeline<boolean>(['0.14', false], [since, true], [until, false]);
}

/** True up to, and without, `until`. */
export function before(until: string): Timeline<boolean> {
  return new Timeline<boolean>(['0.14', true], [until, false]);
}

/** One value for each series, made when it is first asked for: a run needs a few of them. */
export function perSeries<T>(build: (position: number) => T): (release: QemuRelease) => T {
  const made = new Map<number, T>();
  return (release) => {
    const position = seriesPosition(release);
    const known = made.get(position);
    if (known !== undefined) return known;
    const value = build(position);
    made.set(position, value);
    return value;
  };
}
