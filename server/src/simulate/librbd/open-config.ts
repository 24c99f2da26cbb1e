/**
 * The configuration of an open image: that of its connection, with what the cluster itself keeps where that is known.
 * Source: MonClient::get_monmap_and_config (13.2 on), ImageCtx::apply_metadata (9.2 on), ConfigWatcher (14.2 on).
 */
import { cephOption } from '../../catalog/ceph-options.js';
import { optionOverrides } from '../../catalog/rbd-options.js';
import type { CephRelease } from '../../catalog/releases.js';
import { textCandidate } from '../librados/file-values.js';
import type { Candidate, Cluster, ClusterSettings, ConfigTrace, ImageName, OptionTrace } from '../model.js';

/** The connection's own configuration where nothing is known of the cluster's. */
export function openConfig(
  release: CephRelease,
  cluster: Cluster,
  image: ImageName,
  settings: ClusterSettings | undefined,
  host: string | null,
): ConfigTrace {
  if (settings === undefined) return cluster;
  const monitors = candidatesOfMonitors(release, cluster.identity, settings, host);
  const kept = [
    ...candidates(release, 'pool', settings.ofPool(image.pool) ?? []),
    ...candidates(release, 'image', settings.ofImage(image) ?? []),
  ];
  return monitors.length + kept.length === 0 ? cluster : new OpenConfig(cluster, monitors, kept);
}

class OpenConfig implements ConfigTrace {
  constructor(
    private readonly connection: ConfigTrace,
    private readonly monitors: readonly Candidate[],
    /** Of the pool, then of the image: written over all that the connection has. */
    private readonly kept: readonly Candidate[],
  ) {}

  get(option: string): string | undefined {
    return this.inForce(option)?.value ?? undefined;
  }

  inForce(option: string): Candidate | undefined {
    const own = this.connection.inForce(option);
    if (own === undefined) return undefined;
    const kept = this.kept.findLast((one) => one.option === option && one.value !== null);
    if (kept !== undefined) return kept;
    if (own.level !== 'default') return own;
    return this.monitors.find((one) => one.option === option && one.value !== null) ?? own;
  }

  trace(option: string): OptionTrace | undefined {
    const own = this.connection.trace(option);
    const winner = this.inForce(option);
    if (own === undefined || winner === undefined) return undefined;
    const added = [...this.monitors, ...this.kept].filter((one) => one.option === option);
    if (added.length === 0) return own;
    return { option, candidates: [...own.candidates, ...added], winner: added.includes(winner) ? winner : own.winner };
  }

  mentioned(): readonly string[] {
    const added = [...this.monitors, ...this.kept].map(({ option }) => option);
    return [...new Set([...this.connection.mentioned(), ...added])];
  }
}

/** The most specific statement of each option; of one section, the one for this host before the one for all. */
function candidatesOfMonitors(
  release: CephRelease,
  identity: string,
  settings: ClusterSettings,
  host: string | null,
): readonly Candidate[] {
  const sections = [identity, 'client', 'global'];
  const reaching = (settings.ofMonitors ?? []).filter(
    ({ section, mask }) => sections.includes(section) && (mask === '' || mask === `host:${host}`),
  );
  const ranked = reaching.toSorted(
    (a, b) => sections.indexOf(a.section) - sections.indexOf(b.section) || b.mask.length - a.mask.length,
  );
  const taken = new Map<string, Candidate>();
  for (const { option, value, section } of ranked) {
    if (taken.has(option) || !optionOverrides(release, option).monitors) continue;
    if (cephOption(release, option) === undefined) continue;
    const place = { kind: 'cluster', keptBy: 'monitors', section } as const;
    taken.set(option, textCandidate(release, option, value, 'mon', place));
  }
  return [...taken.values()];
}

function candidates(
  release: CephRelease,
  keptBy: 'pool' | 'image',
  values: readonly { readonly option: string; readonly value: string }[],
): readonly Candidate[] {
  return values.flatMap(({ option, value }) => {
    if (!optionOverrides(release, option)[keptBy] || cephOption(release, option) === undefined) return [];
    return [textCandidate(release, option, value, 'override', { kind: 'cluster', keptBy, section: null })];
  });
}
