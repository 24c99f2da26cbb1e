/** What a text was before an edit is not kept: a server that runs all day must not grow. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Workspace } from '../../server/src/workspace/analysis.js';
import { MemoryFileAccess } from '../../server/src/workspace/memory-file-access.js';

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

const CONF = 'file:///w/etc/ceph/ceph.conf';
const SCRIPT = 'file:///w/start.sh';

/** The answers for one version of each text, held by nobody but whom the workspace lets hold them. */
function look(workspace: Workspace, version: number): readonly WeakRef<object>[] {
  workspace.setDocument(CONF, 'ceph-conf', `[client]\nrbd_cache_size = ${1_048_576 + version}\n`);
  workspace.setDocument(
    SCRIPT,
    'shellscript',
    `kvm -drive file=rbd:p/i,format=raw,cache=none\nkvm -drive file=rbd:p/j${version},format=raw\n`,
  );
  const seen: object[] = [];
  for (const address of [CONF, SCRIPT, CONF]) {
    const analysis = workspace.analyse(address);
    if (analysis === null || analysis.kind === 'skipped') throw new Error(`${address} is not looked into`);
    seen.push(analysis.findings);
    if (analysis.kind === 'conf') seen.push(analysis, analysis.tree, analysis.file);
    else seen.push(...analysis.commands.map(({ trace }) => trace));
  }
  return seen.map((object) => new WeakRef(object));
}

test('earlier versions of a ceph.conf and of a script go once there are newer ones', async () => {
  if (typeof collectGarbage !== 'function') throw new Error('no garbage collector to call');
  const workspace = new Workspace({ files: new MemoryFileAccess(), log: () => undefined });
  workspace.setFolders(['file:///w']);
  const first = look(workspace, 0);
  for (let version = 1; version <= 5; version++) look(workspace, version);
  // A weak reference is kept alive until the turn that made it ends.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(first.filter((reference) => reference.deref() !== undefined)).toEqual([]);
});
