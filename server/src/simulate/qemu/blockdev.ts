/** A `-blockdev` from its text to the plan of its chain. */
import { type QemuBehaviour, qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import { isDriver } from '../../catalog/qemu-drivers.js';
import { commonMembers, driverMembers, type MemberInfo } from '../../catalog/qemu-rbd.js';
import type { QemuRelease } from '../../catalog/releases.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { parseJsonText } from '../../syntax/qemu/json-text.js';
import { parseKeyval } from '../../syntax/qemu/keyval.js';
import type { MemberNode, ObjectNode, ValueNode } from '../../syntax/qemu/value-tree.js';
import type { DriveError, UnknownPart } from '../model.js';
import { BLOCKDEV_CACHE } from './cache-mode.js';
import type { Given } from './command-line.js';
import { type FlatOption, flatten } from './flat-options.js';
import { OTHER_CHILDREN, planChain } from './node.js';
import type { NodeNames } from './node-names.js';
import { type ChainPlan, NOTHING_PLANNED, OFF, ofAll } from './plan.js';
import { refusal } from './refusal.js';
import { lastMember, SchemaCheck, type SchemaStyle } from './schema.js';

export interface BlockdevPlan {
  readonly given: Given;
  readonly form: 'blockdev' | 'json';
  readonly nodeName: string | null;
  /** Every node-name in the tree. */
  readonly nodeNames: readonly string[];
  /** Names of the nodes that this one refers to. */
  readonly references: readonly string[];
  readonly options: readonly FlatOption[];
  readonly chain: ChainPlan;
}

export interface BlockdevInput {
  readonly release: QemuRelease;
  readonly given: Given;
  /** Names that are taken; those of the tree are added. */
  readonly names: NodeNames;
}

/** Members that may hold, or name, another node. */
const CHILDREN: ReadonlySet<string> = new Set(['file', ...OTHER_CHILDREN]);

export function planBlockdev(input: BlockdevInput): BlockdevPlan {
  const { given, release } = input;
  const behaviour = qemuBehaviour(release);
  const json = given.argument.text.startsWith('{');
  const form = json ? 'json' : 'blockdev';
  const nothing = { given, form, nodeName: null, nodeNames: [], references: [], options: [] } as const;
  if (!behaviour.blockdev) {
    const before = refusal('args', 'blockdev-too-new', `${given.flag}: invalid option`, given.flagSpan);
    return { ...nothing, chain: { ...NOTHING_PLANNED, before } };
  }
  const { tree, problems } = json
    ? parseJsonText(given.argument, behaviour.json)
    : parseKeyval(given.argument, 'driver', behaviour.keyvalHelp);
  const problem = problems[0];
  if (tree === null || problem !== undefined) {
    const whole = given.argument.text.includes(UNKNOWN);
    const before = whole
      ? null
      : refusal('args', json ? 'json-syntax' : 'keyval-syntax', problem?.message ?? '', problem?.span ?? null);
    return { ...nothing, chain: { ...NOTHING_PLANNED, before, unknownName: whole } };
  }
  if (tree.kind !== 'object') {
    const before = refusal('args', 'json-syntax', 'Invalid parameter type for node, expected: object', tree.span);
    return { ...nothing, chain: { ...NOTHING_PLANNED, before } };
  }
  const options = flatten(tree, given.index, (index) => index, behaviour.keepsEmpty);
  const nodes = nodesOf(tree);
  const written = [...options.values()];
  return {
    given,
    form,
    nodeName: textOf(tree, 'node-name'),
    nodeNames: nodes.flatMap((node) => textOf(node, 'node-name') ?? []),
    references: nodes.flatMap(referencesOf),
    options: written,
    chain: planTree(input, behaviour, tree, json ? 'strict' : 'words'),
  };
}

function planTree(input: BlockdevInput, behaviour: QemuBehaviour, tree: ObjectNode, style: SchemaStyle): ChainPlan {
  const { release, given } = input;
  const check: SchemaCheck = new SchemaCheck(behaviour, style, [], (node, path) =>
    checkNode(release, check, node, path),
  );
  const problem = checkNode(release, check, tree, '') ?? rootProblem(tree);
  const chain = planChain({
    release,
    filename: null,
    options: flatten(tree, given.index, (index) => index, behaviour.keepsEmpty),
    cache: BLOCKDEV_CACHE,
    readOnly: null,
    autoReadOnly: null,
    forceShare: OFF,
    inherited: new Map(),
    isTop: true,
    format: null,
    device: '',
    span: given.argument.span(),
    fromBlockdev: true,
    names: input.names,
  });
  const unknown = unknownKeys(tree);
  return ofAll(chain, (one) => ({ ...one, unknown: [...one.unknown, ...unknown], before: problem ?? one.before }));
}

function rootProblem(tree: ObjectNode): DriveError | null {
  if (lastMember(tree, 'node-name') !== undefined) return null;
  return refusal('args', 'node-name-missing', "'node-name' must be specified for the root node", tree.span);
}

/** Members of every node, then those of its driver, as far as they are in the tables; the nodes below; what is left over. */
function checkNode(release: QemuRelease, check: SchemaCheck, node: ObjectNode, path: string): DriveError | null {
  const driver = lastMember(node, 'driver');
  const name = driver?.value.kind === 'string' ? driver.value.text : null;
  if (driver !== undefined && name !== null && !name.includes(UNKNOWN) && !isDriver(release, name)) {
    const info: MemberInfo = { ...DRIVER, values: new Set() };
    return check.object(node, [info], path, () => true);
  }
  const own = name === null ? undefined : driverMembers(release, name);
  const members = [...commonMembers(release), ...(own?.members ?? [])];
  const problem = check.members(node, members, path);
  if (problem !== null) return problem;
  for (const member of own?.complete === true ? [] : node.members) {
    if (!CHILDREN.has(member.key) || member.value.kind !== 'object' || own?.members.some(isNamed(member.key))) continue;
    const below = checkNode(release, check, member.value, `${path}${member.key}.`);
    if (below !== null) return below;
  }
  return check.unexpected(node, members, path, () => own?.complete !== true);
}

function isNamed(name: string) {
  return (member: MemberInfo): boolean => member.name === name;
}

const DRIVER: MemberInfo = {
  name: 'driver',
  type: 'enum',
  since: '2.9',
  required: true,
  values: new Set(),
  members: [],
  items: null,
  default: null,
};

function nodesOf(tree: ObjectNode): ObjectNode[] {
  const below = tree.members.flatMap(({ key, value }) => (isChild(key) ? childNodes(value) : []));
  return [tree, ...below];
}

function isChild(key: string): boolean {
  return CHILDREN.has(key) || key === 'children';
}

function childNodes(value: ValueNode): ObjectNode[] {
  if (value.kind === 'object') return nodesOf(value);
  return value.kind === 'list' ? value.items.flatMap(childNodes) : [];
}

function referencesOf(node: ObjectNode): string[] {
  return node.members.flatMap(({ key, value }: MemberNode) => {
    if (!isChild(key)) return [];
    if (value.kind === 'list') return value.items.flatMap((item) => (item.kind === 'string' ? item.text : []));
    return value.kind === 'string' ? value.text : [];
  });
}

function textOf(node: ObjectNode, name: string): string | null {
  const member = lastMember(node, name);
  return member?.value.kind === 'string' ? member.value.text : null;
}

/** A key that cannot be known may be `cache`. */
function unknownKeys(tree: ObjectNode): UnknownPart[] {
  return tree.members
    .filter(({ key }) => key.includes(UNKNOWN))
    .map(({ keySpan }): UnknownPart => ({ matters: 'cache-mode', span: keySpan }));
}
