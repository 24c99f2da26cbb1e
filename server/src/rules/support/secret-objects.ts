/** `-object secret`: which of them hold the key of an rbd drive, and how that is written. */
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { CommandTrace, DriveOption, DriveSyntax, DriveTrace } from '../../simulate/model.js';
import { type Given, readCommandLine } from '../../simulate/qemu/command-line.js';
import { UNKNOWN } from '../../syntax/mapped-text.js';
import { parseJsonText } from '../../syntax/qemu/json-text.js';
import { parseQemuOpts } from '../../syntax/qemu/qemu-opts.js';
import type { Span } from '../../syntax/span.js';
import type { CommandRuleContext } from '../rule.js';
import { jsonQuote, written } from './drive-text.js';

/** 28 bytes in base64, as every cephx key has; what is none may well be meant as it stands. */
export function isCephxKey(text: string): boolean {
  return /^AQ[A-Za-z0-9+/]{30,60}={0,2}$/.test(text);
}

export interface SecretMember {
  readonly value: string;
  /** Key and value. */
  readonly span: Span;
}

export interface SecretObject {
  readonly id: string;
  /** The whole argument. */
  readonly span: Span;
  readonly members: ReadonlyMap<string, SecretMember>;
  /** Where more members go. */
  readonly end: number;
  /** A member as it is written here, without what joins it. */
  write(key: string, value: string): string;
}

/** The secret objects of a command whose text is known. */
export const secretObjects = (() => {
  const known = new WeakMap<CommandTrace, readonly SecretObject[]>();
  return (context: CommandRuleContext): readonly SecretObject[] => {
    const { words, trace } = context.command;
    const kept = known.get(trace);
    if (kept !== undefined) return kept;
    const { objects } = readCommandLine(words.map((word) => word.value));
    const found = objects.flatMap((given) => readObject(context, given) ?? []);
    known.set(trace, found);
    return found;
  };
})();

function readObject(context: CommandRuleContext, { argument }: Given): SecretObject | null {
  if (argument.text.includes(UNKNOWN) || !argument.text.includes('secret')) return null;
  const behaviour = qemuBehaviour(context.releases.qemu);
  const span = argument.span();
  const members = new Map<string, SecretMember>();
  if (argument.text.startsWith('{')) {
    const { tree } = parseJsonText(argument, behaviour.json);
    if (tree?.kind !== 'object') return null;
    for (const member of tree.members) {
      if (member.value.kind === 'string') members.set(member.key, { value: member.value.text, span: member.span });
    }
    const quote = jsonQuote(written(context, tree.span));
    const write = (key: string, value: string) => `${quote}${key}${quote}:${quote}${value}${quote}`;
    return secret(members, span, tree.span.end - 1, write);
  }
  const { tree } = parseQemuOpts(argument, { ...behaviour.driveOpts, firstKey: 'qom-type' });
  for (const option of tree.options) {
    members.set(option.key, { value: option.value, span: argument.span(option.start, option.end) });
  }
  return secret(members, span, span.end, (key, value) => `${key}=${value}`);
}

function secret(
  members: ReadonlyMap<string, SecretMember>,
  span: Span,
  end: number,
  write: SecretObject['write'],
): SecretObject | null {
  if (members.get('qom-type')?.value !== 'secret') return null;
  return { id: members.get('id')?.value ?? '', members, span, end, write };
}

/** Ids of the secrets that hold the key of an rbd node, with the first drive that uses each; no passphrase of an encryption. */
export function secretsOfDrives(context: CommandRuleContext): ReadonlyMap<string, DriveTrace> {
  const ids = new Map<string, DriveTrace>();
  for (const trace of context.command.trace.drives) {
    const { options, jsonMembers = [] } = trace.syntax;
    for (const all of [options, jsonMembers]) {
      const nodes = rbdNodes(trace.syntax, all);
      for (const { key, value } of all) {
        const path = /^((?:[\w-]+\.)*)(?:key|password)-secret$/.exec(key)?.[1];
        if (path !== undefined && nodes.has(path) && !ids.has(value)) ids.set(value, trace);
      }
    }
  }
  return ids;
}

/** Paths of the rbd nodes that the members describe: `file.`; empty for the drive itself. */
function rbdNodes(syntax: DriveSyntax, members: readonly DriveOption[]): ReadonlySet<string> {
  const paths = new Set<string>(syntax.form === 'drive' && syntax.name !== null ? ['file.'] : []);
  for (const { key, value } of members) {
    const path = value === 'rbd' ? /^(.*?)(?:driver|format)$/.exec(key)?.[1] : undefined;
    if (path !== undefined && (path === '' || path.endsWith('.'))) paths.add(path);
  }
  return paths;
}
