import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { diagnosticOf, hoverBegins, inlayHints, resetWorkspace } from './workspace.js';

/** Files that are on no disk: as in a repository that is looked at without a copy of it. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  constructor(private readonly files: ReadonlyMap<string, string>) {}

  stat({ path }: vscode.Uri): vscode.FileStat {
    const text = this.files.get(path);
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length };
  }
  readFile({ path }: vscode.Uri): Uint8Array {
    const text = this.files.get(path);
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return new TextEncoder().encode(text);
  }
  watch(): vscode.Disposable {
    return { dispose: () => undefined };
  }
  readDirectory(): [string, vscode.FileType][] {
    return [...this.files.keys()].map((path) => [path.slice(1), vscode.FileType.File]);
  }
  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
  writeFile(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}

suite('files that are on no disk', () => {
  const files = new Map([
    ['/ceph.conf', '[client]\nrbd cache = true\n'],
    [
      '/vm.qemu',
      '# rbdcache: qemu=2.2 librbd=0.87\nkvm -drive file=rbd:p/i:id=client.x,if=none,id=d,format=raw,cache=none\n',
    ],
  ]);
  let provider: vscode.Disposable | undefined;
  const uri = (path: string): vscode.Uri => vscode.Uri.from({ scheme: 'vscode-vfs', authority: 'test', path });

  suiteSetup(() => {
    provider = vscode.workspace.registerFileSystemProvider('vscode-vfs', new MemoryFiles(files), { isReadonly: true });
  });
  suiteTeardown(() => provider?.dispose());
  teardown(resetWorkspace);

  test('are answered and judged, with the open ceph.conf beside them', async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri('/ceph.conf')), {
      preview: false,
    });
    const document = await vscode.workspace.openTextDocument(uri('/vm.qemu'));
    await vscode.window.showTextDocument(document);
    await diagnosticOf(document, 'drive-id-prefixed');
    const hover = await hoverBegins(document, 'rbd:p/i', 'RBDCache **on**');
    assert.match(hover, /ceph\.conf/);
    assert.deepEqual(await inlayHints(document), ['2: → on, write-through until flush']);
  });
});
