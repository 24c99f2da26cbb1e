import { documentLinks } from '../../features/references.js';
import type { Request } from '../answering.js';
import { rangeOf } from '../documents.js';

export const links: Request = {
  methods: ['textDocument/documentLink'],
  gives: 'files that a drive or a ceph.conf names',
  capabilities: () => ({ documentLinkProvider: { resolveProvider: false } }),
  listen(answering) {
    const { connection, documents } = answering;
    connection.onDocumentLinks(
      answering.forDocument('documentLink', ({ known: { document }, analysis }) =>
        documentLinks(analysis).map(({ address, from }) => ({
          range: rangeOf(document, from),
          target: documents.uriOf(address),
        })),
      ),
    );
  },
};
