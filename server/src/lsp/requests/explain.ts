import { hoverAt } from '../../features/hover.js';
import type { Request } from '../answering.js';
import { offsetOf } from '../documents.js';
import { placeIn } from '../params.js';

export const explain: Request = {
  methods: ['rbdcache/explain'],
  gives: 'the full explanation of a place, as Markdown',
  capabilities: () => ({}),
  listen(answering) {
    answering.connection.onRequest(
      'rbdcache/explain',
      answering.guarded('rbdcache/explain', async (params: unknown) => {
        const place = placeIn(params);
        const found = place === null ? null : await answering.analysed(place.uri);
        if (place === null || found === null) return null;
        const { document, address } = found.known;
        const at = offsetOf(document, place.position);
        return hoverAt(found.analysis, at, answering.hoverContext(address), true)?.markdown ?? null;
      }),
    );
  },
};
