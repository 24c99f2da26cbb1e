/** Code actions: tried one after the other, so that other requests are not kept waiting. */
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver';
import type { DocumentAnalysis } from '../../features/analysis-model.js';
import { type CodeActionView, fixAll, fixAllOfRule, fixAllOfRules, quickFixes } from '../../features/code-actions.js';
import type { Trial } from '../../features/fix-trial.js';
import { refactorings } from '../../features/refactorings.js';
import { trialOf } from '../../workspace/trial.js';
import { FIX_ALL, REFACTOR } from '../action-kinds.js';
import type { Analysed, Answering } from '../answering.js';
import { toCodeAction, toWorkspaceEdit } from '../convert.js';
import { spanOf } from '../documents.js';
import { numberIn, stringIn } from '../params.js';

/** An action with more edits than this is sent without them to a client that asks for them once somebody chooses it. */
const MANY_EDITS = 50;

/** The answer to one request; gives way to others between two trials. */
export class ActionsAt {
  private readonly trial: Trial;
  private readonly actions: CodeAction[] = [];
  private readonly keys = new Set<string>();
  private readonly version: number;

  constructor(
    private readonly answering: Answering,
    private readonly found: Analysed,
    private readonly params: CodeActionParams,
    private readonly token: CancellationToken,
  ) {
    this.trial = trialOf(answering.workspace);
    this.version = found.known.document.version;
  }

  /** Null where the client asks no longer, or the document is another now. */
  async all(): Promise<CodeAction[] | null> {
    const { analysis, known } = this.found;
    const range = spanOf(known.document, this.params.range);
    if (this.wants(CodeActionKind.QuickFix)) {
      if (!(await this.addInTurn(quickFixes(analysis, range, this.trial)))) return null;
      for (const { title, rule } of fixAllOfRules(analysis, range)) this.addFixAllOfRule(title, rule);
    }
    if (this.wants(REFACTOR) && !(await this.addInTurn(refactorings(analysis, range, this.trial)))) return null;
    // Only where it is asked for: a menu for a place says nothing of the whole document.
    if (this.params.context.only !== undefined && this.wants(FIX_ALL)) this.add(fixAll(analysis, this.trial));
    return this.actions;
  }

  private wants(kind: string): boolean {
    const { only } = this.params.context;
    return (
      only === undefined ||
      only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`) || isBelow(wanted, kind))
    );
  }

  private async addInTurn(views: Generator<CodeActionView>): Promise<boolean> {
    for (const view of views) {
      this.add(view);
      await new Promise((resolve) => setImmediate(resolve));
      if (this.token.isCancellationRequested || !this.isCurrent()) return false;
    }
    return true;
  }

  private isCurrent(): boolean {
    return this.answering.documents.get(this.found.known.uri)?.document.version === this.version;
  }

  private add(view: CodeActionView | null): void {
    if (view === null || !this.isAskedFor(view) || this.isThere(view)) return;
    const { diagnostics } = this.params.context;
    const later = this.answering.client().resolvesActions && view.edits.length > MANY_EDITS;
    const { document, uri } = this.found.known;
    const shown = later ? { ...view, edits: [] } : view;
    const action = toCodeAction(shown, diagnostics, document, this.answering.documents);
    if (action === undefined) return;
    if (later) {
      const { edit: _edit, ...withoutEdit } = action;
      this.actions.push({
        ...withoutEdit,
        data: { uri, title: view.title, ...spanOf(document, this.params.range) },
      });
    } else {
      this.actions.push(action);
    }
  }

  /** A fix and a refactoring may come to the same. */
  private isThere({ edits }: CodeActionView): boolean {
    const key = JSON.stringify([edits.length, edits.slice(0, MANY_EDITS)]);
    const known = this.keys.has(key);
    this.keys.add(key);
    return known;
  }

  /** A client may ask for one refactoring by its full kind. */
  private isAskedFor({ kind }: CodeActionView): boolean {
    const { only } = this.params.context;
    return only?.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`)) !== false;
  }

  private addFixAllOfRule(title: string, rule: string): void {
    const { analysis, known } = this.found;
    const diagnostics = this.params.context.diagnostics.filter(({ code }: Diagnostic) => code === rule);
    const action: CodeAction = {
      title,
      kind: CodeActionKind.QuickFix,
      ...(diagnostics.length > 0 ? { diagnostics } : {}),
    };
    if (this.answering.client().resolvesActions) {
      this.actions.push({ ...action, data: { uri: known.uri, rule } });
      return;
    }
    const edit = editForRule(this.answering, analysis, rule, this.trial);
    if (edit !== undefined) this.actions.push({ ...action, edit });
  }
}

/** True where the client asks for something more special than `kind`. */
function isBelow(wanted: string, kind: string): boolean {
  return wanted.startsWith(`${kind}.`);
}

export async function resolved(answering: Answering, action: CodeAction): Promise<CodeAction> {
  const uri = stringIn(action.data, 'uri');
  const found = uri === null ? null : await answering.analysed(uri);
  if (found === null) return action;
  const rule = stringIn(action.data, 'rule');
  const trial = trialOf(answering.workspace);
  const edit =
    rule === null
      ? editOfMany(answering, found.analysis, action, trial)
      : editForRule(answering, found.analysis, rule, trial);
  return edit === undefined ? action : { ...action, edit };
}

/** The edits that were left out: those of the action of that title at the same place. */
function editOfMany({ documents }: Answering, analysis: DocumentAnalysis, { data, kind }: CodeAction, trial: Trial) {
  const title = stringIn(data, 'title');
  const [start, end] = [numberIn(data, 'start'), numberIn(data, 'end')];
  if (title === null || start === null || end === null) return undefined;
  const range = { start, end };
  const ways = [
    () => (kind === FIX_ALL ? [fixAll(analysis, trial)] : []),
    () => (kind === CodeActionKind.QuickFix ? quickFixes(analysis, range, trial) : []),
    () => refactorings(analysis, range, trial),
  ];
  for (const way of ways) {
    for (const view of way()) {
      if (view?.title === title && view.kind === kind) return toWorkspaceEdit(view.edits, documents);
    }
  }
  return undefined;
}

function editForRule({ documents }: Answering, analysis: DocumentAnalysis, rule: string, trial: Trial) {
  const edits = fixAllOfRule(analysis, rule, trial);
  return edits === null ? undefined : toWorkspaceEdit(edits, documents);
}
