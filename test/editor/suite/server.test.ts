import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { eventually, extensionApi, hoverBegins, resetWorkspace, show } from './workspace.js';

suite('commands and the server', () => {
  teardown(resetWorkspace);

  test('the server can be restarted', async () => {
    const { client } = await extensionApi();
    const before = client.serverProcess?.pid;
    await vscode.commands.executeCommand('rbdcache.restartServer');
    assert.ok(client.isRunning());
    assert.notEqual(client.serverProcess?.pid, before);
    await hoverBegins(await show('drives.qemu'), 'rbd:volumes/v1', 'RBDCache **on**');
  });

  test('a crashed server comes back by itself, with one quiet sign until the user turns elsewhere', async () => {
    const { client, status } = await extensionApi();
    await show('drives.qemu');
    const before = client.serverProcess?.pid;
    client.serverProcess?.kill('SIGKILL');
    await eventually(
      () => client.isRunning() && client.serverProcess?.pid,
      (pid) => assert.ok(pid !== false && pid !== undefined && pid !== before, `still ${pid}`),
    );
    assert.equal(status.detail, 'The server ended unexpectedly, and was started again.');
    const other = await show('start.sh');
    await eventually(
      () => status.of(other.uri),
      (said) => assert.ok(said),
    );
    assert.doesNotMatch(status.detail, /unexpectedly/);
    await hoverBegins(await show('drives.qemu'), 'rbd:volumes/v1', 'RBDCache **on**');
  });

  test('the log opens', async () => {
    await vscode.commands.executeCommand('rbdcache.showLog');
  });
});
