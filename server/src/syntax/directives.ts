/** Comments that speak to this tool: the releases in force, and findings that are not wanted. */
import * as l10n from '@vscode/l10n';
import type { Problem, Span } from './span.js';

export const DIRECTIVE_KEYS = ['qemu', 'librbd', 'vendor'] as const;
export type DirectiveKey = (typeof DIRECTIVE_KEYS)[number];

export interface DirectiveValue {
  readonly key: DirectiveKey;
  readonly text: string;
  /** The value, without quotes. */
  readonly span: Span;
}

/** `rbdcache: qemu=2.2 librbd=0.87 vendor=proxmox` */
export interface ReleasesDirective {
  /** From the word `rbdcache` to the last character of the comment. */
  readonly span: Span;
  readonly values: readonly DirectiveValue[];
}

/** `rbdcache-disable ID…` and `rbdcache-disable-next-line ID…` */
export interface Suppression {
  readonly span: Span;
  /** The whole comment, from its sign to its last character. */
  readonly comment: Span;
  readonly scope: 'file' | 'next-line';
  readonly rules: readonly string[];
  /** Where each of `rules` is written. */
  readonly ruleSpans: readonly Span[];
  /** What stands behind ` -- `; empty where nothing does. */
  readonly reason: string;
  /** Findings that start here are not wanted: the next line, with those joined to it by a backslash, or the whole text. */
  readonly appliesTo: Span;
}

export interface Directives {
  readonly releases: readonly ReleasesDirective[];
  readonly suppressions: readonly Suppression[];
  readonly problems: readonly Problem[];
}

const DIRECTIVE = /rbdcache(:|-disable-next-line(?![\w-])|-disable(?![\w-]))([^\r\n]*)/g;
const PAIR = /([A-Za-z][\w-]*)[ \t]*=[ \t]*(?:"([^"]*)"|'([^']*)'|([^\s,;=]*)(?=[\s,;]|$))/g;
const RULE_ID = /[A-Za-z][\w-]*/g;
const VENDORS = ['upstream', 'proxmox'];

/**
 * Finds the directives in a document's comments (`#`, in ceph.conf also `;`), at the start of the comment. Comments that
 * merely mention the tool are left alone.
 */
export function directivesIn(text: string): Directives {
  const releases: ReleasesDirective[] = [];
  const suppressions: Suppression[] = [];
  const problems: Problem[] = [];
  for (const match of text.matchAll(DIRECTIVE)) {
    const sign = commentSign(text, match.index);
    if (sign === null) continue;
    const [whole, kind = '', rest = ''] = match;
    const span = { start: match.index, end: match.index + whole.trimEnd().length };
    const restStart = match.index + whole.length - rest.length;
    if (kind === ':') {
      const values = readValues(rest, restStart, problems);
      if (values !== null) releases.push({ span, values });
      continue;
    }
    const { rules, reason } = readRules(rest, restStart);
    if (rules.length === 0) {
      const message = l10n.t('Name the rules to disable: {0}', `rbdcache${kind} <rule> …`);
      problems.push({ code: 'directive-without-rule', message, span });
    }
    const scope = kind === '-disable' ? 'file' : 'next-line';
    suppressions.push({
      span,
      comment: { start: sign, end: span.end },
      scope,
      rules: rules.map(({ id }) => id),
      ruleSpans: rules.map((rule) => rule.span),
      reason,
      appliesTo: scope === 'file' ? { start: 0, end: text.length } : nextLogicalLine(text, span.end),
    });
  }
  return { releases, suppressions, problems };
}

/** The value in force of a key: the first one in the document. */
export function directiveValue(directives: Directives, key: DirectiveKey): DirectiveValue | undefined {
  return directives.releases.flatMap((directive) => directive.values).find((value) => value.key === key);
}

/** Where the comment begins that has `at` as its first word; null where no such comment does. */
function commentSign(text: string, at: number): number | null {
  let i = at - 1;
  while (i >= 0 && (text.charAt(i) === ' ' || text.charAt(i) === '\t')) i--;
  const isSign = (character: string): boolean => character === '#' || character === ';';
  if (i < 0 || !isSign(text.charAt(i))) return null;
  while (i >= 0 && isSign(text.charAt(i))) i--;
  return i < 0 || /[\s\uFEFF&|()]/.test(text.charAt(i)) ? i + 1 : null;
}

/** Null where the comment holds no `key=value` at all: it is prose. */
function readValues(rest: string, restStart: number, problems: Problem[]): DirectiveValue[] | null {
  const pairs = [...rest.matchAll(PAIR)];
  if (pairs.length === 0) return null;
  const values: DirectiveValue[] = [];
  for (const pair of pairs) {
    const [whole, name = '', double, single, bare] = pair;
    const text = double ?? single ?? bare ?? '';
    const start = restStart + pair.index;
    const valueStart = start + whole.length - text.length - (bare === undefined ? 1 : 0);
    const span = { start: valueStart, end: valueStart + text.length };
    const key = DIRECTIVE_KEYS.find((known) => known === name);
    if (key === undefined) {
      const message = l10n.t("Unknown key '{0}' here; known are {1}.", name, DIRECTIVE_KEYS.join(', '));
      problems.push({ code: 'directive-unknown-key', message, span: { start, end: start + name.length } });
    } else if (text === '') {
      const message = l10n.t("'{0}' has no value.", name);
      problems.push({ code: 'directive-empty-value', message, span: { start, end: start + whole.length } });
    } else if (key === 'vendor' && !VENDORS.includes(text)) {
      const message = l10n.t("Unknown vendor '{0}'; known are {1}.", text, VENDORS.join(', '));
      problems.push({ code: 'directive-unknown-vendor', message, span });
    } else {
      values.push({ key, text, span });
    }
  }
  return values;
}

/** Rule ids up to ` -- `, behind which a reason may stand. */
function readRules(rest: string, restStart: number): { rules: { id: string; span: Span }[]; reason: string } {
  const dashes = /(?:^|\s)--(?:\s|$)/.exec(rest);
  const rules = [...(dashes === null ? rest : rest.slice(0, dashes.index)).matchAll(RULE_ID)].map((match) => {
    const start = restStart + match.index;
    return { id: match[0], span: { start, end: start + match[0].length } };
  });
  return { rules, reason: dashes === null ? '' : rest.slice(dashes.index + dashes[0].length).trim() };
}

function nextLogicalLine(text: string, from: number): Span {
  const newline = text.indexOf('\n', from);
  if (newline < 0) return { start: text.length, end: text.length };
  const start = newline + 1;
  let end = lineEnd(text, start);
  while (end < text.length && /\\\r?$/.test(text.slice(Math.max(start, end - 2), end))) end = lineEnd(text, end + 1);
  return { start, end };
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}
