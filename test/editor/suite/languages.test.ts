import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { address, extensionApi } from './workspace.js';

const LANGUAGES: readonly (readonly [file: string, language: string])[] = [
  ['etc/ceph/ceph.conf', 'ceph-conf'],
  ['etc/ceph/backup.conf', 'ceph-conf'],
  ['lab.ceph.conf', 'ceph-conf'],
  ['drives.qemu', 'qemu-cmdline'],
  ['ps.qemu-args', 'qemu-cmdline'],
  ['start.sh', 'shellscript'],
  ['.rbdcacherc', 'ini'],
];

suite('languages', () => {
  for (const [file, language] of LANGUAGES) {
    test(`${file} is ${language}`, async () => {
      const document = await vscode.workspace.openTextDocument(address(file));
      assert.equal(document.languageId, language);
    });
  }

  test('another .conf file is not taken for a ceph.conf', async () => {
    const document = await vscode.workspace.openTextDocument(address('notes.conf'));
    assert.notEqual(document.languageId, 'ceph-conf');
  });

  test('the extension starts, and its server runs', async () => {
    const { client } = await extensionApi();
    assert.ok(client.isRunning());
  });
});
