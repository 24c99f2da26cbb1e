import { cephChoices, qemuChoices } from '../../catalog/releases.js';
import { chosenSeries, releaseEdit } from '../../workspace/choose-release.js';
import type { Request } from '../answering.js';
import { toWorkspaceEdit } from '../convert.js';
import { stringIn } from '../params.js';

export const releases: Request = {
  methods: ['rbdcache/releases', 'rbdcache/releaseEdit'],
  gives: 'the releases to choose from, and the edit of the text that says which one is in force',
  listen(answering) {
    const { connection, workspace, documents } = answering;
    connection.onRequest(
      'rbdcache/releases',
      answering.guarded('rbdcache/releases', async (params: unknown) => {
        const uri = stringIn(params, 'uri');
        const found = uri === null ? null : await answering.analysed(uri);
        return { qemu: qemuChoices(), librbd: cephChoices(), inForce: found && chosenSeries(found.analysis.releases) };
      }),
    );
    connection.onRequest(
      'rbdcache/releaseEdit',
      answering.guarded('rbdcache/releaseEdit', async (params: unknown) => {
        const [uri, program] = [stringIn(params, 'uri'), stringIn(params, 'program')];
        const found = uri === null ? null : await answering.analysed(uri);
        if (found === null || (program !== 'qemu' && program !== 'librbd')) return null;
        const read = (address: string) => workspace.texts.read(address);
        const edit = releaseEdit(found.analysis, program, stringIn(params, 'version'), read);
        return edit === null ? null : (toWorkspaceEdit([edit], documents) ?? null);
      }),
    );
  },
};
