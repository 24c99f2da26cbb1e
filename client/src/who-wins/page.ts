/** The panel's HTML: nothing but a style sheet and a script of the extension's own. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the page's files lie. */
export function pageFiles(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist');
}

export function pageHtml(webview: vscode.Webview, extension: vscode.Uri): string {
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(pageFiles(extension), name)).toString();
  const nonce = randomBytes(16).toString('base64url');
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language.replace(/[^\w-]/g, '')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>RBDCache</title>
<link rel="stylesheet" href="${file('who-wins.css')}">
</head>
<body>
<main id="page"></main>
<script nonce="${nonce}" src="${file('who-wins.js')}"></script>
</body>
</html>
`;
}
