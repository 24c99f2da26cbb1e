/** The language server: `server.js --stdio`, or node-ipc as VS Code starts it. */
import { type ConnectionOptions, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { capabilities } from './capabilities.js';
import { readClient } from './client.js';
import { HeldMessages } from './held-messages.js';

const TRANSPORTS = ['--stdio', '--node-ipc', '--socket', '--pipe'];
const named = process.argv.slice(2).some((argument) => TRANSPORTS.some((known) => argument.startsWith(known)));

const held = new HeldMessages();
const options: ConnectionOptions = { messageStrategy: held };
const connection = named
  ? createConnection(ProposedFeatures.all, options)
  : createConnection(ProposedFeatures.all, process.stdin, process.stdout, options);

// The client is answered first; what the server is made of is read while it takes that in.
connection.onInitialize((params) => {
  const client = readClient(params);
  const reading = import('./server.js').then(({ startServer }) => startServer(connection, client, params.locale));
  held.holdUntil(reading);
  return { capabilities: capabilities(client), serverInfo: { name: 'rbdcache' } };
});
connection.listen();
