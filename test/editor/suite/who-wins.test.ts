import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { Drawn } from '../../../client/src/who-wins/panel.js';
import {
  address,
  documentOf,
  eventually,
  extensionApi,
  placeOf,
  replace,
  resetWorkspace,
  set,
  show,
} from './workspace.js';

const VIEW_TYPE = 'rbdcache.whoWins';

/** Does something, and waits until the panel's page says that it has drawn what came of it. */
async function drawnAfter(action: () => unknown): Promise<Drawn> {
  const { whoWins } = await extensionApi();
  let drawn: Drawn | undefined;
  const listening = whoWins.onDidDraw((what) => {
    drawn = what;
  });
  try {
    await action();
    await eventually(
      () => drawn,
      (what) => assert.ok(what, 'the page has drawn nothing'),
    );
    assert.ok(drawn);
    return drawn;
  } finally {
    listening.dispose();
  }
}

async function showAt(document: vscode.TextDocument, text: string): Promise<Drawn> {
  const { start } = placeOf(document, text);
  const place = { uri: document.uri.toString(), position: { line: start.line, character: start.character } };
  return drawnAfter(() => vscode.commands.executeCommand('rbdcache.showWhoWins', place));
}

function panels(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(VIEW_TYPE));
}

async function exported(format: string, file: string): Promise<string> {
  const to = address(file);
  await vscode.commands.executeCommand('rbdcache.exportWhoWins', format, to);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(to));
  await vscode.workspace.fs.delete(to);
  return text;
}

suite('who wins', () => {
  teardown(resetWorkspace);

  test('the panel draws the matrix and the ladder of the drive under the caret', async () => {
    const document = await show('drives.qemu');
    const { rows, columns, ladder } = await showAt(document, 'rbd:volumes/v1');
    assert.ok(rows > 2 && columns > 1, `${rows} by ${columns}`);
    assert.equal(ladder, 'rbd_cache');
    assert.match(panels()[0]?.label ?? '', /volumes\/v1/);
  });

  test('while it is in front, the explanation is that of its drive', async () => {
    await showAt(await show('drives.qemu'), 'rbd:volumes/v2');
    const { whoWins } = await extensionApi();
    await eventually(
      () => whoWins.placeInFront,
      (place) => assert.ok(place, 'the panel is not in front'),
    );
    const shown = await documentOf(await vscode.commands.executeCommand<vscode.Uri>('rbdcache.explainDrive'));
    assert.match(shown.getText(), /^# disk1 \(volumes\/v2\)\n/);
  });

  test('there is one panel, which turns to another drive', async () => {
    const document = await show('drives.qemu');
    await showAt(document, 'rbd:volumes/v1');
    await showAt(document, 'rbd:volumes/v2');
    assert.deepEqual(
      panels().map(({ label }) => /volumes\/v\d/.exec(label)?.[0]),
      ['volumes/v2'],
    );
  });

  test('it follows its drive’s text, its ceph.conf and its releases', async () => {
    const document = await show('drives.qemu');
    await showAt(document, 'rbd:volumes/v1');
    const says = (words: RegExp) =>
      eventually(
        () => exported('markdown', 'who-wins.md'),
        (text) => assert.match(text, words),
      );
    await says(/\*\*◐ on, [^|]*← in force/);
    // Without showing it: an editor on top of the panel would hide its page.
    const conf = await vscode.workspace.openTextDocument(address('etc/ceph/ceph.conf'));
    await drawnAfter(() => replace(conf, 'rbd cache = true', 'rbd cache = false'));
    await says(/\*\*○ off\*\* ← in force/);
    await drawnAfter(() => replace(conf, 'rbd cache = false', 'rbd cache = true'));
    await says(/\*\*◐ on, [^|]*← in force/);
    await drawnAfter(() => set('librbdVersion', '14.2'));
    await says(/In force: QEMU 2\.2, librbd 14\.2\n/);
    await drawnAfter(() => replace(document, 'volumes/v1', 'volumes/v7'));
    await says(/^# Who wins: .*volumes\/v7/);
    // What stands in between may have been saved by itself.
    await replace(document, 'volumes/v7', 'volumes/v1');
    await document.save();
    await conf.save();
  });

  test('it is exported as Markdown and as SVG', async () => {
    await showAt(await show('drives.qemu'), 'rbd:volumes/v1');
    const markdown = await exported('markdown', 'who-wins.md');
    assert.match(markdown, /\| QEMU ↓ librbd → \|/);
    assert.match(markdown, /Sources of rbd\\_cache for QEMU 2\.2, librbd 0\.87/);
    assert.match(await exported('svg', 'who-wins.svg'), /^<svg [\s\S]*Who wins: .*volumes\/v1[\s\S]*<\/svg>\n$/);
  });

  test('from a ceph.conf that several drives read, one is picked', async () => {
    const document = await show('etc/ceph/ceph.conf');
    await drawnAfter(async () => {
      const { start } = placeOf(document, 'rbd cache');
      const place = { uri: document.uri.toString(), position: { line: start.line, character: start.character } };
      const done = vscode.commands.executeCommand('rbdcache.showWhoWins', place);
      await eventually(
        async () => {
          await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
          return panels().length;
        },
        (count) => assert.equal(count, 1),
      );
      await done;
    });
  });

  test('after a reload of the window it is there again', async () => {
    const { whoWins } = await extensionApi();
    const document = await show('drives.qemu');
    const { line, character } = placeOf(document, 'rbd:volumes/v2').start;
    const target = { uri: document.uri.toString(), position: { line, character }, drive: '' };
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, 'RBDCache', vscode.ViewColumn.Beside);
    const state = { target, pair: { qemu: '11.1', librbd: '20.2' }, option: 'rbd_cache_size' };
    await drawnAfter(() => whoWins.deserializeWebviewPanel(panel, state));
    assert.match(panel.title, /volumes\/v2/);
  });

  test('a panel of which nothing is known any more is closed', async () => {
    const { whoWins } = await extensionApi();
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, 'RBDCache', vscode.ViewColumn.Beside);
    await whoWins.deserializeWebviewPanel(panel, { nonsense: true });
    await eventually(panels, (left) => assert.deepEqual(left, []));
  });
});
