/** Which of a release's own texts name other options: up to 12.2 they are expanded by rados_create, before any change. */
import { cephOption, cephOptionNames } from '../../catalog/ceph-options.js';
import type { CephRelease } from '../../catalog/releases.js';

const VARIABLE = /\$(?:\{([a-z_]+)\}|([a-z_]+))/g;

/** For each option that some default text names: the options with such a default. Made once for each release object. */
export const defaultsNaming = (() => {
  const known = new WeakMap<CephRelease, ReadonlyMap<string, readonly string[]>>();
  return (release: CephRelease): ReadonlyMap<string, readonly string[]> => {
    let naming = known.get(release);
    if (naming === undefined) {
      naming = readDefaults(release);
      known.set(release, naming);
    }
    return naming;
  };
})();

function readDefaults(release: CephRelease): ReadonlyMap<string, readonly string[]> {
  const naming = new Map<string, string[]>();
  for (const name of cephOptionNames(release)) {
    const option = cephOption(release, name);
    if (option?.type !== 'str' || !option.default.includes('$')) continue;
    for (const match of option.default.matchAll(VARIABLE)) {
      const named = match[1] ?? match[2] ?? '';
      if (cephOption(release, named) === undefined) continue;
      naming.set(named, [...(naming.get(named) ?? []), name]);
    }
  }
  return naming;
}
