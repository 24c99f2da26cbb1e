/** The language server: `server.js --stdio`, or node-ipc as VS Code starts it. */
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.js';

// Between two keystrokes little is left to be thrown away: a nursery that grows only adds to the memory in use.
setFlagsFromString('--semi-space-growth-factor=1');

const TRANSPORTS = ['--stdio', '--node-ipc', '--socket', '--pipe'];
const named = process.argv.slice(2).some((argument) => TRANSPORTS.some((known) => argument.startsWith(known)));

startServer(
  named
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout),
);
