/**
 * Dotted keys (`-blockdev driver=rbd,server.0.host=h`). Source: util/keyval.c of 2.9 to 10.2.
 */
import { type MappedText, MappedTextBuilder, UNKNOWN } from '../mapped-text.js';
import type { Problem, Span } from '../span.js';
import type { MemberNode, ObjectNode, ScalarNode, ValueNode } from './value-tree.js';

const MAX_FRAGMENT = 127;

/** An inner node while the keys are read; becomes an object or a list. */
interface Branch {
  readonly children: Map<string, Branch | Leaf>;
  span: Span;
}

interface Leaf {
  readonly value: ScalarNode;
  readonly span: Span;
  readonly keySpan: Span;
}

class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/**
 * The tree, or null and QEMU's complaint. A first word without `=` is the value of `impliedKey`. `knowsHelp`: a word that
 * asks for help is no key, and there is none.
 */
export function parseKeyval(
  argument: MappedText,
  impliedKey: string,
  knowsHelp = false,
): { tree: ObjectNode | null; problems: Problem[] } {
  const root: Branch = { children: new Map(), span: argument.span() };
  try {
    let at = 0;
    let help: Span | null = null;
    while (at < argument.length) {
      const end = argument.text.indexOf(',', at) < 0 ? argument.length : argument.text.indexOf(',', at);
      if (knowsHelp && asksForHelp(argument.text.slice(at, end))) {
        help = argument.span(at, end);
        at = end + 1;
      } else {
        at = readOne(argument, at, at === 0 ? impliedKey : null, root);
      }
    }
    if (help !== null) throw new Refused(problem('Help is not available for this option', help));
    const tree = finish(root, '', argument.span());
    if (tree.kind !== 'object') throw new Refused(problem("Parameter '' is missing", argument.span()));
    return { tree, problems: [] };
  } catch (error) {
    if (error instanceof Refused) return { tree: null, problems: [error.problem] };
    throw error;
  }
}

/** A word in whose place QEMU prints what could stand there. */
export function asksForHelp(word: string): boolean {
  return word === 'help' || word === '?';
}

function readOne(argument: MappedText, start: number, impliedKey: string | null, root: Branch): number {
  const { text } = argument;
  let keyEnd = start;
  while (keyEnd < text.length && text[keyEnd] !== '=' && text[keyEnd] !== ',') keyEnd++;
  if (impliedKey !== null && keyEnd > start && text[keyEnd] !== '=') {
    const value = scalar(argument, start, keyEnd, text.slice(start, keyEnd), argument.slice(start, keyEnd));
    const span = argument.span(start, keyEnd);
    put(root, impliedKey, { value, span, keySpan: argument.span(start, start) }, impliedKey, span);
    return keyEnd + 1;
  }
  const key = text.slice(start, keyEnd);
  const keySpan = argument.span(start, keyEnd);
  if (text[keyEnd] !== '=') {
    if (!isKey(key)) throw new Refused(problem(`Invalid parameter '${key}'`, keySpan));
    throw new Refused(problem(`Expected '=' after parameter '${key}'`, keySpan));
  }
  const fragments = fragmentsOf(key, keySpan);
  const value = readValue(argument, keyEnd + 1);
  const span = argument.span(start, value.end);
  let branch = root;
  fragments.slice(0, -1).forEach((fragment, index) => {
    const next = branch.children.get(fragment);
    if (next !== undefined && !('children' in next)) throw inconsistent(fragments.slice(0, index + 1), keySpan);
    const child: Branch = next ?? { children: new Map(), span };
    child.span = { start: Math.min(child.span.start, span.start), end: Math.max(child.span.end, span.end) };
    branch.children.set(fragment, child);
    branch = child;
  });
  put(branch, fragments.at(-1) ?? '', { value: value.node, span, keySpan }, key, keySpan);
  return value.end + 1;
}

function put(branch: Branch, fragment: string, leaf: Leaf, key: string, keySpan: Span): void {
  const earlier = branch.children.get(fragment);
  if (earlier !== undefined && 'children' in earlier) throw inconsistent(key.split('.'), keySpan);
  branch.children.delete(fragment);
  branch.children.set(fragment, leaf);
}

function readValue(argument: MappedText, start: number): { node: ScalarNode; end: number } {
  const { text } = argument;
  let end = start;
  let doubled = false;
  while (end < text.length && (text[end] !== ',' || text[end + 1] === ',')) {
    if (text[end] === ',') {
      doubled = true;
      end++;
    }
    end++;
  }
  if (!doubled) return { node: scalar(argument, start, end, text.slice(start, end), argument.slice(start, end)), end };
  const builder = new MappedTextBuilder(argument.span(start, start).start);
  for (let at = start; at < end; ) {
    const next = text[at] === ',' ? at + 2 : at + 1;
    const span = argument.span(at, next);
    if (span.end - span.start === 1) builder.copy(text.charAt(at), span.start);
    else builder.replace(text.charAt(at), span.start, span.end);
    at = next;
  }
  const mapped = builder.build(argument.span(end, end).start);
  return { node: scalar(argument, start, end, mapped.text, mapped), end };
}

function scalar(argument: MappedText, start: number, end: number, text: string, mapped: MappedText): ScalarNode {
  return { kind: 'string', text, at: start, mapped, span: argument.span(start, end) };
}

/** Fragments are names, or indexes anywhere but first. */
function fragmentsOf(key: string, keySpan: Span): string[] {
  if (!isKey(key)) throw new Refused(problem(`Invalid parameter '${key}'`, keySpan));
  const fragments = key.split('.');
  const long = fragments.find((fragment) => fragment.length > MAX_FRAGMENT);
  if (long !== undefined) {
    const what = fragments.length > 1 ? 'Parameter fragment' : 'Parameter';
    throw new Refused(problem(`${what} '${long}' is too long`, keySpan));
  }
  return fragments.map((fragment, index) => (index > 0 && isIndex(fragment) ? String(Number(fragment)) : fragment));
}

function isKey(key: string): boolean {
  return key.split('.').every((fragment, index) => (index > 0 && isIndex(fragment)) || isName(fragment));
}

function isName(fragment: string): boolean {
  return /^(?:__[A-Za-z0-9.-]+_)?[A-Za-z][A-Za-z0-9_-]*$/.test(fragment) || fragment.includes(UNKNOWN);
}

function isIndex(fragment: string): boolean {
  return /^[0-9]+$/.test(fragment);
}

/** Objects whose keys are all indexes are lists, without gaps. */
function finish(branch: Branch, path: string, span: Span): ValueNode {
  const entries = [...branch.children].map(([key, child]) => ({
    key,
    child,
    value: 'children' in child ? finish(child, `${path}${key}.`, child.span) : child.value,
  }));
  const indexes = entries.filter(({ key }) => isIndex(key)).length;
  if (indexes > 0 && indexes < entries.length) {
    throw new Refused(problem(`Parameters '${path}*' used inconsistently`, span));
  }
  if (indexes > 0) {
    const byIndex = new Map(entries.map(({ key, value }) => [key, value]));
    const items: ValueNode[] = [];
    for (let index = 0; index < indexes; index++) {
      const item = byIndex.get(String(index));
      if (item === undefined) throw new Refused(problem(`Parameter '${path}${index}' missing`, span));
      items.push(item);
    }
    return { kind: 'list', items, span };
  }
  const members: MemberNode[] = entries.map(({ key, child, value }) => ({
    key,
    value,
    span: child.span,
    keySpan: 'children' in child ? child.span : child.keySpan,
  }));
  return { kind: 'object', members, span };
}

function inconsistent(fragments: readonly string[], span: Span): Refused {
  return new Refused(problem(`Parameters '${fragments.join('.')}.*' used inconsistently`, span));
}

function problem(message: string, span: Span): Problem {
  return { code: 'keyval', message, span };
}
