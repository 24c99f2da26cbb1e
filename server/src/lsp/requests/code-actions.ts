import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import type { Request } from '../answering.js';

export const codeActions: Request = {
  methods: ['textDocument/codeAction', 'codeAction/resolve'],
  gives:
    'quick fixes that were tried before they are offered, with the outcome in their titles; refactorings that keep what a drive resolves to; all safe fixes at once',
  listen(answering) {
    const { connection } = answering;
    connection.onCodeAction(
      answering.forDocument('codeAction', async (found, params: CodeActionParams, token) => {
        const { ActionsAt } = await answers();
        return new ActionsAt(answering, found, params, token).all();
      }),
    );
    const resolve = answering.guarded('codeAction/resolve', async (action: CodeAction) =>
      (await answers()).resolved(answering, action),
    );
    connection.onCodeActionResolve(async (action, token) => (await resolve(action, token)) ?? action);
  },
};

/** Read when they are first asked for. */
function answers() {
  return import('../later.js');
}
