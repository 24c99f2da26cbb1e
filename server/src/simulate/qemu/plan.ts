/** What QEMU is about to do with a drive or node: the plan that the open sequence follows. */
import type { RbdName } from '../../syntax/qemu/rbd-name.js';
import type { Span } from '../../syntax/span.js';
import type { DriveError, QemuNotice, UnknownPart } from '../model.js';
import type { FlatOption } from './flat-options.js';

/** A switch, and the word of the text that set it; null: nobody did. */
export interface Switch {
  readonly value: boolean;
  readonly by: Span | null;
  /** True where the word that decides cannot be known. */
  readonly unknown: boolean;
}

export const OFF: Switch = { value: false, by: null, unknown: false };

/** The switches that a block node hands down to its children. */
export interface NodeCache {
  readonly direct: Switch;
  readonly noFlush: Switch;
}

/** A text of the plan with its place. `offset` is that of the text in the decoded argument. */
export interface PlacedText {
  readonly text: string;
  readonly span: Span;
  readonly argument: number;
  readonly offset: number;
}

export function placedText(option: FlatOption): PlacedText {
  return { text: option.value, span: option.valueSpan, argument: option.argument, offset: option.offset(0) };
}

/** How an image, or a parent of it, is encrypted by librbd. */
export interface EncryptionLayer {
  readonly format: PlacedText;
  readonly secret: PlacedText;
}

/** A key and value for `rados_conf_set` from the drive. */
export interface PlannedKey {
  readonly key: string;
  readonly value: string;
  readonly argument: number;
  readonly offset: number;
  readonly span: Span;
  readonly keySpan: Span;
  readonly valueSpan: Span;
}

export interface RbdPlan {
  readonly name: RbdName | null;
  readonly pool: PlacedText | null;
  readonly namespace: PlacedText | null;
  readonly image: PlacedText | null;
  readonly snapshot: PlacedText | null;
  readonly user: PlacedText | null;
  /** The one file that is read; releases before 2.9 take files from the name's keys instead. */
  readonly conf: PlacedText | null;
  /** Keys in the order in which they are set. */
  readonly keys: readonly PlannedKey[];
  readonly server: PlacedText | null;
  readonly secret: PlacedText | null;
  readonly auth: PlacedText | null;
  /** The image's own layer first, then its parents'; none where librbd encrypts nothing. */
  readonly encryption: readonly EncryptionLayer[];
  readonly cache: NodeCache;
  /** Explicitly set on the node; null: not said. */
  readonly readOnly: boolean | null;
  readonly autoReadOnly: boolean | null;
  /** True where the rbd node is what the guest sees, without a format node above it. */
  readonly isTop: boolean;
}

/** A chain of nodes as planned. `rbd` is null where nothing in it is an rbd image. */
export interface ChainPlan {
  readonly rbd: RbdPlan | null;
  /** Refused before librados is called. */
  readonly before: DriveError | null;
  /** Refused when the image has been opened. */
  readonly after: DriveError | null;
  readonly notices: readonly QemuNotice[];
  readonly unknown: readonly UnknownPart[];
  /** True where the file name itself cannot be known. */
  readonly unknownName: boolean;
  /** Further images that the same chain opens: the next ones of a quorum, what lies below another image. */
  readonly also?: readonly ChainPlan[] | undefined;
  /** The members of a json: name, as written. */
  readonly json?: readonly FlatOption[] | undefined;
}

export const NOTHING_PLANNED: ChainPlan = {
  rbd: null,
  before: null,
  after: null,
  notices: [],
  unknown: [],
  unknownName: false,
};

/** The same change for each image that a chain opens. */
export function ofAll(plan: ChainPlan, change: (one: ChainPlan) => ChainPlan): ChainPlan {
  const changed = change(plan);
  return plan.also === undefined ? changed : { ...changed, also: plan.also.map((one) => ofAll(one, change)) };
}

/** One list of several, most of which are empty. */
export function joined<T>(...lists: readonly (readonly T[])[]): readonly T[] {
  let found: readonly T[] = [];
  for (const list of lists) if (list.length > 0) found = found.length === 0 ? list : [...found, ...list];
  return found;
}
