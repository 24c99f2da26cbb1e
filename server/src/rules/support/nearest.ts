import { editDistance } from '../../catalog/edit-distance.js';

/** The words that a misspelt one may have meant, nearest first, three at most. Case counts as no difference. */
export function nearest(word: string, candidates: Iterable<string>): readonly string[] {
  const limit = word.length < 4 ? 1 : 2;
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), limit);
    if (distance <= limit && candidate !== word) near.push({ candidate, distance });
  }
  return near
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}
