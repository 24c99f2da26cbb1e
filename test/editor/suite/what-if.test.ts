import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { Change } from '../../../client/src/protocol.js';
import { address, documentOf, eventually, hoverBegins, placeOf, resetWorkspace, show } from './workspace.js';

/** The document that shows what would come of a change of the drive at `text`. */
async function whatIf(text: string, change: Change): Promise<vscode.TextDocument> {
  const document = await show('drives.qemu');
  const { line, character } = placeOf(document, text).start;
  const place = { uri: document.uri.toString(), position: { line, character } };
  return documentOf(await vscode.commands.executeCommand<vscode.Uri>('rbdcache.whatIf', place, change));
}

async function apply(): Promise<unknown> {
  return vscode.commands.executeCommand('rbdcache.applyWhatIf');
}

async function offersToApply(document: vscode.TextDocument): Promise<boolean> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    10,
  );
  return lenses.some(({ command }) => command?.command === 'rbdcache.applyWhatIf');
}

suite('what if', () => {
  teardown(resetWorkspace);

  test('a cache mode is tried, and nothing is written until it is applied; then there is nothing left to apply', async () => {
    const shown = await whatIf('rbd:volumes/v2', { kind: 'mode', mode: 'unsafe' });
    assert.match(shown.getText(), /^# What if `cache=unsafe`: disk1 \(volumes\/v2\)\n/);
    assert.match(shown.getText(), /- \*\*The edit\*\*: `writeback` → `unsafe` \(`drives\.qemu:3`\)/);
    const source = await vscode.workspace.openTextDocument(address('drives.qemu'));
    assert.equal(source.isDirty, false);
    assert.equal(await offersToApply(shown), true);
    assert.equal(await apply(), true);
    assert.match(source.getText(), /volumes\/v2:.*cache=unsafe/);
    await eventually(
      () => shown.getText(),
      (text) => assert.match(text, /Nothing of the outcome changes/),
    );
    assert.equal(await offersToApply(shown), false);
  });

  test('a value in ceph.conf is edited there, for all drives that read it', async () => {
    const shown = await whatIf('rbd:volumes/v1', { kind: 'option', option: 'rbd cache', value: 'false' });
    assert.match(shown.getText(), /## Other drives that change with it\n\n- disk1 \(volumes\/v2\): RBDCache off/);
    assert.equal(await apply(), true);
    const conf = await vscode.workspace.openTextDocument(address('etc/ceph/ceph.conf'));
    assert.match(conf.getText(), /^rbd cache = false$/m);
  });

  test('another release is put in force by applying it', async () => {
    const shown = await whatIf('rbd:volumes/v1', { kind: 'release', program: 'qemu', version: '2.4' });
    assert.match(shown.getText(), /\*\*Then\*\*: RBDCache \*\*off\*\* — QEMU 2\.4, librbd 0\.87/);
    await apply();
    await hoverBegins(await show('drives.qemu'), 'rbd:volumes/v1', 'RBDCache **off** — QEMU 2.4');
  });

  test('without a change it is picked: the modes stand first, each with its outcome', async () => {
    const document = await show('drives.qemu');
    const place = { uri: document.uri.toString(), position: placeOf(document, 'rbd:volumes/v1').start };
    const done = vscode.commands.executeCommand<vscode.Uri>('rbdcache.whatIf', place);
    await eventually(
      async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return vscode.window.activeTextEditor?.document.uri.scheme;
      },
      (scheme) => assert.equal(scheme, 'rbdcache-what-if'),
    );
    const shown = await documentOf(await done);
    assert.match(shown.getText(), /^# What if `cache=writeback`: disk0/);
  });

  test('what cannot be tried is said in the document', async () => {
    const shown = await whatIf('rbd:volumes/v1', { kind: 'option', option: 'rbd cash', value: '1' });
    assert.match(shown.getText(), /librbd 0\.87 knows no option rbd cash/);
    assert.equal(await offersToApply(shown), false);
  });
});
