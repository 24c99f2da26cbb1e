import { strict as assert } from 'node:assert';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { address, diagnosticOf, extensionApi, hoverBegins, inlayHints, placeOf, show } from './workspace.js';

/** What the manifest says of such folders. */
function restricted(): readonly string[] {
  const manifest: { capabilities: { untrustedWorkspaces: { restrictedConfigurations: readonly string[] } } } =
    vscode.extensions.getExtension('rbdcache.rbdcache')?.packageJSON;
  return manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
}

suite('a folder that is not trusted', () => {
  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('is not, and the extension runs', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const { client } = await extensionApi();
    assert.ok(client.isRunning());
  });

  test('cannot say which files of the machine are read, nor what QEMU inherits', () => {
    const names = restricted();
    assert.equal(names.length, 4);
    for (const name of names) {
      const all = vscode.workspace.getConfiguration(undefined, address('vm.qemu'));
      const said = all.inspect(name);
      assert.deepEqual(all.get(name), said?.defaultValue, name);
    }
    const own = vscode.workspace.getConfiguration('rbdcache', address('vm.qemu'));
    assert.deepEqual([own.get('qemuVersion'), own.get('librbdVersion')], ['2.2', '0.87']);
  });

  test('the answer is that of the folder’s own ceph.conf', async () => {
    const document = await show('vm.qemu');
    const hover = await hoverBegins(document, 'rbd:volumes/v1', 'RBDCache **on**');
    assert.match(hover, /QEMU 2\.2, librbd 0\.87/);
    assert.doesNotMatch(hover, /elsewhere|CEPH_ARGS|other\.conf/);
    assert.deepEqual(await inlayHints(document), ['2: → on, write-through until flush']);
  });

  test('findings, fixes and completion are there', async () => {
    const document = await show('vm.qemu');
    const diagnostic = await diagnosticOf(document, 'drive-id-prefixed');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.ok(actions.length > 0);
    const place = placeOf(document, 'cache=none').end.translate(0, -'none'.length);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      place,
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('writeback'), labels.join(', '));
  });

  test('no program is started, not even when it is asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rbdcache-untrusted-'));
    const trace = join(folder, 'was-started');
    const path = process.env['PATH'];
    try {
      for (const name of ['qemu-system-x86_64', 'rbd']) {
        writeFileSync(join(folder, name), `#!/bin/sh\necho "$0" >> '${trace}'\necho 'QEMU emulator version 5.2.0'\n`);
        chmodSync(join(folder, name), 0o755);
      }
      process.env['PATH'] = [folder, path].join(':');
      // It says why, and is done when the person has read it.
      const reading = setInterval(() => vscode.commands.executeCommand('notifications.clearAll'), 200);
      try {
        await vscode.commands.executeCommand('rbdcache.detectVersions');
      } finally {
        clearInterval(reading);
      }
      assert.ok(!existsSync(trace));
    } finally {
      process.env['PATH'] = path;
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
