import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import { fixAll, quickFixes } from '../../features/code-actions.js';
import type { Trial } from '../../features/fix-trial.js';
import type { Workspace } from '../../workspace/analysis.js';
import type { Request } from '../answering.js';
import { toCodeAction } from '../convert.js';
import { spanOf } from '../documents.js';

const FIX_ALL = `${CodeActionKind.SourceFixAll}.rbdcache`;

export const codeActions: Request = {
  methods: ['textDocument/codeAction'],
  gives: 'quick fixes that were tried before they are offered, and all safe ones at once',
  capabilities: () => ({ codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] } }),
  listen(answering) {
    const { connection, workspace, documents } = answering;
    connection.onCodeAction(
      answering.forDocument(
        'codeAction',
        ({ known: { document }, analysis }, { range, context: { diagnostics, only } }) => {
          const trial = trialOf(workspace);
          const wants = (kind: string): boolean =>
            only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
          const all = only !== undefined && wants(FIX_ALL) ? fixAll(analysis, trial) : null;
          const views = [
            ...(wants('quickfix') ? quickFixes(analysis, spanOf(document, range), trial) : []),
            ...(all === null ? [] : [all]),
          ];
          return views.flatMap((view): CodeAction[] => {
            const action = toCodeAction(view, diagnostics, document, documents);
            return action === undefined ? [] : [action];
          });
        },
      ),
    );
  },
};

function trialOf(workspace: Workspace): Trial {
  return {
    text: (address) => {
      const content = workspace.texts.read(address);
      return content.status === 'file' ? content.text : null;
    },
    analyse: (address) => workspace.analyse(address),
    edited: (texts) => workspace.edited(texts),
    tiedTo: (addresses) => workspace.tiedTo(addresses),
  };
}
