/** Options that every block node has: cache switches, sharing, discard. Source: bdrv_open_common in block.c. */
import type { QemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { DriveError } from '../model.js';
import { type FlatOption, isUnknown, type OptionSet } from './flat-options.js';
import type { NodeNames } from './node-names.js';
import type { NodeCache, Switch } from './plan.js';
import { firstInOrder } from './qdict-order.js';
import { refusal } from './refusal.js';

/** What a node takes over from its parent; the drive's own at the top. */
export interface Inherited {
  readonly cache: NodeCache;
  readonly readOnly: boolean | null;
  readonly autoReadOnly: boolean | null;
  readonly forceShare: Switch;
  /** Complaints about switches that a child copies from its parent. */
  readonly inherited: ReadonlyMap<string, DriveError>;
}

export interface NodeOptions extends Inherited {
  /** Refused when the node itself is opened, before QEMU looks for a file name. */
  readonly switchProblem: DriveError | null;
  /** Refused when the node itself is opened. */
  readonly valueProblem: DriveError | null;
  readonly nodeName: FlatOption | null;
}

interface NodeWithOptions extends Inherited {
  readonly options: OptionSet;
  readonly isTop: boolean;
  /** The image below `snapshot=on`. */
  readonly underSnapshot?: boolean;
}

/** Takes out the options that every node has in this release. A bad one is refused when the node itself is opened. */
export function takeNodeOptions(input: NodeWithOptions, behaviour: QemuBehaviour): NodeOptions {
  const { options } = input;
  const discard = discardOf(input, behaviour);
  let bad: DriveError | null = null;
  let nodeName: FlatOption | null = null;
  let { inherited } = input;
  const switches = new Map<string, Switch>();
  if (options.size > 0) {
    for (const name of behaviour.nodeOptions) {
      const option = options.get(name);
      if (option === undefined) continue;
      options.delete(name);
      // A null of JSON is taken out, and says nothing.
      if (option.kind === 'null') continue;
      if (name === 'node-name') {
        nodeName = option;
        continue;
      }
      if (name === 'discard' || name === 'detect-zeroes') {
        bad ??= valueProblem(behaviour, option, name, discard);
        continue;
      }
      const value = switchOf(behaviour, option);
      inherited = withProblem(inherited, name, value === null ? option : null);
      if (value !== null) switches.set(name, value);
    }
  }
  const direct = switches.get('cache.direct') ?? input.cache.direct;
  const noFlush = switches.get('cache.no-flush') ?? input.cache.noFlush;
  const readOnly = switches.get('read-only')?.value ?? input.readOnly;
  const autoReadOnly = switches.get('auto-read-only')?.value ?? input.autoReadOnly;
  const forceShare = switches.get('force-share') ?? input.forceShare;
  const switchProblem = firstOf(inherited) ?? sharedProblem(forceShare, readOnly);
  const cache = { direct, noFlush };
  return { cache, readOnly, autoReadOnly, forceShare, inherited, switchProblem, valueProblem: bad, nodeName };
}

/** What QEMU refuses when it opens the node itself; null where all is well, and the node has its name. */
export function refusedNode(
  { switchProblem, valueProblem: bad, nodeName }: NodeOptions,
  names: NodeNames,
  behaviour: QemuBehaviour,
): DriveError | null {
  if (switchProblem !== null || (bad !== null && behaviour.nodeNameLast)) return switchProblem ?? bad;
  return (nodeName === null ? null : names.takeNode(nodeName)) ?? bad;
}

/** What is below another node may always discard, unless it says otherwise. */
function discardOf({ options, isTop, underSnapshot }: NodeWithOptions, behaviour: QemuBehaviour): string | undefined {
  const given = options.get('discard');
  if (given !== undefined && given.kind !== 'null') return given.value;
  return !isTop || (underSnapshot === true && behaviour.snapshotDiscards) ? 'unmap' : undefined;
}

/** A bad switch holds for the child, too, unless that has its own. */
function withProblem(
  problems: ReadonlyMap<string, DriveError>,
  name: string,
  option: FlatOption | null,
): ReadonlyMap<string, DriveError> {
  if (option === null && !problems.has(name)) return problems;
  const changed = new Map(problems);
  changed.delete(name);
  if (option !== null) {
    changed.set(name, refusal('open', 'bad-value', `Parameter '${name}' expects 'on' or 'off'`, option.valueSpan));
  }
  return changed;
}

function sharedProblem(forceShare: Switch, readOnly: boolean | null): DriveError | null {
  if (!forceShare.value || readOnly === true) return null;
  return refusal('open', 'bad-value', 'force-share=on can only be used with read-only images', forceShare.by);
}

function firstOf(problems: ReadonlyMap<string, DriveError>): DriveError | null {
  return firstInOrder(problems, () => true)?.[1] ?? null;
}

/** The switch that an option sets; null for a bad word. */
export function switchOf(behaviour: QemuBehaviour, option: FlatOption): Switch | null {
  if (isUnknown(option)) return { value: false, by: option.span, unknown: true };
  const value = behaviour.booleans.get(option.value);
  return value === undefined ? null : { value, by: option.span, unknown: false };
}

const DISCARD: ReadonlySet<string> = new Set(['ignore', 'off', 'unmap', 'on']);
const DETECT_ZEROES: ReadonlySet<string> = new Set(['off', 'on', 'unmap']);

function valueProblem(
  behaviour: QemuBehaviour,
  option: FlatOption,
  name: 'discard' | 'detect-zeroes',
  discard: string | undefined,
): DriveError | null {
  if (isUnknown(option)) return null;
  if (name === 'discard') {
    return DISCARD.has(option.value) ? null : refusal('open', 'bad-value', behaviour.discardText, option.valueSpan);
  }
  if (!DETECT_ZEROES.has(option.value)) {
    return refusal('open', 'bad-value', `invalid parameter value: ${option.value}`, option.valueSpan);
  }
  if (option.value !== 'unmap' || discard === 'unmap' || discard === 'on' || discard?.includes(UNKNOWN) === true)
    return null;
  const message = 'setting detect-zeroes to unmap is not allowed without setting discard operation to unmap';
  return refusal('open', 'detect-zeroes-without-discard', message, option.valueSpan);
}
