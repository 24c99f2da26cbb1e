import { strict as assert } from 'node:assert';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { address, eventually, resetWorkspace, set, show } from './workspace.js';

function setting(name: string): unknown {
  return vscode.workspace.getConfiguration('rbdcache', address('drives.qemu')).get(name);
}

suite('the installed versions', () => {
  const path = process.env['PATH'];
  const folder = mkdtempSync(join(tmpdir(), 'rbdcache-programs-'));

  suiteSetup(() => {
    const program = (name: string, says: string): void => {
      writeFileSync(join(folder, name), `#!/bin/sh\n[ "$1" = --version ] && echo '${says}'\n`);
      chmodSync(join(folder, name), 0o755);
    };
    program('qemu-system-x86_64', 'QEMU emulator version 5.2.0 (Debian 1:5.2+dfsg-11+deb11u3)');
    program('qemu-system-aarch64', 'QEMU emulator version 5.2.0 (Debian 1:5.2+dfsg-11+deb11u3)');
    program('rbd', 'ceph version 14.2.21 (5ef401921d7a88aea18ec7558f7f9374ebd8f5a6) nautilus (stable)');
    process.env['PATH'] = [folder, path].join(':');
  });
  suiteTeardown(() => {
    process.env['PATH'] = path;
    rmSync(folder, { recursive: true, force: true });
  });
  teardown(resetWorkspace);

  test('are asked of the programs on the path, offered, and put in force when they are taken', async () => {
    await show('drives.qemu');
    await set('vendor', 'proxmox');
    const expected = ['5.2.0', '14.2.21', 'upstream'];
    const inForce = (): unknown[] => [setting('qemuVersion'), setting('librbdVersion'), setting('vendor')];
    // Who accepts before the list is there has picked nothing: it is asked for again then.
    let asked: Thenable<unknown> | undefined;
    await eventually(
      async () => {
        if (isDeepStrictEqual(inForce(), expected)) return inForce();
        asked ??= vscode.commands.executeCommand('rbdcache.detectVersions').then(() => {
          asked = undefined;
        });
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return inForce();
      },
      (found) => assert.deepEqual(found, expected),
    );
    await asked;
  });

  test('nothing is asked before somebody does', async () => {
    await show('drives.qemu');
    assert.deepEqual([setting('qemuVersion'), setting('librbdVersion')], ['2.2', '0.87']);
  });
});
