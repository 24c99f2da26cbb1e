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
import { type ChainPlan, NOTHING_PLANNED, type RbdPlan } from './plan.js';
import { firstInOrder } from './qdict-order.js';
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

/** Members under which a format node has a child node of its own. */
const OTHER_CHILDREN = ['backing', 'image', 'raw', 'test', 'data-file', 'target'] as const;

export function planChain(input: NodeInput): ChainPlan {
  const behaviour = qemuBehaviour(input.release);
  const { filename, options } = input;
  if (filename?.value.startsWith('json:') === true && behaviour.jsonNames) return planJson(input, filename, behaviour);
  const driver = options.get('driver');
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

function withAfter(plan: ChainPlan, after: DriveError): ChainPlan {
  return plan.rbd === null ? { ...plan, before: plan.before ?? after } : { ...plan, after: plan.after ?? after };
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
  const { options, filename } = input;
  const driverOption = options.get('driver');
  options.delete('driver');
  const driver = driverOption?.value ?? input.format?.value ?? null;
  const own = takeNodeOptions(input, behaviour);
  const childOptions = takeUnder(options, 'file');
  const reference = options.get('file');
  if (reference !== undefined) return planReference(input, behaviour, reference, own);
  if (filename === null && childOptions.size === 0) return planWithoutFile(input, behaviour, driver, own);
  if (filename !== null && childOptions.has('filename')) {
    const message = "Can't specify 'file' and 'filename' options at the same time";
    const span = childOptions.get('filename')?.span ?? input.span;
    childOptions.delete('filename');
    const plan = planChild(input, behaviour, own, childOptions);
    return { ...plan, before: refusal('args', 'two-names', message, span) };
  }
  const child = underFormat(planChild(input, behaviour, own, childOptions), behaviour, driver);
  const refused = refusedNode(own, input.names, behaviour);
  if (child.rbd === null) return child;
  const after = refused ?? copyProblem(input, driver, child.rbd) ?? leftoverProblem(input, behaviour, driver ?? 'raw');
  return after === null ? child : withAfter(child, after);
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

function planReference(
  { names }: NodeInput,
  behaviour: QemuBehaviour,
  reference: FlatOption,
  own: NodeOptions,
): ChainPlan {
  if (names.has(reference.value) || isUnknown(reference)) {
    return refusedBefore(NOTHING_PLANNED, refusedNode(own, names, behaviour));
  }
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
  const below = planOtherChildren(input, behaviour, own);
  if (below !== null) return refusedBefore(below, refused);
  if (refused !== null) return refusedBefore(NOTHING_PLANNED, refused);
  const message =
    driver === null ? 'Must specify either driver or file' : 'A block device must be specified for "file"';
  return { ...NOTHING_PLANNED, before: refusal('args', 'file-missing', message, input.span) };
}

/** The first rbd image below a node that has it under some other name than `file`. */
function planOtherChildren(input: NodeInput, behaviour: QemuBehaviour, own: NodeOptions): ChainPlan | null {
  const lists = [...input.options.keys()].flatMap((key) => /^children\.\d+(?=\.)/.exec(key)?.[0] ?? []);
  for (const name of [...OTHER_CHILDREN, ...new Set(lists)]) {
    const options = takeUnder(input.options, name);
    if (options.size === 0) continue;
    const plan = planChild({ ...input, filename: null }, behaviour, own, options);
    if (plan.rbd !== null) return plan;
  }
  return null;
}

/** A node that QEMU refuses before it opens what is below. */
function refusedBefore(plan: ChainPlan, refused: DriveError | null): ChainPlan {
  return refused === null ? plan : { ...plan, before: { ...refused, stage: 'args' } };
}

/** A node that copies what it reads writes below itself, read-only or not. */
function copyProblem({ span }: NodeInput, driver: string | null, rbd: RbdPlan): DriveError | null {
  if (driver !== 'copy-on-read' || rbd.readOnly !== true) return null;
  return refusal('open', 'read-only-below', 'Block node is read-only', span);
}

/** Options of a format node that nobody knows: the first that QEMU meets. */
function leftoverProblem(
  { release, options, device }: NodeInput,
  behaviour: QemuBehaviour,
  driver: string,
): DriveError | null {
  const left = firstInOrder(
    options,
    (key) => !key.includes(UNKNOWN) && !isFormatOption(release, driver, key, behaviour),
  );
  if (left === null) return null;
  const text = behaviour.unknownOptionText.replace('%f', () => driver).replace('%d', () => device);
  return refusal('open', 'unknown-option', fill(text, left[0]), left[1].keySpan);
}

/** Formats other than raw have options that are not in the tables; they are taken as known. */
function isFormatOption(release: QemuRelease, driver: string, key: string, behaviour: QemuBehaviour): boolean {
  if (driver === 'raw' || !isDriver(release, driver))
    return behaviour.rawOffset && (key === 'offset' || key === 'size');
  return driver !== 'rbd' && key !== 'cache';
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

/** `blkdebug::NAME`, or a name under `driver=blkdebug`. Its rules may be in a file, which is not ours to look at. */
function planDebugged(input: NodeInput, behaviour: QemuBehaviour, filename: FlatOption): ChainPlan {
  const isNamed = filename.value.startsWith('blkdebug:');
  const hasRules = isNamed && !filename.value.startsWith('blkdebug::');
  const own = takeNodeOptions(input, behaviour);
  const options = takeUnder(input.options, 'image');
  if (hasRules || options.has('filename') || input.options.has('image')) return NOTHING_PLANNED;
  const below = isNamed ? new RestOfValue(filename, 'blkdebug::'.length) : filename;
  const image = planChild({ ...input, filename: below }, behaviour, own, options);
  return refusedBefore(image, refusedNode(own, input.names, behaviour));
}

/** Some other driver at the bottom. A name meant for rbd is no file. */
function planElse(input: NodeInput, behaviour: QemuBehaviour, driver: string): ChainPlan {
  if (driver === 'blkdebug' && input.filename !== null && behaviour.debugsByName)
    return planDebugged(input, behaviour, input.filename);
  const given = input.filename ?? input.options.get('filename');
  const own = takeNodeOptions(input, behaviour);
  if (own.switchProblem === null && given === undefined && NEEDS_FILE_NAME.has(driver)) {
    return withMessage('name-missing', `The '${driver}' block driver requires a file name`, input.span);
  }
  const refused = refusedNode(own, input.names, behaviour);
  if (refused !== null) return refusedBefore(NOTHING_PLANNED, refused);
  if (given === undefined) return planOtherChildren(input, behaviour, own) ?? NOTHING_PLANNED;
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
