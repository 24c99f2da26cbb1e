/** Builders for findings and fixes, so that each rule states only what is its own. */
import type { Span } from '../../syntax/span.js';
import type { ConfRuleContext, Finding, Fix, Location, RuleInfo, Severity, TextEdit } from '../rule.js';

/** A place in the ceph.conf in view. */
export function inFile(context: ConfRuleContext, span: Span): Location {
  return { in: 'file', file: context.file.id, span };
}

export interface FindingParts {
  readonly severity?: Severity;
  readonly related?: Finding['related'];
  readonly tags?: Finding['tags'];
  readonly fixes?: readonly Fix[];
}

/** A finding of `rule`; the severity is the rule's own where none is given. */
export function findingAt(rule: RuleInfo, at: Location, message: string, parts: FindingParts = {}): Finding {
  return {
    rule: rule.id,
    severity: parts.severity ?? rule.severity,
    message,
    at,
    related: parts.related ?? [],
    tags: parts.tags ?? [],
    fixes: parts.fixes ?? [],
  };
}

/** A finding in the ceph.conf in view. */
export function confFinding(
  context: ConfRuleContext,
  rule: RuleInfo,
  span: Span,
  message: string,
  parts?: FindingParts,
): Finding {
  return findingAt(rule, inFile(context, span), message, parts);
}

export function replaceInFile(context: ConfRuleContext, span: Span, newText: string): TextEdit {
  return { at: inFile(context, span), newText };
}

/** A quick fix. Not preferred and not part of "fix all" unless it says so. */
export function fix(
  title: string,
  edits: readonly TextEdit[],
  how: { readonly preferred?: boolean; readonly safe?: boolean } = {},
): Fix {
  return { title, edits, preferred: how.preferred ?? false, safe: how.safe ?? false };
}

/** `librbd 16.2.15`, as each message names the release it speaks of. */
export function librbd(context: ConfRuleContext): string {
  return `librbd ${context.releases.librbd.label}`;
}
