import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { address, documentOf, eventually, placeOf, replace, resetWorkspace, set, show } from './workspace.js';

async function lensesOf(uri: vscode.Uri): Promise<vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);
}

async function explain(document: vscode.TextDocument, text: string): Promise<vscode.TextDocument> {
  const { line, character } = placeOf(document, text).start;
  const place = { uri: document.uri.toString(), position: { line, character } };
  return documentOf(await vscode.commands.executeCommand<vscode.Uri>('rbdcache.explainDrive', place));
}

suite('explain this disk', () => {
  teardown(resetWorkspace);

  test('a read-only Markdown document, the answer first, that follows the releases, the drive and its file', async () => {
    const document = await show('drives.qemu');
    const explanation = await explain(document, 'rbd:volumes/v1');
    assert.equal(explanation.languageId, 'markdown');
    assert.equal(vscode.workspace.fs.isWritableFileSystem(explanation.uri.scheme) ?? false, false);
    assert.match(explanation.getText(), /^# disk0 \(volumes\/v1\)\n\nRBDCache \*\*on\*\*/);
    const says = (words: RegExp) =>
      eventually(
        () => explanation.getText(),
        (text) => assert.match(text, words),
      );
    await set('librbdVersion', '14.2');
    await says(/RBDCache \*\*off\*\* — QEMU 2\.2, librbd 14\.2/);
    await set('librbdVersion', '0.87');
    const conf = await vscode.workspace.openTextDocument(address('etc/ceph/ceph.conf'));
    await replace(conf, 'rbd cache = true', 'rbd cache = false');
    await says(/RBDCache \*\*off\*\* — QEMU 2\.2, librbd 0\.87/);
    await replace(conf, 'rbd cache = false', 'rbd cache = true');
    await says(/`rbd cache = true`/);
  });

  test('its links lead to the places that it names', async () => {
    const explanation = await explain(await show('drives.qemu'), 'rbd:volumes/v1');
    await eventually(
      () => explanation.getText(),
      (text) => assert.match(text, /`rbd cache = true`/),
    );
    const links = await eventually(
      async () =>
        vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', explanation.uri, 50),
      (found) => assert.ok(found.some(({ target }) => target?.fragment !== '')),
    );
    const shown = links
      .filter(({ target }) => target?.scheme === 'file')
      .map(
        ({ range, target }) => `${explanation.getText(range)} → ${target?.path.split('/').at(-1)}#${target?.fragment}`,
      );
    assert.ok(shown.includes('`rbd cache = true` (ceph.conf:3) → ceph.conf#L3'), shown.join('\n'));
    assert.ok(shown.includes('`cache=none` (drives.qemu:2) → drives.qemu#L2'), shown.join('\n'));
    assert.doesNotMatch(explanation.getText(), /\]\(file:|\\\[/);
  });

  test('lenses lead on: to the matrix, to what if, to a copy', async () => {
    const explanation = await explain(await show('drives.qemu'), 'rbd:volumes/v1');
    const lenses = await eventually(
      () => lensesOf(explanation.uri),
      (found) => assert.equal(found.length, 3),
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.command),
      ['rbdcache.showWhoWins', 'rbdcache.whatIf', 'rbdcache.copyExplanation'],
    );
  });

  test('the copy for a bug report is on the clipboard, without names', async () => {
    const document = await show('drives.qemu');
    await vscode.env.clipboard.writeText('');
    const place = { uri: document.uri.toString(), position: placeOf(document, 'rbd:volumes/v1').start };
    await vscode.commands.executeCommand('rbdcache.copyExplanation', place);
    const copy = await vscode.env.clipboard.readText();
    assert.match(copy, /^# DRIVE \(POOL\/IMAGE\)\n\nRBDCache \*\*on\*\*/);
    assert.match(copy, /\nRBDCache \d+\.\d+\.\d+, VS Code \d/);
    assert.doesNotMatch(copy, /volumes|v1|cinder|file:/);
  });

  test('where there is nothing to explain, that is said', async () => {
    const document = await show('etc/ceph/ceph.conf');
    const place = { uri: document.uri.toString(), position: new vscode.Position(99, 0) };
    const explanation = await documentOf(
      await vscode.commands.executeCommand<vscode.Uri>('rbdcache.explainDrive', place),
    );
    assert.match(explanation.getText(), /Nothing here/);
  });
});

suite('compare releases', () => {
  teardown(resetWorkspace);

  test('the report lists each drive of the workspace that changes, with links, and follows the texts', async () => {
    const document = await show('drives.qemu');
    const report = await documentOf(
      await vscode.commands.executeCommand<vscode.Uri>('rbdcache.compareReleases', { qemu: '7.2', librbd: '14.2' }),
    );
    assert.match(report.getText(), /^# What changes with QEMU 7\.2, librbd 14\.2\n\n\d+ of \d+ drives change/);
    assert.match(report.getText(), /### disk0 \(volumes\/v1\)\n\n- `drives\.qemu:2`/);
    await replace(document, 'volumes/v1', 'volumes/v8');
    await eventually(
      () => report.getText(),
      (text) => assert.match(text, /### disk0 \(volumes\/v8\)/),
    );
    await replace(document, 'volumes/v8', 'volumes/v1');
  });
});
