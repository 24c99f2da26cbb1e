/** What the drives of the workspace name: pools, images, clients, files. A name that stands once is likely to be meant again. */
import type { DriveTrace, ImageName } from '../../simulate/model.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { PlacedDrive } from '../analysis-model.js';
import { redact } from '../redact.js';

/** Each list is made when it is asked for: a caret needs one of them. */
export interface SeenNames {
  pools(): ReadonlySet<string>;
  namespaces(): ReadonlySet<string>;
  imagesOf(pool: string): ReadonlySet<string>;
  snapshotsOf(pool: string): ReadonlySet<string>;
  clients(): ReadonlySet<string>;
  /** Each ceph.conf that a drive found. */
  confs(): ReadonlySet<string>;
  /** Values of an option in drive strings; none for one whose value is each drive's own. */
  valuesOf(option: string): ReadonlySet<string>;
}

/** Where the caret is: what is being typed there is not seen. */
export interface Elsewhere {
  readonly address: string;
  readonly offset: number;
}

const MOST_DRIVES = 2_000;
/** Options whose values are the same for many drives, and no secret. */
const SHARED: ReadonlySet<string> = new Set(['mon_host', 'keyring']);

export function seenNames(drives: () => readonly PlacedDrive[], { address, offset }: Elsewhere): SeenNames {
  const collect = (names: (trace: DriveTrace) => Iterable<string | null>): ReadonlySet<string> => {
    const found = new Set<string>();
    for (const { trace, address: where, span } of drives().slice(0, MOST_DRIVES)) {
      if (where === address && span.start <= offset && offset <= span.end) continue;
      for (const name of names(trace)) if (name !== null && isKnown(name)) found.add(name);
    }
    return found;
  };
  const ofImages = (name: (image: ImageName) => string | null) => collect(({ image }) => [name(image)]);
  return {
    pools: () => ofImages(({ pool }) => pool),
    namespaces: () => ofImages(({ namespace }) => namespace),
    imagesOf: (pool) => ofImages((image) => (image.pool === pool ? image.image : null)),
    snapshotsOf: (pool) => ofImages((image) => (image.pool === pool ? image.snapshot : null)),
    clients: () => ofImages(({ user }) => user),
    confs: () => collect(({ reads }) => reads.map(({ taken }) => taken?.path ?? null)),
    valuesOf: (option) => (SHARED.has(option) ? collect((trace) => valuesIn(trace, option)) : new Set()),
  };
}

function valuesIn({ syntax }: DriveTrace, option: string): readonly string[] {
  const options = syntax.name?.options ?? [];
  return options.filter(({ key }) => key.replace(/[ -]/g, '_') === option).map(({ value }) => value);
}

/** A name that holds a secret, because something was escaped that should not have been, stays where it is. */
function isKnown(text: string): boolean {
  return text !== '' && !text.includes(UNKNOWN) && redact(text) === text;
}
