import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import {
  diagnosticOf,
  diagnosticsOf,
  eventually,
  hoverBegins,
  inlayHints,
  placeOf,
  replace,
  resetWorkspace,
  revert,
  set,
  show,
} from './workspace.js';

suite('answers for QEMU 2.2 and librbd 0.87', () => {
  teardown(resetWorkspace);

  test('a drive’s hover begins with the answer: the file beats cache=none', async () => {
    const document = await show('drives.qemu');
    const hover = await hoverBegins(document, 'rbd:volumes/v1', 'RBDCache **on**');
    const [first = ''] = hover.split('\n');
    assert.match(first, /QEMU 2\.2/);
    assert.match(first, /librbd 0\.87/);
    assert.match(hover, /ceph\.conf/);
  });

  test('a drive in a shell script is answered too', async () => {
    await hoverBegins(await show('start.sh'), 'volumes/v3', 'RBDCache **on**');
  });

  test('the ceph.conf line that beats a drive is marked, with the drive as related information', async () => {
    const document = await show('etc/ceph/ceph.conf');
    const diagnostic = await diagnosticOf(document, 'cache-overrides-drive');
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(diagnostic.source, 'rbdcache');
    assert.ok(diagnostic.range.contains(placeOf(document, 'rbd cache').start));
    const places = diagnostic.relatedInformation?.map(({ location }) => location.uri.path.split('/').at(-1)) ?? [];
    assert.ok(places.includes('drives.qemu'), `related: ${places.join(', ')}`);
  });

  test('a quick fix rewrites the text, and its finding goes away', async () => {
    const document = await show('drives.qemu');
    const diagnostic = await diagnosticOf(document, 'drive-id-prefixed');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
      10,
    );
    const fix = actions.find(({ edit }) => edit !== undefined);
    assert.ok(fix?.edit, `no fix among ${actions.map(({ title }) => title).join(', ')}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /volumes\/v2:id=cinder,/);
    await eventually(
      () => diagnosticsOf(document, 'drive-id-prefixed'),
      (found) => assert.deepEqual(found, []),
    );
  });

  test('an edit of ceph.conf, not even saved, changes the answer for a drive', async () => {
    const conf = await show('etc/ceph/ceph.conf');
    const drives = await show('drives.qemu');
    await replace(conf, 'rbd cache = true', 'rbd cache = false');
    await hoverBegins(drives, 'rbd:volumes/v2', 'RBDCache **off**');
    await revert(conf);
    await hoverBegins(drives, 'rbd:volumes/v2', 'RBDCache **on**');
  });

  test('inlay hints say the outcome at each drive, unless they are turned off', async () => {
    const document = await show('drives.qemu');
    const hints = await eventually(
      () => inlayHints(document),
      (found) => assert.equal(found.length, 2, found.join(' | ')),
    );
    assert.match(hints[0] ?? '', /^2: → on\b/);
    await set('inlayHints.enabled', false);
    await eventually(
      () => inlayHints(document),
      (found) => assert.deepEqual(found, []),
    );
  });
});
