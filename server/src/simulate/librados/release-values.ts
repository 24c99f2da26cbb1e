/** What a release of librados holds before anybody says anything: its defaults, and what rados_create sets itself. */
import { librados } from '../../catalog/librados-rules.js';
import type { CephRelease } from '../../catalog/releases.js';
import type { Candidate } from '../model.js';
import { textCandidate } from './file-values.js';

/** The release's own values, as candidates; made once for each release object. */
export const releaseDefaults = (() => {
  const known = new WeakMap<CephRelease, Map<string, Candidate>>();
  return (release: CephRelease): Map<string, Candidate> => {
    let defaults = known.get(release);
    if (defaults === undefined) {
      defaults = new Map();
      known.set(release, defaults);
    }
    return defaults;
  };
})();

/** What rados_create sets itself; made once for each release object. */
export const releasePresets = (() => {
  const known = new WeakMap<CephRelease, readonly Candidate[]>();
  return (release: CephRelease): readonly Candidate[] => {
    let presets = known.get(release);
    if (presets === undefined) {
      presets = librados(release).presets.map(({ option, value }) =>
        textCandidate(release, option, value, 'override', { kind: 'release' }, value),
      );
      known.set(release, presets);
    }
    return presets;
  };
})();
