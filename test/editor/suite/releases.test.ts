import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { DocumentStatus } from '../../../client/src/protocol.js';
import { address, eventually, extensionApi, hoverBegins, resetWorkspace, set, show } from './workspace.js';

async function statusIs(check: (status: DocumentStatus) => void): Promise<void> {
  const { status } = await extensionApi();
  await eventually(
    () => status.of(address('drives.qemu')),
    (found) => {
      assert.ok(found, 'the server has not spoken of the document');
      check(found);
    },
  );
}

suite('the pair of releases', () => {
  teardown(resetWorkspace);

  test('the status item shows the pair in force', async () => {
    await show('drives.qemu');
    await statusIs(({ text, severity }) => {
      assert.match(text, /^QEMU 2\.2(\.0)? · librbd 0\.87/);
      assert.equal(severity, 'information');
    });
  });

  test('another librbd in the settings changes the answer at once', async () => {
    const document = await show('drives.qemu');
    await hoverBegins(document, 'rbd:volumes/v1', 'RBDCache **on**');
    await set('librbdVersion', '14.2');
    await hoverBegins(document, 'rbd:volumes/v1', 'RBDCache **off**');
    await statusIs(({ text }) => assert.match(text, /librbd 14\.2/));
  });

  test('without a choice the newest known pair is in force, and said to be assumed', async () => {
    await show('drives.qemu');
    await set('qemuVersion', undefined);
    await set('librbdVersion', undefined);
    await statusIs(({ text }) => assert.match(text, /assumed/));
  });

  test('a setting of the wrong type is said in the status item', async () => {
    await show('drives.qemu');
    await set('qemuVersion', ['2.2']);
    await statusIs(({ severity, detail }) => {
      assert.equal(severity, 'warning');
      assert.match(detail, /qemuVersion/);
    });
  });

  // The first entry of each list takes a choice away: the newest known release is in force then.
  async function takeFirstEntries<T>(ask: () => T, check: (answer: T) => void): Promise<void> {
    const done = vscode.commands.executeCommand('rbdcache.selectReleases');
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return ask();
    }, check);
    await done;
  }

  test('a choice goes into the folder’s settings', async () => {
    await show('drives.qemu');
    await takeFirstEntries(
      () => {
        const settings = vscode.workspace.getConfiguration('rbdcache', address('drives.qemu'));
        return [settings.get('qemuVersion'), settings.get('librbdVersion')];
      },
      (settings) => assert.deepEqual(settings, ['', '']),
    );
  });

  test('in a file with a comment that names the releases, a choice changes the comment', async () => {
    const document = await show('commented.qemu');
    await takeFirstEntries(
      () => document.lineAt(0).text,
      (comment) => assert.equal(comment, '# rbdcache: '),
    );
    assert.equal(vscode.workspace.getConfiguration('rbdcache', document.uri).get('qemuVersion'), '2.2');
  });
});
