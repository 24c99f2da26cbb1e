/** Releases to try a statement against while nobody said which ones are in force: one pair of each way of deciding. */
import { cephRelease, qemuRelease } from '../catalog/releases.js';
import type { Finding } from '../rules/rule.js';
import type { ReleasePair } from '../simulate/model.js';

const WRITTEN = [
  ['2.2', '0.87'],
  ['2.11', '12.2'],
  ['5.2', '14.2'],
  ['7.2', '16.2'],
] as const;

/** A before-2.4 QEMU, a before-13 librados, an override-level librados, a whole-file parser. */
export const representativePairs = (() => {
  let pairs: readonly ReleasePair[] | undefined;
  return (): readonly ReleasePair[] => {
    pairs ??= WRITTEN.flatMap(([qemuText, cephText]) => {
      const qemu = qemuRelease(qemuText);
      const librbd = cephRelease(cephText);
      return qemu === undefined || librbd === undefined ? [] : [{ qemu, librbd, vendor: 'upstream' as const }];
    });
    return pairs;
  };
})();

/** Equal for two findings that make the same statement at the same place, as grave. */
export function identity({ rule, severity, at }: Finding): string {
  return `${rule} ${severity} ${at.in} ${at.span.start} ${at.span.end}`;
}

/** The same statement at the same place, as grave. */
export function sameFinding(a: Finding, b: Finding): boolean {
  return identity(a) === identity(b);
}
