import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { address, eventually, inlayHints, placeOf, resetWorkspace, set, show } from './workspace.js';

async function lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
}

suite('what there is to see without asking', () => {
  teardown(resetWorkspace);

  test('lenses over each drive say the outcome and lead on', async () => {
    const document = await show('drives.qemu');
    const found = await eventually(
      () => lenses(document),
      (all) => assert.equal(all.length, 4),
    );
    const commands = found.map(({ command }) => [command?.title, command?.command]);
    assert.deepEqual(commands.slice(0, 2), [
      ['RBDCache on · write-through until flush · flush-safe', 'rbdcache.explainDrive'],
      ['Who wins in other releases', 'rbdcache.showWhoWins'],
    ]);
    await set('codeLens.enabled', false);
    await eventually(
      () => lenses(document),
      (all) => assert.deepEqual(all, []),
    );
    await set('codeLens.enabled', undefined);
  });

  test('the lens over a section opens the drives that read it', async () => {
    await show('drives.qemu');
    const document = await show('lenses.ceph.conf');
    const [lens] = await eventually(
      () => lenses(document),
      (all) => assert.equal(all[0]?.command?.title, 'used by no known drive'),
    );
    assert.ok(lens?.range.contains(placeOf(document, 'client.cinder').start));
    await vscode.commands.executeCommand('rbdcache.showReferences', {
      uri: document.uri.toString(),
      position: { line: 0, character: 0 },
      locations: [
        {
          uri: address('drives.qemu').toString(),
          range: { start: { line: 1, character: 9 }, end: { line: 1, character: 12 } },
        },
      ],
    });
  });

  test('hints of one kind can be turned off', async () => {
    const document = await show('lenses.ceph.conf');
    await eventually(
      () => inlayHints(document),
      (found) => assert.deepEqual(found, ['2: = 64 MiB']),
    );
    await set('inlayHints.bytes', false);
    await eventually(
      () => inlayHints(document),
      (found) => assert.deepEqual(found, []),
    );
    await set('inlayHints.bytes', undefined);
  });

  test('what has no effect is told as such', async () => {
    const document = await show('lenses.ceph.conf');
    const legend = await eventually(
      async () =>
        vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
          'vscode.provideDocumentSemanticTokensLegend',
          document.uri,
        ),
      (found) => assert.deepEqual(found?.tokenModifiers, ['overridden']),
    );
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      document.uri,
    );
    const types = [...tokens.data].filter((_number, index) => index % 5 === 3).map((type) => legend.tokenTypes[type]);
    assert.deepEqual(types, ['namespace', 'property', 'number', 'property', 'string', 'property', 'string']);
    assert.deepEqual(
      [...tokens.data].filter((_number, index) => index % 5 === 4),
      [0, 0, 0, 1, 1, 0, 0],
    );
  });

  test('marked regions fold; selections grow; the same option is highlighted', async () => {
    const document = await show('lenses.ceph.conf');
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.ok(
      folds.some(({ kind, start, end }) => kind === vscode.FoldingRangeKind.Region && start === 2 && end === 5),
    );
    const at = placeOf(document, 'log file').start;
    const [selection] = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
      'vscode.executeSelectionRangeProvider',
      document.uri,
      [at],
    );
    const texts: string[] = [];
    for (let range: vscode.SelectionRange | undefined = selection; range !== undefined; range = range.parent)
      texts.push(document.getText(range.range));
    assert.ok(texts.includes('log file = /a'), texts.join(' | '));
    const marks = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      document.uri,
      at,
    );
    assert.deepEqual(
      marks.map(({ range }) => document.getText(range)),
      ['log file', 'log_file'],
    );
  });
});
