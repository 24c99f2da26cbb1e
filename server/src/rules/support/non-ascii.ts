import { type CephRelease, within } from '../../catalog/releases.js';

/** Debian's 16.2.15, the one build where it was seen. */
export function abortsOnNonAscii(release: CephRelease): boolean {
  return within(release, '16.2.15', '16.2.15');
}

/** Releases whose parser may abort on it, depending on how they were built. */
export function mayAbortOnNonAscii(release: CephRelease): boolean {
  return within(release, '16.2', '16.2');
}
