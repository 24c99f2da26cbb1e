import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { eventually, extensionApi, hoverBegins, resetWorkspace } from './workspace.js';

interface Step {
  readonly description: string;
  readonly completionEvents: readonly string[];
}

suite('the walkthrough', () => {
  teardown(resetWorkspace);

  test('opens by its command', async () => {
    await vscode.commands.executeCommand('rbdcache.openWalkthrough');
    await eventually(
      () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
      (labels) =>
        assert.ok(
          labels.some((label) => /Welcome|Walkthrough/.test(label)),
          labels.join(),
        ),
    );
  });

  test('each command that a step names is there', async () => {
    await extensionApi();
    const extension = vscode.extensions.getExtension('rbdcache.rbdcache');
    const steps: readonly Step[] = extension?.packageJSON.contributes.walkthroughs[0].steps;
    const known = new Set(await vscode.commands.getCommands());
    const named = steps.flatMap(({ description, completionEvents }) => [
      ...[...description.matchAll(/\(command:([\w.]+)/g)].map((match) => match[1] ?? ''),
      ...completionEvents.flatMap((event) => /^onCommand:(.+)$/.exec(event)?.[1] ?? []),
    ]);
    assert.ok(named.length > 8);
    assert.deepEqual(
      named.filter((command) => !known.has(command)),
      [],
    );
  });

  test('the example is a command line of its own, with an answer', async () => {
    await vscode.commands.executeCommand('rbdcache.openExample');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.equal(document.isUntitled, true);
    assert.equal(document.languageId, 'qemu-cmdline');
    await hoverBegins(document, 'rbd:vms/web-data', 'RBDCache **on**');
  });
});
