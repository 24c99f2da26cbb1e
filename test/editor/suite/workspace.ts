/** The test workspace as the tests see it: its files, places in them, and what the extension says there. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { Api } from '../../../client/src/extension.js';

const PATIENCE_MS = 120_000;
const POLL_MS = 50;

/** Starts the extension where it does not run yet. */
export async function extensionApi(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>('rbdcache.rbdcache');
  assert.ok(extension, 'the extension is not there');
  return extension.activate();
}

/** Address of a file of the test workspace. */
export function address(file: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, file);
}

/** The document that a command opened. */
export async function documentOf(uri: vscode.Uri | undefined): Promise<vscode.TextDocument> {
  assert.ok(uri, 'no document was opened');
  return vscode.workspace.openTextDocument(uri);
}

/** Opens a file of the test workspace in an editor. */
export async function show(file: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(address(file));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Where `text` first stands in the document. */
export function placeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(text);
  assert.notEqual(start, -1, `no “${text}” in ${document.fileName}`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** Asks again and again until the answer passes; the last complaint is thrown where it never does. */
export async function eventually<T>(ask: () => T | Promise<T>, check: (answer: T) => void): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    try {
      check(answer);
      return answer;
    } catch (complaint) {
      if (Date.now() > end) throw complaint;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

/** The hover's Markdown at `text`; empty where there is none. */
export async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  const position = placeOf(document, text).start.translate(0, 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap((hover) => hover.contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

/** Waits until the hover at `text` begins with `start`. */
export async function hoverBegins(document: vscode.TextDocument, text: string, start: string): Promise<string> {
  return eventually(
    () => hoverAt(document, text),
    (hover) => assert.equal(hover.slice(0, start.length), start),
  );
}

/** The extension's diagnostics with this rule id. */
export function diagnosticsOf(document: vscode.TextDocument, rule: string): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ code }) => {
    return (typeof code === 'object' ? code.value : code) === rule;
  });
}

/** Waits for diagnostics with this rule id. */
export async function diagnosticOf(document: vscode.TextDocument, rule: string): Promise<vscode.Diagnostic> {
  const [first] = await eventually(
    () => diagnosticsOf(document, rule),
    (found) => {
      const all = vscode.languages.getDiagnostics(document.uri).map(({ message }) => message);
      assert.notEqual(found.length, 0, `no ${rule} among ${JSON.stringify(all)}`);
    },
  );
  assert.ok(first);
  return first;
}

/** The texts of the inlay hints of a document, with the line (from 1) each stands in. */
export async function inlayHints(document: vscode.TextDocument): Promise<string[]> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    all,
  );
  return hints.map(({ label, position }) => {
    const text = typeof label === 'string' ? label : label.map((part) => part.value).join('');
    return `${position.line + 1}: ${text.trim()}`;
  });
}

/** Replaces `text` without saving. */
export async function replace(document: vscode.TextDocument, text: string, by: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, placeOf(document, text), by);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Throws unsaved changes away. */
export async function revert(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

/** Puts back what tests change: unsaved text, settings, the panes. */
export async function resetWorkspace(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) if (document.isDirty) await revert(document);
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await set('qemuVersion', '2.2');
  await set('librbdVersion', '0.87');
  await set('vendor', undefined);
  await set('inlayHints.enabled', undefined);
}

/** Changes a setting of the test workspace's folder; undefined takes it away. */
export async function set(setting: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('rbdcache', address('drives.qemu'))
    .update(setting, value, vscode.ConfigurationTarget.WorkspaceFolder);
}
