import { MarkupKind, type ParameterInformation, type SignatureHelp } from 'vscode-languageserver';
import type { SignatureParameter } from '../../features/signature-help.js';
import type { Request } from '../answering.js';
import type { SignatureSupport } from '../completion-client.js';
import { offsetOf } from '../documents.js';

export const signatureHelp: Request = {
  methods: ['textDocument/signatureHelp'],
  gives: 'inside a drive: the parts of its name, its options and members, and what the one at the caret means',
  listen(answering) {
    answering.connection.onSignatureHelp(
      answering.forDocument(
        'signatureHelp',
        async ({ known: { document }, analysis }, { position }): Promise<SignatureHelp | null> => {
          const { signatureAt } = await import('../later.js');
          const view = signatureAt(analysis, offsetOf(document, position));
          if (view === null) return null;
          const client = answering.client().signatures;
          const parameters = view.parameters.map((parameter) => toParameter(parameter, view.label, client));
          // A client that knows no "none of them" takes the first; one past the end marks nothing.
          const activeParameter = view.active ?? parameters.length;
          return {
            signatures: [{ label: view.label, parameters, ...(client.activeParameter ? { activeParameter } : {}) }],
            activeSignature: 0,
            activeParameter,
          };
        },
      ),
    );
  },
};

function toParameter(
  { start, end, documentation: value }: SignatureParameter,
  label: string,
  client: SignatureSupport,
): ParameterInformation {
  return {
    label: client.labelOffsets ? [start, end] : label.slice(start, end),
    ...(value === ''
      ? {}
      : { documentation: { kind: client.markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value } }),
  };
}
