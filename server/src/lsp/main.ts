/** The language server: `server.js --stdio`, or node-ipc as VS Code starts it. */
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.js';

// What a keystroke leaves behind is soon garbage. V8 would rather let the heap grow fourfold than look for it; a server
// that stands beside an editor all day shall not. The cost, in processor time, is about a millisecond a keystroke.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=75');

const TRANSPORTS = ['--stdio', '--node-ipc', '--socket', '--pipe'];
const named = process.argv.slice(2).some((argument) => TRANSPORTS.some((known) => argument.startsWith(known)));

startServer(
  named
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout),
);
