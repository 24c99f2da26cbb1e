import { type InlayHint, type InlayHintLabelPart, MarkupKind } from 'vscode-languageserver';
import {
  inlayHints as hintsIn,
  INLAY_HINT_KINDS,
  type InlayHintDetail,
  type InlayHintView,
  inlayHintDetail,
} from '../../features/inlay-hints.js';
import type { Analysed, Answering, Request } from '../answering.js';
import { toLocation } from '../convert.js';
import { spanOf } from '../documents.js';
import { numberIn, stringIn } from '../params.js';

export const inlayHints: Request = {
  methods: ['textDocument/inlayHint', 'inlayHint/resolve'],
  gives:
    'the outcome behind each drive, what is in force behind each value that loses, sizes in human units; who decided it once it is looked at',
  listen(answering) {
    const { connection, workspace, client } = answering;
    connection.languages.inlayHint.on(
      answering.forDocument('inlayHint', (found, { range }) => {
        const { document, address } = found.known;
        const wanted = workspace.settingsOf(address).inlayHints;
        const kinds = INLAY_HINT_KINDS.filter((kind) => wanted[kind]);
        const resolves = client().resolvesInInlayHints.includes('tooltip');
        return hintsIn(found.analysis, spanOf(document, range), kinds).map((view): InlayHint => {
          const hint = toHint(found, view);
          return resolves ? hint : detailed(answering, hint, found, view);
        });
      }),
    );
    const resolve = answering.guarded('inlayHint/resolve', async (hint: InlayHint) => {
      const view = viewIn(hint.data);
      const found = view === null ? null : await answering.analysed(view.uri);
      return view === null || found === null ? hint : detailed(answering, hint, found, view);
    });
    connection.languages.inlayHint.resolve(async (hint, token) => (await resolve(hint, token)) ?? hint);
  },
};

function toHint({ known: { document, uri } }: Analysed, { kind, offset, label }: InlayHintView): InlayHint {
  return { position: document.positionAt(offset), label, paddingLeft: true, data: { uri, kind, offset } };
}

/** The hint as it was sent, with what is behind it; unchanged where the text is another now. */
function detailed(
  answering: Answering,
  hint: InlayHint,
  { known: { document, uri, address }, analysis }: Analysed,
  view: Pick<InlayHintView, 'kind' | 'offset'>,
): InlayHint {
  const detail = inlayHintDetail(analysis, view, answering.hoverContext(address).linker);
  if (detail === null) return hint;
  const position = document.positionAt(detail.explains);
  const part = labelPart(answering, detail, { uri, position });
  return {
    ...hint,
    tooltip: { kind: MarkupKind.Markdown, value: detail.tooltip },
    ...(part === null || typeof hint.label !== 'string' ? {} : { label: [{ value: hint.label, ...part }] }),
  };
}

/** A label that leads to what is in force, or else to the explanation; null for a client that can do neither. */
function labelPart(
  { client, documents }: Answering,
  { target }: InlayHintDetail,
  place: object,
): Omit<InlayHintLabelPart, 'value'> | null {
  const { resolvesInInlayHints: able, explainCommand } = client();
  const [location] = target === null || !able.includes('label.location') ? [] : toLocation({ ...target }, documents);
  if (location !== undefined) return { location };
  if (explainCommand === null || !able.includes('label.command')) return null;
  return { command: { title: '', command: explainCommand, arguments: [place] } };
}

function viewIn(data: unknown): (Pick<InlayHintView, 'kind' | 'offset'> & { readonly uri: string }) | null {
  const [uri, named, offset] = [stringIn(data, 'uri'), stringIn(data, 'kind'), numberIn(data, 'offset')];
  const kind = INLAY_HINT_KINDS.find((one) => one === named);
  return uri === null || offset === null || kind === undefined ? null : { uri, kind, offset };
}
