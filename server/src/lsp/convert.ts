/** From views to the protocol's shapes. */
import {
  type CodeAction,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Location,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { PlacedEdit } from '../features/analysis-model.js';
import type { CodeActionView } from '../features/code-actions.js';
import type { DiagnosticView } from '../features/diagnostics.js';
import type { Severity } from '../rules/rule.js';
import type { Client } from './client.js';
import { type Documents, rangeOf } from './documents.js';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

export function toDiagnostic(
  view: DiagnosticView,
  document: TextDocument,
  documents: Documents,
  client: Client,
): Diagnostic {
  const diagnostic: Diagnostic = {
    range: rangeOf(document, view.span),
    severity: SEVERITIES[view.severity],
    source: 'rbdcache',
    message: view.message,
  };
  if (view.rule !== null) {
    diagnostic.code = view.rule;
    diagnostic.data = { rule: view.rule };
    if (client.docsBase !== null) diagnostic.codeDescription = { href: `${client.docsBase}${view.rule}.md` };
  }
  if (view.tags.length > 0) diagnostic.tags = view.tags.map((tag) => TAGS[tag]);
  if (client.showsRelated && view.related.length > 0) {
    diagnostic.relatedInformation = view.related.flatMap(({ address, span, message }) => {
      const there = documents.positions(address);
      if (there === undefined) return [];
      return [{ location: { uri: documents.uriOf(address), range: rangeOf(there, span) }, message }];
    });
  }
  return diagnostic;
}

/** Undefined where an edit stands in a text that cannot be opened. */
export function toWorkspaceEdit(edits: readonly PlacedEdit[], documents: Documents): WorkspaceEdit | undefined {
  const changes: Record<string, TextEdit[]> = {};
  for (const { address, span, newText } of edits) {
    const there = documents.positions(address);
    if (there === undefined) return undefined;
    const uri = documents.uriOf(address);
    changes[uri] ??= [];
    changes[uri].push({ range: rangeOf(there, span), newText });
  }
  return { changes };
}

export function toCodeAction(
  view: CodeActionView,
  sent: readonly Diagnostic[],
  document: TextDocument,
  documents: Documents,
): CodeAction | undefined {
  const edit = toWorkspaceEdit(view.edits, documents);
  if (edit === undefined) return undefined;
  const action: CodeAction = { title: view.title, kind: view.kind, edit };
  if (view.preferred) action.isPreferred = true;
  if (view.finding !== null) {
    const { rule, span } = view.finding;
    const range = rangeOf(document, span);
    const its = sent.filter((one) => one.code === rule && sameStart(one, range.start.line, range.start.character));
    if (its.length > 0) action.diagnostics = its;
  }
  return action;
}

function sameStart({ range }: Diagnostic, line: number, character: number): boolean {
  return range.start.line === line && range.start.character === character;
}

/** None where the place stands in a text that cannot be opened. */
export function toLocation({ address, span }: Pick<PlacedEdit, 'address' | 'span'>, documents: Documents): Location[] {
  const there = documents.positions(address);
  return there === undefined ? [] : [{ uri: documents.uriOf(address), range: rangeOf(there, span) }];
}
