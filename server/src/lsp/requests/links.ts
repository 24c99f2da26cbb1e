import * as l10n from '@vscode/l10n';
import type { DocumentLink } from 'vscode-languageserver';
import { namedFiles } from '../../features/document-links.js';
import { redact } from '../../features/redact.js';
import type { PathPlace } from '../../workspace/path-places.js';
import type { Request } from '../answering.js';
import { rangeOf } from '../documents.js';
import { stringIn } from '../params.js';

/** Editors stand still over more. */
const MAX_LINKS = 1_000;

export const links: Request = {
  methods: ['textDocument/documentLink', 'documentLink/resolve'],
  gives: 'files that a drive or a ceph.conf names (conf, keyring, log, secrets), where they are there or can be made',
  listen(answering) {
    const { connection, documents, workspace } = answering;
    connection.onDocumentLinks(
      answering.forDocument('documentLink', ({ known: { document, address }, analysis }) => {
        const places = new Map<string, PathPlace | null>();
        const found = new Map<number, DocumentLink>();
        for (const { path, span, makeable } of namedFiles(analysis, workspace.environmentOf(address).cwd)) {
          if (found.size >= MAX_LINKS || found.has(span.start)) continue;
          const known = places.get(path);
          const place = known === undefined ? workspace.placeOfPath(address, path) : known;
          places.set(path, place);
          if (place === null || !(place.exists || makeable)) continue;
          found.set(span.start, { range: rangeOf(document, span), data: { address, path } });
        }
        return [...found.values()];
      }),
    );
    const resolve = answering.guarded('documentLink/resolve', (link: DocumentLink): DocumentLink => {
      const [address, path] = [stringIn(link.data, 'address'), stringIn(link.data, 'path')];
      const place = address === null || path === null ? null : workspace.placeOfPath(address, path);
      if (place === null || path === null) return link;
      return { ...link, target: documents.uriOf(place.address), tooltip: tooltipOf(path, place) };
    });
    connection.onDocumentLinkResolve(async (link, token) => (await resolve(link, token)) ?? link);
  },
};

function tooltipOf(path: string, { exists }: PathPlace): string {
  return exists ? l10n.t('Open {0}', redact(path)) : l10n.t('Open {0}, or make it', redact(path));
}
