/** QEMU's schema checks of block nodes. Source: qapi/qobject-input-visitor.c, qapi-visit-core.c. */
import type { QemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { MemberInfo } from '../../catalog/qemu-rbd.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import type { MemberNode, ObjectNode, ValueNode } from '../../syntax/qemu/value-tree.js';
import type { Span } from '../../syntax/span.js';
import type { DriveError } from '../model.js';
import type { OptionSet } from './flat-options.js';
import { isNumber } from './option-values.js';
import { firstUnexpected } from './qdict-order.js';
import { refusal } from './refusal.js';

/** `strict`: JSON's types count. `words`: everything is text, as in dotted keys. */
export type SchemaStyle = 'strict' | 'words';

export class SchemaCheck {
  /** `alsoGiven`: members that QEMU has from elsewhere. `below` looks at a node that stands within another. */
  constructor(
    private readonly behaviour: QemuBehaviour,
    private readonly style: SchemaStyle,
    private readonly alsoGiven: readonly string[] = [],
    private readonly below: (node: ObjectNode, path: string) => DriveError | null = () => null,
  ) {}

  /** Goes through the members in the schema's order; null where all is well. Members in `others` are left alone. */
  object(
    node: ObjectNode,
    members: readonly MemberInfo[],
    path: string,
    others: (name: string) => boolean,
  ): DriveError | null {
    return this.members(node, members, path) ?? this.unexpected(node, members, path, others);
  }

  /** The known members alone. */
  members(node: ObjectNode, members: readonly MemberInfo[], path: string): DriveError | null {
    for (const member of members) {
      const given = lastMember(node, member.name);
      if (given === undefined) {
        if (!member.required) continue;
        return refusal('args', 'member-missing', `Parameter '${path}${member.name}' is missing`, node.span);
      }
      const problem = this.value(given.value, member, `${path}${member.name}`);
      if (problem !== null) return problem;
    }
    return null;
  }

  /** What stands there beside the known members. */
  unexpected(
    node: ObjectNode,
    members: readonly MemberInfo[],
    path: string,
    others: (name: string) => boolean,
  ): DriveError | null {
    const unexpected = (key: string) =>
      !key.includes(UNKNOWN) && !others(key) && !members.some((member) => member.name === key);
    if (!node.members.some(({ key }) => unexpected(key))) return null;
    const keys = new Set([...(path === '' ? this.alsoGiven : []), ...node.members.map(({ key }) => key)]);
    const known = members.map((member) => member.name);
    const named = firstUnexpected([...keys], known, unexpected);
    const given = node.members.find(({ key }) => key === named);
    return refusal(
      'args',
      'member-unexpected',
      `Parameter '${path}${named ?? ''}' is unexpected`,
      given?.keySpan ?? node.span,
    );
  }

  private value(node: ValueNode, member: MemberInfo, path: string): DriveError | null {
    switch (member.type) {
      case 'object':
        if (node.kind !== 'object') return this.wrongType(path, 'object', node.span);
        return this.object(node, member.members, `${path}.`, () => false);
      case 'list': {
        if (node.kind !== 'list') return this.wrongType(path, 'array', node.span);
        const { items } = member;
        if (items === null) return null;
        for (const [index, item] of node.items.entries()) {
          const at = this.style === 'words' ? `${path}.${index}` : `${path}[${index}]`;
          const problem = this.value(item, items, at);
          if (problem !== null) return problem;
        }
        return null;
      }
      case 'bool':
        return this.bool(node, path);
      case 'int':
        return this.int(node, path);
      case 'ref':
      case 'ref-or-null':
        if (node.kind === 'object') return this.below(node, `${path}.`);
        return node.kind === 'string' || (node.kind === 'null' && member.type !== 'ref')
          ? null
          : this.wrongType(path, member.type === 'ref' ? 'BlockdevRef' : 'BlockdevRefOrNull', node.span);
      case 'any':
        return null;
      case 'enum':
      case 'str':
        return this.text(node, member, path);
    }
  }

  private bool(node: ValueNode, path: string): DriveError | null {
    if (node.kind === 'object' || node.kind === 'list')
      return this.wrongType(path, this.style === 'words' ? 'string' : 'boolean', node.span);
    if (node.text.includes(UNKNOWN)) return null;
    if (this.style === 'strict') return node.kind === 'boolean' ? null : this.wrongType(path, 'boolean', node.span);
    if (this.behaviour.booleans.has(node.text)) return null;
    return refusal('args', 'bad-value', `Parameter '${path}' expects 'on' or 'off'`, node.span);
  }

  private int(node: ValueNode, path: string): DriveError | null {
    if (this.style === 'strict') {
      return node.kind === 'number' && /^-?\d+$/.test(node.text) ? null : this.wrongType(path, 'integer', node.span);
    }
    if (node.kind !== 'string') return this.wrongType(path, 'string', node.span);
    if (node.text.includes(UNKNOWN) || isNumber(node.text, true)) return null;
    return refusal('args', 'bad-value', `Parameter '${path}' expects integer`, node.span);
  }

  private text(node: ValueNode, member: MemberInfo, path: string): DriveError | null {
    if (node.kind !== 'string') return this.wrongType(path, 'string', node.span);
    if (member.type === 'str' || node.text.includes(UNKNOWN) || member.values.has(node.text)) return null;
    const name = member.name === '' ? 'null' : member.name;
    const message = this.behaviour.badEnumText.replace('%s', () => name).replace('%v', () => node.text);
    return refusal('args', 'bad-value', message, node.span);
  }

  private wrongType(path: string, expected: string, span: Span): DriveError {
    return refusal('args', 'wrong-type', `Invalid parameter type for '${path}', expected: ${expected}`, span);
  }
}

export function lastMember(node: ObjectNode, name: string): MemberNode | undefined {
  return node.members.findLast((member) => member.key === name);
}

/** Dotted options as the tree that the schema is checked against; null where two of them contradict each other. */
export function crumple(options: OptionSet, span: Span): ObjectNode | null {
  interface Draft {
    readonly children: Map<string, Draft | ValueNode>;
  }
  const isDraft = (entry: Draft | ValueNode): entry is Draft => 'children' in entry;
  const root: Draft = { children: new Map() };
  for (const [key, option] of options) {
    const fragments = key.split('.');
    const last = fragments.pop() ?? '';
    let draft = root;
    for (const fragment of fragments) {
      const next = draft.children.get(fragment) ?? { children: new Map() };
      if (!isDraft(next)) return null;
      draft.children.set(fragment, next);
      draft = next;
    }
    const { value: text, valueSpan } = option;
    if (draft.children.has(last)) return null;
    draft.children.set(
      last,
      emptyOf(option.kind, valueSpan) ?? { kind: 'string', text, at: 0, mapped: null, span: valueSpan },
    );
  }
  const finish = (draft: Draft): ValueNode => {
    const entries = [...draft.children].map(([key, entry]) => ({ key, value: isDraft(entry) ? finish(entry) : entry }));
    if (entries.length > 0 && entries.every(({ key }, index) => key === String(index))) {
      return { kind: 'list', items: entries.map(({ value }) => value), span };
    }
    return {
      kind: 'object',
      members: entries.map(({ key, value }) => ({ key, value, keySpan: value.span, span: value.span })),
      span,
    };
  };
  const tree = finish(root);
  return tree.kind === 'object' ? tree : null;
}

function emptyOf(kind: ValueNode['kind'], span: Span): ValueNode | null {
  if (kind === 'list') return { kind, items: [], span };
  return kind === 'object' ? { kind, members: [], span } : null;
}
