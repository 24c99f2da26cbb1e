/** Facts that change with QEMU's series: what holds from one release on until the next row. */
import { type QemuRelease, qemuChoices } from './releases.js';

const SERIES: readonly string[] = qemuChoices()
  .map((choice) => choice.version)
  .reverse();
const POSITION: ReadonlyMap<string, number> = new Map(SERIES.map((series, index) => [series, index]));

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

/** A value from each release named on until the next one, oldest first; the first also holds for what is older. */
export type Timeline<T> = Readonly<Record<string, T>>;
type Timelines = Readonly<Record<string, Timeline<unknown>>>;

/** For each row of a table the value in one release. */
export type At<R extends Timelines> = { readonly [K in keyof R]: R[K] extends Timeline<infer T> ? T : never };

export function timeline<T>(rows: Timeline<T>): Timeline<T> {
  return rows;
}

/** False before `since`, true from it on, false again from `until` on. */
export function from(since: string, until?: string): Timeline<boolean> {
  return until === undefined ? { '0.14': false, [since]: true } : { '0.14': false, [since]: true, [until]: false };
}

/** True up to, and without, `until`. */
export function before(until: string): Timeline<boolean> {
  return { '0.14': true, [until]: false };
}

/** The value of each row at one position. */
export function rowsAt<R extends Timelines>(rows: R, position: number): At<R> {
  const values = Object.entries(rows).map(([name, row]) => {
    const steps = Object.entries(row);
    return [name, (steps.findLast(([since]) => positionOf(since) <= position) ?? steps[0])?.[1]];
  });
  return Object.fromEntries(values) as At<R>;
}

/** The names that are there at a position, of a table from names to the release that brought each. */
export function knownAt(since: Readonly<Record<string, string>>, position: number): readonly string[] {
  return Object.keys(since).filter((name) => positionOf(since[name] ?? '') <= position);
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
