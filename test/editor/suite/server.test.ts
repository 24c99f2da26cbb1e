import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { eventually, extensionApi, hoverBegins, placeOf, resetWorkspace, set, show } from './workspace.js';

suite('commands and the server', () => {
  teardown(resetWorkspace);

  test('the full explanation is a read-only Markdown document that follows the releases', async () => {
    const document = await show('drives.qemu');
    const place = { uri: document.uri.toString(), position: placeOf(document, 'rbd:volumes/v1').start };
    const uri = await vscode.commands.executeCommand<vscode.Uri>('rbdcache.explainDrive', place);
    const explanation = await vscode.workspace.openTextDocument(uri);
    assert.equal(explanation.languageId, 'markdown');
    assert.equal(vscode.workspace.fs.isWritableFileSystem(uri.scheme) ?? false, false);
    assert.match(explanation.getText(), /RBDCache \*\*on\*\*/);
    await set('librbdVersion', '14.2');
    await eventually(
      () => explanation.getText(),
      (text) => assert.match(text, /RBDCache \*\*off\*\*/),
    );
  });

  test('where there is nothing to explain, that is said', async () => {
    const document = await show('start.sh');
    const place = { uri: document.uri.toString(), position: new vscode.Position(0, 0) };
    const uri = await vscode.commands.executeCommand<vscode.Uri>('rbdcache.explainDrive', place);
    const explanation = await vscode.workspace.openTextDocument(uri);
    assert.match(explanation.getText(), /Nothing here/);
  });

  test('the server can be restarted', async () => {
    const { client } = await extensionApi();
    const before = client.serverProcess?.pid;
    await vscode.commands.executeCommand('rbdcache.restartServer');
    assert.ok(client.isRunning());
    assert.notEqual(client.serverProcess?.pid, before);
    await hoverBegins(await show('drives.qemu'), 'rbd:volumes/v1', 'RBDCache **on**');
  });

  test('a crashed server comes back by itself', async () => {
    const { client } = await extensionApi();
    const before = client.serverProcess?.pid;
    client.serverProcess?.kill('SIGKILL');
    await eventually(
      () => client.isRunning() && client.serverProcess?.pid,
      (pid) => assert.ok(pid !== false && pid !== undefined && pid !== before, `still ${pid}`),
    );
    await hoverBegins(await show('drives.qemu'), 'rbd:volumes/v1', 'RBDCache **on**');
  });

  test('the log opens', async () => {
    await vscode.commands.executeCommand('rbdcache.showLog');
  });
});
