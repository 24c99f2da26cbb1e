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

type MonitorsValue = NonNullable<ClusterSettings['ofMonitors']>[number];

/**
 * What the monitors give to a client: the sections one over the other, of the statements about one option the one for this
 * host. As the monitors do it, the last statement of a section is compared with the first one of the next, too.
 * Source: ConfigMap::generate_entity_map.
 */
function givenByMonitors(
  identity: string,
  values: readonly MonitorsValue[],
  host: string | null,
): readonly MonitorsValue[] {
  const given = new Map<string, MonitorsValue>();
  let last: MonitorsValue | null = null;
  for (const section of sectionsOfMonitors(identity)) {
    const reaching = values.filter(
      (one) => one.section === section && (one.mask === '' || one.mask === `host:${host}`),
    );
    for (const one of reaching.toSorted((a, b) => Number(a.option > b.option) - Number(a.option < b.option))) {
      if (last?.option === one.option && last.mask !== '' && one.mask === '') continue;
      given.set(one.option, one);
      last = one;
    }
  }
  return [...given.values()];
}

/** `client.a.b` takes what `client.a` is given, too, unlike from a file. */
function sectionsOfMonitors(identity: string): readonly string[] {
  const parts = identity.split('.');
  return ['global', ...parts.map((_, at) => parts.slice(0, at + 1).join('.'))];
}

function candidatesOfMonitors(
  release: CephRelease,
  identity: string,
  settings: ClusterSettings,
  host: string | null,
): readonly Candidate[] {
  return givenByMonitors(identity, settings.ofMonitors ?? [], host).flatMap(({ option, value, section }) => {
    if (!optionOverrides(release, option).monitors || cephOption(release, option) === undefined) return [];
    return [textCandidate(release, option, value, 'mon', { kind: 'cluster', keptBy: 'monitors', section })];
  });
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
