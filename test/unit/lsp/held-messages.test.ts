import { expect, test } from 'vitest';
import { HeldMessages } from '../../../server/src/lsp/held-messages.js';

const message = (method: string) => ({ jsonrpc: '2.0', method });

test('messages wait for what answers them, and keep their order', async () => {
  const held = new HeldMessages();
  const handled: unknown[] = [];
  const handle = (method: string) =>
    held.handleMessage(message(method), (taken) => {
      handled.push('method' in taken ? taken.method : taken);
      return Promise.resolve();
    });
  let ready: () => void = () => undefined;

  await handle('initialize');
  held.holdUntil(
    new Promise<void>((resolve) => {
      ready = resolve;
    }),
  );
  const waiting = [handle('initialized'), handle('textDocument/didOpen')];
  expect(handled).toEqual(['initialize']);

  ready();
  await Promise.all(waiting);
  await handle('textDocument/hover');
  expect(handled).toEqual(['initialize', 'initialized', 'textDocument/didOpen', 'textDocument/hover']);
});
