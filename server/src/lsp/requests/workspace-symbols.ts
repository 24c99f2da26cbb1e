import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import {
  type ConfInView,
  workspaceSymbols as symbolsFor,
  type WorkspaceSymbolView,
} from '../../features/workspace-symbols.js';
import type { Answering, Request } from '../answering.js';
import { toLocation } from '../convert.js';

const KINDS: Readonly<Record<WorkspaceSymbolView['kind'], SymbolKind>> = {
  drive: SymbolKind.Object,
  section: SymbolKind.Namespace,
};

export const workspaceSymbols: Request = {
  methods: ['workspace/symbol'],
  gives: 'drives by image and id, and sections of each ceph.conf, over the whole workspace',
  listen(answering) {
    const { connection, workspace, documents } = answering;
    connection.onWorkspaceSymbol(
      answering.guarded('workspace/symbol', async ({ query }): Promise<WorkspaceSymbol[]> => {
        await answering.scanned();
        return symbolsFor(query, workspace.drives(), openConfs(answering)).flatMap((view) =>
          toLocation({ address: view.address, span: view.span }, documents).map((location) => ({
            name: view.name,
            kind: KINDS[view.kind],
            location,
            ...(view.detail === '' ? {} : { containerName: view.detail }),
          })),
        );
      }),
    );
  },
};

function openConfs({ workspace, documents }: Answering): readonly ConfInView[] {
  return documents.all().flatMap(({ address }) => {
    const analysis = workspace.analyse(address);
    return analysis?.kind === 'conf' ? [{ address, tree: analysis.tree }] : [];
  });
}
