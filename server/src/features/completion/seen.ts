/** What the drives of the workspace name: pools, images, clients, files. A name that stands once is likely to be meant again. */
import type { DriveTrace } from '../../simulate/model.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { PlacedDrive } from '../../workspace/analysis-model.js';

export interface SeenNames {
  readonly pools: ReadonlySet<string>;
  /** Images of a pool, with their namespace before a slash. */
  imagesOf(pool: string): ReadonlySet<string>;
  snapshotsOf(pool: string): ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
  readonly clients: ReadonlySet<string>;
  /** Each `conf` that was found. */
  readonly confs: ReadonlySet<string>;
  /** Values of other options in drive strings, by name. */
  valuesOf(option: string): ReadonlySet<string>;
}

/** Where the caret is: what is being typed there is not seen. */
export interface Elsewhere {
  readonly address: string;
  readonly offset: number;
}

/** Options whose values are the same for many drives, and no secret. */
const SHARED = ['mon_host', 'keyring'] as const;
const MOST_DRIVES = 2_000;

export function seenNames(drives: readonly PlacedDrive[], { address, offset }: Elsewhere): SeenNames {
  const pools = new Set<string>();
  const images = new Map<string, Set<string>>();
  const snapshots = new Map<string, Set<string>>();
  const namespaces = new Set<string>();
  const clients = new Set<string>();
  const confs = new Set<string>();
  const values = new Map<string, Set<string>>();
  for (const { trace, address: where, span } of drives.slice(0, MOST_DRIVES)) {
    if (where === address && span.start <= offset && offset <= span.end) continue;
    const { pool, namespace, image, snapshot, user } = trace.image;
    if (isKnown(pool)) pools.add(pool);
    if (isKnown(namespace)) namespaces.add(namespace);
    if (isKnown(image)) put(images, pool, image);
    if (snapshot !== null && isKnown(snapshot)) put(snapshots, pool, snapshot);
    if (user !== null && isKnown(user)) clients.add(user);
    for (const { taken } of trace.reads) if (taken !== null) confs.add(taken.path);
    for (const [option, value] of sharedValues(trace)) put(values, option, value);
  }
  const none: ReadonlySet<string> = new Set();
  return {
    pools,
    namespaces,
    clients,
    confs,
    imagesOf: (pool) => images.get(pool) ?? none,
    snapshotsOf: (pool) => snapshots.get(pool) ?? none,
    valuesOf: (option) => values.get(option) ?? none,
  };
}

function sharedValues({ syntax }: DriveTrace): readonly (readonly [string, string])[] {
  if (syntax.name === null) return [];
  return syntax.name.options.flatMap(({ key, value, unknown }) => {
    const option = SHARED.find((name) => name === key.replace(/[ -]/g, '_'));
    return option === undefined || unknown || value === '' ? [] : [[option, value] as const];
  });
}

function isKnown(text: string): boolean {
  return text !== '' && !text.includes(UNKNOWN);
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}
