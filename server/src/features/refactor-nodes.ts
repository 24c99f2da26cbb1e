/** The block nodes of a command as their text gives them, in every release: also in one that has no `-blockdev` yet. */
import { qemuBehaviour } from '../catalog/qemu-behaviour.js';
import type { Given } from '../simulate/qemu/command-line.js';
import { parseJsonText } from '../syntax/qemu/json-text.js';
import { parseKeyval } from '../syntax/qemu/keyval.js';
import type { ObjectNode, ValueNode } from '../syntax/qemu/value-tree.js';
import { argumentsOf, type CommandPlace, isKnownText } from './refactor-command.js';

/** Members by their dotted paths; a boolean reads `on` or `off`. */
export interface GivenNode {
  readonly given: Given;
  readonly members: ReadonlyMap<string, string>;
}

/** An rbd image as one or two block nodes. */
export interface NodeChain {
  readonly rbd: ReadonlyMap<string, string>;
  /** Null where the rbd node stands alone. */
  readonly format: ReadonlyMap<string, string> | null;
  /** Name of the node that a device takes. */
  readonly top: string;
  /** The `-blockdev` arguments, in the order of the text. */
  readonly given: readonly Given[];
}

/** Null where an argument cannot be read, or something in it cannot be known. */
export function nodesOf(place: CommandPlace): readonly GivenNode[] | null {
  const { json } = qemuBehaviour(place.analysis.releases.pair.qemu);
  const found: GivenNode[] = [];
  for (const given of argumentsOf(place, 'blockdev')) {
    const { argument } = given;
    const { tree, problems } = argument.text.startsWith('{')
      ? parseJsonText(argument, json)
      : parseKeyval(argument, 'driver');
    if (tree?.kind !== 'object' || problems.length > 0 || !isKnownText(argument.text)) return null;
    const members = new Map<string, string>();
    addMembers(tree, '', members);
    found.push({ given, members });
  }
  return found;
}

function addMembers(node: ObjectNode, path: string, into: Map<string, string>): void {
  for (const { key, value } of node.members) addValue(value, `${path}${key}`, into);
}

function addValue(value: ValueNode, path: string, into: Map<string, string>): void {
  if (value.kind === 'object') addMembers(value, `${path}.`, into);
  else if (value.kind === 'list') {
    for (const [index, item] of value.items.entries()) addValue(item, `${path}.${index}`, into);
  } else if (value.kind === 'boolean') into.set(path, value.text === 'true' ? 'on' : 'off');
  else into.set(path, value.text);
}

/** The chain that one of the command's `-blockdev` arguments belongs to; null where it is no plain rbd image. */
export function chainAt(nodes: readonly GivenNode[], argument: number): NodeChain | null {
  const own = nodes.find(({ given }) => given.index === argument);
  if (own === undefined) return null;
  if (own.members.get('driver') === 'rbd') return chainOverRbd(nodes, own);
  if (own.members.get('file.driver') === 'rbd') return inlineChain(nodes, own);
  const below = nodes.find(({ members }) => members.get('node-name') === own.members.get('file'));
  return below?.members.get('driver') === 'rbd' ? chainOverRbd(nodes, below) : null;
}

function chainOverRbd(nodes: readonly GivenNode[], rbd: GivenNode): NodeChain | null {
  const name = rbd.members.get('node-name');
  if (name === undefined) return null;
  const [format, another] = nodesAbove(nodes, name);
  if (another !== undefined) return null;
  if (format === undefined) return { rbd: rbd.members, format: null, top: name, given: [rbd.given] };
  const top = format.members.get('node-name');
  if (top === undefined || format.members.get('file') !== name || nodesAbove(nodes, top).length > 0) return null;
  const given = [rbd.given, format.given].sort((a, b) => a.index - b.index);
  return { rbd: rbd.members, format: format.members, top, given };
}

function inlineChain(nodes: readonly GivenNode[], { given, members }: GivenNode): NodeChain | null {
  const top = members.get('node-name');
  if (top === undefined || nodesAbove(nodes, top).length > 0) return null;
  const below = 'file.';
  const parts = [...members];
  const rbd = parts.flatMap(([key, value]): [string, string][] =>
    key.startsWith(below) ? [[key.slice(below.length), value]] : [],
  );
  const format = parts.filter(([key]) => !key.startsWith(below));
  return { rbd: new Map(rbd), format: new Map(format), top, given: [given] };
}

/** Nodes that name this one by any member. */
function nodesAbove(nodes: readonly GivenNode[], name: string): readonly GivenNode[] {
  return nodes.filter(({ members }) =>
    [...members].some(
      ([key, value]) =>
        value === name && !/(?:^|\.)(?:node-name|driver|pool|image|user|namespace|snapshot|conf)$/.test(key),
    ),
  );
}
