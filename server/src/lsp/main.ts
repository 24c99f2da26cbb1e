/** The language server: `server.js --stdio`, or node-ipc as VS Code starts it. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.js';

const TRANSPORTS = ['--stdio', '--node-ipc', '--socket', '--pipe'];
const named = process.argv.slice(2).some((argument) => TRANSPORTS.some((known) => argument.startsWith(known)));

startServer(
  named
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout),
);
