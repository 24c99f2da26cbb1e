/** A command line to look around in, for who has none at hand. */
import * as vscode from 'vscode';

/** Opens it as a document of its own, which nobody has saved. */
export async function openExample(extension: vscode.Uri): Promise<void> {
  const file = vscode.Uri.joinPath(extension, 'docs', 'walkthrough', 'example.qemu');
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const document = await vscode.workspace.openTextDocument({ language: 'qemu-cmdline', content });
  await vscode.window.showTextDocument(document, { preview: false });
}
