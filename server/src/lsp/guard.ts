/** Around each request: an error is logged and answered by nothing, so that one bad request never ends the server. */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { redact } from '../features/redact.js';

export type Guard = <P, R>(
  name: string,
  answer: (params: P, token: CancellationToken) => R | Promise<R>,
) => (params: P, token: CancellationToken) => Promise<R | null>;

/** `ready` is awaited first, so that nothing is answered by settings that have not come yet. */
export function guard(connection: Connection, ready: () => Promise<void>): Guard {
  return (name, answer) => async (params, token) => {
    await ready();
    if (token.isCancellationRequested) return null;
    try {
      return await answer(params, token);
    } catch (error) {
      connection.console.error(`${name}: ${errorText(error)}`);
      return null;
    }
  };
}

export function errorText(error: unknown): string {
  return redact(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
