import { type CephRelease, within } from '../catalog/releases.js';
import type { ParserEra } from '../syntax/ceph-conf/tree.js';

const ERAS: readonly (readonly [ParserEra, string | null, string | null])[] = [
  ['A', null, '0.48'],
  ['B', '0.49', '15.0'],
  ['C', '15.1', null],
];

/** Which parser of ceph.conf a release has. Source: ConfUtils.cc of 0.48.3, 0.56.7–14.2.16, 15.1.0–20.2.4. */
export function eraOf(release: CephRelease): ParserEra {
  return ERAS.find(([, since, until]) => within(release, since, until))?.[0] ?? 'C';
}
