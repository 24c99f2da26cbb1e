/**
 * The chain of block nodes that `-drive`, json: names and `-blockdev` describe, down to the rbd node.
 * Source: bdrv_open, bdrv_open_inherit, bdrv_fill_options and bdrv_open_common in block.c of each release.
 */
import { type QemuBehaviour, qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { isDriver, isProtocolDriver } from '../../catalog/qemu-drivers.js';
import type { QemuRelease } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { parseJsonText } from '../../syntax/qemu/json-text.js';
import type { Span } from '../../syntax/span.js';
import type { DriveError } from '../model.js';
import { type FlatOption, flatten, isUnknown, type OptionSet, RestOfValue, takeUnder } from './flat-options.js';
import { foreignName, foreignPath, nameForDriver } from './foreign-name.js';
import type { NodeNames } from './node-names.js';
import { type Inherited, type NodeOptions, refusedNode, takeNodeOptions } from './node-options.js';
import {
  backingProblem,
  childrenProblem,
  isUnder,
  leftoverProblem,
  membersIn,
  neededChild,
  problemWhenOpen,
} from './node-problems.js';
import { type ChainPlan, NOTHING_PLANNED, ofAll } from './plan.js';
import { planRbdNode } from './rbd-node.js';
import { fill, refusal } from './refusal.js';

export interface NodeInput extends Inherited {
  readonly release: QemuRelease;
  readonly filename: FlatOption | null;
  /** Emptied while the chain is planned. */
  readonly options: OptionSet;
  readonly isTop: boolean;
  readonly underSnapshot?: boolean;
  /** `format=` where this release keeps it apart from `driver=`. */
  readonly format: FlatOption | null;
  readonly device: string;
  readonly span: Span;
  readonly fromBlockdev: boolean;
  /** Names that are taken; those of this chain are added. */
  readonly names: NodeNames;
}

/** Members under which a node has a child beside `file`, in the order in which QEMU opens them. */
export const OTHER_CHILDREN = ['data-file', 'image', 'raw', 'test', 'log', 'target', 'backing'] as const;

export function planChain(input: NodeInput): ChainPlan {
  const behaviour = qemuBehaviour(input.release);
  const { filename, options } = input;
  if (filename?.value.startsWith('json:') === true && behaviour.jsonNames) return planJson(input, filename, behaviour);
  const driver = options.get('driver');
  // Of any node, an empty one says that there is none.
  const backing = options.get('backing');
  if (backing?.value === '' || backing?.kind === 'null') options.delete('backing');
  if (driver !== undefined && isUnknown(driver)) {
    if (!input.isTop || filename === null) return { ...NOTHING_PLANNED, unknownName: true };
    // Any format opens the image below it in the same way.
    options.delete('driver');
    return planBelow(input, behaviour);
  }
  if (
    driver !== undefined &&
    input.format !== null &&
    driver !== input.format &&
    behaviour.formatAndDriver === DRIVER_TWICE
  ) {
    const before = refusal('args', 'format-and-driver', DRIVER_TWICE, input.format.span);
    return { ...NOTHING_PLANNED, before, rbd: intended(input)?.rbd ?? null };
  }
  if (driver !== undefined) {
    const late = driverProblem(input, driver.value);
    if (late !== null && !behaviour.driverCheckedLate)
      return { ...NOTHING_PLANNED, before: late, rbd: intended(input)?.rbd ?? null };
    if (late !== null) return withAfter(planBelow(input, behaviour), { ...late, stage: 'open' });
    if (isProtocolDriver(input.release, driver.value) && (behaviour.protocolAtTop || !input.isTop)) {
      return driver.value === 'rbd' ? planRbd(input, behaviour) : planElse(input, behaviour, driver.value);
    }
  } else if (!input.isTop) return planByName(input, behaviour);
  return planBelow(input, behaviour);
}

const DRIVER_TWICE = 'Driver specified twice';

/** The plan that would hold if nothing above were wrong: tells whether the refused drive is an rbd image at all. */
function intended(input: NodeInput): ChainPlan | null {
  const options: OptionSet = new Map(input.options);
  options.delete('driver');
  const plan = planChain({ ...input, options, names: input.names.copy() });
  return plan.rbd === null ? null : plan;
}

function driverProblem({ release }: NodeInput, name: string): DriveError | null {
  if (isDriver(release, name)) return null;
  return refusal('args', 'unknown-driver', `Unknown driver '${name}'`, null);
}

function withAfter(plan: ChainPlan, after: DriveError | null): ChainPlan {
  if (after === null) return plan;
  return ofAll(plan, (one) =>
    one.rbd === null ? { ...one, before: one.before ?? after } : { ...one, after: one.after ?? after },
  );
}

// ---------------------------------------------------------------------------------------------------------------------
// json: names

/** A `-drive` has filled these in before the name is read, so that the text's own never count at its top. */
const SAID_BY_THE_DRIVE = ['cache.direct', 'cache.no-flush', 'read-only', 'auto-read-only'] as const;

function planJson(input: NodeInput, filename: FlatOption, behaviour: QemuBehaviour): ChainPlan {
  const text = filename.mapped;
  const { tree, problems } = parseJsonText(text.slice(5), behaviour.json);
  const problem = problems[0];
  if (problem !== undefined || tree === null) {
    const message = fill(behaviour.jsonNameText, problem?.message ?? '');
    return { ...NOTHING_PLANNED, before: refusal('filename', 'json-syntax', message, problem?.span ?? filename.span) };
  }
  if (tree.kind !== 'object') {
    const message = 'Invalid JSON object given';
    return { ...NOTHING_PLANNED, before: refusal('filename', 'json-syntax', message, tree.span) };
  }
  const given = flatten(tree, filename.argument, (index) => filename.offset(index + 5), behaviour.keepsEmpty);
  const options: OptionSet = new Map(given);
  if (behaviour.cacheOfNodes) for (const name of SAID_BY_THE_DRIVE) options.delete(name);
  for (const [key, option] of input.options) options.set(key, option);
  const json = [...given.values()];
  const plan = { ...planChain({ ...input, filename: null, options }), json };
  if (plan.rbd !== null || plan.before === null || given.get('driver')?.value !== 'rbd') return plan;
  // The drive's format= stands in the way of the image that the text describes.
  const names = input.names.copy();
  const described = planChain({ ...input, filename: null, options: given, format: null, names });
  return { ...plan, rbd: described.rbd };
}

// ---------------------------------------------------------------------------------------------------------------------
// A format node, or no word about the driver: the image is its child `file`

function planBelow(input: NodeInput, behaviour: QemuBehaviour): ChainPlan {
  const { options, filename, names } = input;
  const driverOption = options.get('driver');
  options.delete('driver');
  const driver = driverOption?.value ?? input.format?.value ?? null;
  const own = takeNodeOptions(input, behaviour);
  const childOptions = takeUnder(options, 'file');
  const reference = options.get('file');
  if (reference !== undefined) {
    const missing = planReference(input, behaviour, reference);
    return missing.before === null ? refusedBefore(missing, refusedNode(own, names, behaviour)) : missing;
  }
  if (filename === null && childOptions.size === 0) return planWithoutFile(input, behaviour, driver, own);
  if (filename !== null && childOptions.has('filename')) {
    const message = "Can't specify 'file' and 'filename' options at the same time";
    const span = childOptions.get('filename')?.span ?? input.span;
    childOptions.delete('filename');
    const plan = planChild(input, behaviour, own, childOptions);
    return { ...plan, before: refusal('args', 'two-names', message, span) };
  }
  const file = underFormat(planChild(input, behaviour, own, childOptions), behaviour, driver);
  const refused = refusedNode(own, input.names, behaviour) ?? childrenProblem(input, driver);
  const child = withOthers(input, behaviour, own, driver, file.rbd === null ? file : withAfter(file, refused));
  if (child.rbd === null) return child;
  return withAfter(child, problemWhenOpen(input, behaviour, driver, child.rbd));
}

/** Up to 2.3 an image with format=rbd is opened as a child that then takes its parent's place. */
function underFormat(child: ChainPlan, behaviour: QemuBehaviour, driver: string | null): ChainPlan {
  if (child.rbd === null || driver !== 'rbd' || behaviour.protocolAtTop) return child;
  return { ...child, rbd: { ...child.rbd, isTop: true } };
}

function planChild(input: NodeInput, behaviour: QemuBehaviour, own: NodeOptions, options: OptionSet): ChainPlan {
  const { filename } = input;
  const cache = behaviour.cacheOfNodes ? own.cache : input.cache;
  const { release, device, span, fromBlockdev, names } = input;
  const { readOnly, autoReadOnly, forceShare, inherited } = own;
  const format = null;
  const isTop = false;
  return planChain({
    release,
    filename,
    options,
    cache,
    readOnly,
    autoReadOnly,
    forceShare,
    inherited,
    isTop,
    format,
    device,
    span,
    fromBlockdev,
    names,
  });
}

/** A child that is another node, by its name. */
function planReference({ names }: NodeInput, behaviour: QemuBehaviour, reference: FlatOption): ChainPlan {
  if (names.has(reference.value) || isUnknown(reference)) return NOTHING_PLANNED;
  const message = fill(behaviour.missingNodeText, reference.value, reference.value);
  return { ...NOTHING_PLANNED, before: refusal('args', 'node-missing', message, reference.valueSpan) };
}

function planWithoutFile(
  input: NodeInput,
  behaviour: QemuBehaviour,
  driver: string | null,
  own: NodeOptions,
): ChainPlan {
  if (driver === 'rbd' && !behaviour.protocolAtTop) return planRbd(input, behaviour);
  const refused = driver === null ? null : refusedNode(own, input.names, behaviour);
  const problem = refused ?? childrenProblem(input, driver);
  const below = withOthers(input, behaviour, own, driver, NOTHING_PLANNED);
  if (problem !== null) return refusedBefore(below, problem);
  if (below !== NOTHING_PLANNED)
    return withAfter(below, leftoverProblem(input, behaviour, driver ?? 'raw', behaviour.unknownOptionText));
  const message =
    driver === null
      ? 'Must specify either driver or file'
      : `A block device must be specified for "${neededChild(input, driver) ?? 'file'}"`;
  return withMessage('file-missing', message, input.span);
}

/** What is planned so far, and the children that a node has under other names than `file`. */
function withOthers(
  input: NodeInput,
  behaviour: QemuBehaviour,
  own: NodeOptions,
  driver: string | null,
  file: ChainPlan,
): ChainPlan {
  if (input.options.size === 0) return file;
  const known = membersIn(input, file.rbd === null ? driver : (driver ?? 'raw'));
  const lists = [...input.options.keys()].flatMap((key) => /^children\.\d+(?=\.)/.exec(key)?.[0] ?? []);
  let all = file;
  for (const name of [...OTHER_CHILDREN, ...new Set(lists)]) {
    if (known?.complete === true && !known.names.some((one) => isUnder(name, one))) {
      if (name === 'backing') all = withAfter(all, backingProblem(input));
      continue;
    }
    const member = known?.members.find((one) => one.name === name);
    const reference = input.options.get(name);
    if (reference?.kind === 'string' && member?.type.startsWith('ref') === true) {
      input.options.delete(name);
      all = together(all, planReference(input, behaviour, reference));
    }
    const options = takeUnder(input.options, name);
    const above = name === 'backing' ? { ...own, readOnly: true, autoReadOnly: false } : own;
    if (options.size > 0) all = together(all, planChild({ ...input, filename: null }, behaviour, above, options));
  }
  return all;
}

/** Two children of a node: QEMU opens the next one when the first is open. */
function together(first: ChainPlan, next: ChainPlan): ChainPlan {
  if (first.rbd === null) return first.before !== null || (next.rbd ?? next.before) === null ? first : next;
  const ended = withAfter(first, next.before === null ? null : { ...next.before, stage: 'open' });
  return next.rbd === null ? ended : { ...ended, also: [...(ended.also ?? []), next] };
}

/** A node that QEMU refuses before it opens what is below. */
function refusedBefore(plan: ChainPlan, refused: DriveError | null): ChainPlan {
  return refused === null ? plan : ofAll(plan, (one) => ({ ...one, before: { ...refused, stage: 'args' } }));
}

// ---------------------------------------------------------------------------------------------------------------------
// A node by its file name, and the rbd node itself

function planByName(input: NodeInput, behaviour: QemuBehaviour): ChainPlan {
  const { filename, options } = input;
  const given = options.get('filename');
  if (filename === null || given !== undefined) {
    if (given === undefined) return withMessage('file-missing', 'Must specify either driver or file', input.span);
    if (isUnknown(given)) return { ...NOTHING_PLANNED, unknownName: true };
    return foreignPath(given.value, given.valueSpan);
  }
  const name = filename.value;
  if (name.startsWith('rbd:')) return planRbd(input, behaviour);
  if (name.startsWith(UNKNOWN)) return { ...NOTHING_PLANNED, unknownName: true };
  if (name.startsWith('blkdebug:') && behaviour.debugsByName) return planDebugged(input, behaviour, filename);
  return foreignName(behaviour, name, filename.valueSpan);
}

function withMessage(code: string, message: string, span: Span): ChainPlan {
  return { ...NOTHING_PLANNED, before: refusal('args', code, message, span) };
}

/** `blkdebug:RULES:NAME`, or a name under `driver=blkdebug`. The file of rules is taken to be there. */
function planDebugged(input: NodeInput, behaviour: QemuBehaviour, filename: FlatOption): ChainPlan {
  const isNamed = filename.value.startsWith('blkdebug:');
  const at = isNamed ? filename.value.indexOf(':', 'blkdebug:'.length) : -1;
  const own = takeNodeOptions(input, behaviour);
  const options = takeUnder(input.options, 'image');
  if ((isNamed && at < 0) || options.has('filename') || input.options.has('image')) return NOTHING_PLANNED;
  const below = isNamed ? new RestOfValue(filename, at + 1) : filename;
  const image = planChild({ ...input, filename: below }, behaviour, own, options);
  const refused = refusedNode(own, input.names, behaviour);
  if (refused !== null || image.rbd === null) return refusedBefore(image, refused);
  return withAfter(image, leftoverProblem(input, behaviour, 'blkdebug', behaviour.unknownProtocolOptionText));
}

/** Some other driver at the bottom. A name meant for rbd is no file. */
function planElse(input: NodeInput, behaviour: QemuBehaviour, driver: string): ChainPlan {
  input.options.delete('driver');
  if (driver === 'blkdebug' && input.filename !== null && behaviour.debugsByName)
    return planDebugged(input, behaviour, input.filename);
  const given = input.filename ?? input.options.get('filename');
  const own = takeNodeOptions(input, behaviour);
  if (own.switchProblem === null && given === undefined && NEEDS_FILE_NAME.has(driver)) {
    return withMessage('name-missing', `The '${driver}' block driver requires a file name`, input.span);
  }
  const refused = refusedNode(own, input.names, behaviour);
  if (refused !== null) return refusedBefore(NOTHING_PLANNED, refused);
  const below = withOthers(input, behaviour, own, driver, NOTHING_PLANNED);
  if (below.rbd !== null)
    return withAfter(below, leftoverProblem(input, behaviour, driver, behaviour.unknownProtocolOptionText));
  const needed = given === undefined ? neededChild(input, driver) : undefined;
  if (needed !== undefined && below === NOTHING_PLANNED)
    return withMessage('file-missing', `A block device must be specified for "${needed}"`, input.span);
  if (given === undefined || below.before !== null) return below;
  const { value, valueSpan } = given;
  return input.filename === null ? foreignPath(value, valueSpan) : nameForDriver(driver, value, valueSpan);
}

const NEEDS_FILE_NAME: ReadonlySet<string> = new Set(['file', 'host_device', 'host_cdrom']);

function planRbd(input: NodeInput, behaviour: QemuBehaviour): ChainPlan {
  const { options } = input;
  options.delete('driver');
  const own = takeNodeOptions(input, behaviour);
  const { release, filename, isTop, device, span, fromBlockdev } = input;
  const plan = planRbdNode({
    release,
    filename,
    options,
    cache: own.cache,
    readOnly: own.readOnly,
    autoReadOnly: own.autoReadOnly,
    isTop,
    device,
    span,
    fromBlockdev,
  });
  const refused = refusedNode(own, input.names, behaviour);
  if (refused === null) return plan;
  const { before } = plan;
  // The name is read before the node's own options are looked at, the driver's members after them.
  if (before !== null && (before.stage === 'filename' || before.code.startsWith('escaped-'))) return plan;
  return refusedBefore(plan, refused);
}
