import type { DocumentDiagnosticParams } from 'vscode-languageserver';
import type { Request } from '../answering.js';

export const diagnostics: Request = {
  methods: ['textDocument/diagnostic', 'textDocument/publishDiagnostics'],
  gives: 'findings: on request where the editor asks for them, else shortly after each change',
  listen(answering) {
    const pull = answering.guarded(
      'diagnostic',
      async ({ textDocument: { uri }, previousResultId }: DocumentDiagnosticParams) => {
        await answering.analysed(uri);
        return answering.diagnostics.pull(uri, previousResultId);
      },
    );
    answering.connection.languages.diagnostics.on(
      async (params, token) => (await pull(params, token)) ?? { kind: 'full', items: [] },
    );
  },
};
