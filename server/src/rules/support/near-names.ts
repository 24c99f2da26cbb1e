/** Names of this release that a misspelt one may have meant. */
import { cephOptionNames } from '../../catalog/ceph-options.js';
import { editDistance } from '../../catalog/edit-distance.js';
import type { CephRelease } from '../../catalog/releases.js';
import { BoundedMemo } from './bounded-memo.js';

interface Signed {
  readonly name: string;
  readonly letters: number;
}

/** One bit for each letter that occurs: two edits change four bits at most, which rules out nearly every name cheaply. */
function lettersOf(name: string): number {
  let letters = 0;
  for (let i = 0; i < name.length; i++) letters |= 1 << (name.charCodeAt(i) & 31);
  return letters;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

export type NearNames = (release: CephRelease, name: string) => readonly string[];

/** Makes a search that remembers its answers: nearest first, two edits at most, one in short names. */
export function createNearNames(): NearNames {
  const tables = new BoundedMemo<readonly Signed[]>(8);
  const answers = new BoundedMemo<readonly string[]>(2000);
  return (release, name) =>
    answers.get(`${release.label} ${name}`, () => {
      const limit = name.length < 10 ? 1 : 2;
      const letters = lettersOf(name);
      const table = tables.get(release.label, () =>
        cephOptionNames(release).map((known) => ({ name: known, letters: lettersOf(known) })),
      );
      const near: { readonly name: string; readonly distance: number }[] = [];
      for (const known of table) {
        if (Math.abs(known.name.length - name.length) > limit) continue;
        if (bitCount(known.letters ^ letters) > 2 * limit) continue;
        const distance = editDistance(name, known.name, limit);
        if (distance <= limit) near.push({ name: known.name, distance });
      }
      return near.toSorted((a, b) => a.distance - b.distance).map((each) => each.name);
    });
}
