/** What holds for every tree, whatever the text: nothing is lost, and each place lies where it says. Each throws where not. */
import { deepStrictEqual } from 'node:assert';
import type { ConfTree } from '../../server/src/syntax/ceph-conf/tree.js';
import { type CommandLanguage, findQemuCommands, type QemuCommand } from '../../server/src/syntax/commands.js';
import type { Directives } from '../../server/src/syntax/directives.js';
import type { MappedText } from '../../server/src/syntax/mapped-text.js';
import type { QemuOptsTree } from '../../server/src/syntax/qemu/qemu-opts.js';
import type { RbdName, RbdNamePart } from '../../server/src/syntax/qemu/rbd-name.js';
import type { ObjectNode, ValueNode } from '../../server/src/syntax/qemu/value-tree.js';
import type { Problem, Span } from '../../server/src/syntax/span.js';

export function holds(condition: boolean, what: () => string): asserts condition {
  if (!condition) throw new Error(what());
}

export function inside({ start, end }: Span, outer: Span, what: string): void {
  holds(
    Number.isInteger(start) && Number.isInteger(end) && outer.start <= start && start <= end && end <= outer.end,
    () => `${what} ${start}-${end} does not lie in ${outer.start}-${outer.end}`,
  );
}

function whole(text: string): Span {
  return { start: 0, end: text.length };
}

function problemsInside(problems: readonly Problem[], outer: Span): void {
  for (const { span, code } of problems) inside(span, outer, `problem ${code}`);
}

/** The nodes, put together, are the text. */
export function checkConfTree(tree: ConfTree, text: string): void {
  let at = 0;
  let line = 0;
  for (const node of tree.nodes) {
    holds(node.span.start === at && node.span.end > at, () => `node at ${node.span.start}, expected at ${at}`);
    holds(node.line > line, () => `line ${node.line} after line ${line}`);
    line = node.line;
    at = node.span.end;
    if (node.kind === 'comment') inside(node.textSpan, node.span, 'comment');
    if (node.kind === 'section') inside(node.nameSpan, node.span, 'section name');
    if (node.kind === 'key') {
      inside(node.keySpan, node.span, 'key');
      inside(node.valueSpan, { start: node.keySpan.end, end: node.span.end }, 'value');
    }
    if ((node.kind === 'key' || node.kind === 'section') && node.comment !== null) {
      inside(node.comment, node.span, 'comment behind a value');
    }
  }
  holds(at === text.length, () => `the nodes end at ${at}, the text at ${text.length}`);
  holds(tree.text === text, () => 'the tree holds another text');
  problemsInside(tree.problems, whole(text));
  if (tree.abortsAt !== null) inside(tree.abortsAt, whole(text), 'abort');
}

export function checkCommands(commands: readonly QemuCommand[], text: string, language: CommandLanguage): void {
  let last = 0;
  for (const command of commands) {
    inside(command.span, whole(text), 'command');
    holds(command.span.start >= last, () => 'commands are out of order');
    last = command.span.start;
    holds(command.text === text.slice(command.span.start, command.span.end), () => 'command holds another text');
    const outer = { start: 0, end: command.text.length };
    inside(command.program, outer, 'program');
    holds(command.args.length === command.words.length, () => 'arguments and words differ in number');
    let at = command.program.end;
    for (const word of command.words) {
      inside(word.span, { start: at, end: outer.end }, 'word');
      at = word.span.end;
      checkMapped(word.value, word.span);
      for (const offset of word.takenBackslashes) {
        holds(command.text[offset] === '\\', () => `no backslash at ${offset}`);
      }
    }
    for (const { span, value } of command.environment) {
      inside(span, outer, 'assignment');
      checkMapped(value, span);
    }
    checkAlone(command, language);
  }
}

/** A command's words depend on its own text alone: where it is a command on its own, it is the same one. */
function checkAlone(command: QemuCommand, language: CommandLanguage): void {
  const again = findQemuCommands(command.text, language).find(({ span }) => span.start === 0);
  if (again === undefined) return;
  const args = (one: QemuCommand): unknown => one.args.map(({ text }) => text);
  deepStrictEqual(args(again), args(command), 'the command alone gives other arguments');
}

/** Each decoded character stands in the source, in order. */
export function checkMapped(mapped: MappedText, outer: Span): void {
  let at = outer.start;
  const step = Math.max(1, Math.floor(mapped.length / 200));
  for (let i = 0; i < mapped.length; i += step) {
    const span = mapped.span(i, i + 1);
    inside(span, outer, `character ${i}`);
    holds(span.start >= at, () => `character ${i} stands before the one in front of it`);
    at = span.start;
  }
  inside(mapped.span(), outer, 'decoded text');
}

export function checkQemuOpts({ argument, options, id }: QemuOptsTree, problems: readonly Problem[]): void {
  const { text } = argument;
  let at = 0;
  for (const option of options) {
    holds(option.start === at, () => `option at ${option.start}, expected at ${at}`);
    holds(
      option.start <= option.keyEnd && option.keyEnd <= option.valueStart && option.valueStart <= option.end,
      () => 'the parts of an option are out of order',
    );
    holds(option.end === text.length || text[option.end] === ',', () => `no comma at ${option.end}`);
    at = option.end + 1;
  }
  const left = text.length - at;
  holds(left === -1 || left === 0 || text === '', () => `${left} characters behind the last option`);
  if (id !== null) inside(id, whole(text), 'id');
  problemsInside(problems, argument.span());
}

export function checkRbdName(name: RbdName): void {
  const outer = name.text.span();
  const check = (part: RbdNamePart | null, what: string): void => {
    if (part === null) return;
    inside(part, { start: 0, end: name.text.length }, what);
    inside(part.span, outer, `${what} (source)`);
  };
  check(name.pool, 'pool');
  check(name.namespace, 'namespace');
  check(name.image, 'image');
  check(name.snapshot, 'snapshot');
  check(name.clientId, 'client id');
  let at = name.optionsAt ?? 0;
  for (const { key, value, span } of name.options) {
    check(key, 'key');
    check(value, 'value');
    inside(span, outer, 'option');
    holds(key.start >= at && value.start >= key.end, () => 'options are out of order');
    at = value.end;
  }
  for (const problem of [name.problem, name.optionProblem])
    if (problem !== null) inside(problem.span, outer, 'problem');
  if (name.unknownAt !== null) inside(name.unknownAt, outer, 'unknown part');
}

export function checkValueTree(tree: ValueNode | ObjectNode | null, problems: readonly Problem[], outer: Span): void {
  problemsInside(problems, outer);
  holds(tree !== null || problems.length > 0, () => 'neither a tree nor a complaint');
  const open: ValueNode[] = tree === null ? [] : [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    inside(node.span, outer, node.kind);
    if (node.kind === 'list') open.push(...node.items);
    if (node.kind !== 'object') continue;
    for (const { keySpan, span, value } of node.members) {
      inside(keySpan, outer, 'member key');
      inside(span, outer, 'member');
      open.push(value);
    }
  }
}

export function checkDirectives({ releases, suppressions, problems }: Directives, text: string): void {
  const outer = whole(text);
  problemsInside(problems, outer);
  for (const { span, values } of releases) {
    inside(span, outer, 'directive');
    for (const value of values) {
      inside(value.span, outer, 'directive value');
      holds(text.slice(value.span.start, value.span.end) === value.text, () => 'a directive holds another text');
    }
  }
  for (const { span, rules, ruleSpans, appliesTo } of suppressions) {
    inside(span, outer, 'suppression');
    inside(appliesTo, outer, 'what a suppression applies to');
    deepStrictEqual(
      ruleSpans.map(({ start, end }) => text.slice(start, end)),
      rules,
    );
  }
}
