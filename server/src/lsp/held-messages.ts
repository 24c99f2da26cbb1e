/** Keeps messages, in order, until what answers them has been read. */
import type { Message, MessageStrategy } from 'vscode-languageserver';

export class HeldMessages implements MessageStrategy {
  private until: Promise<unknown> | null = null;

  holdUntil(ready: Promise<unknown>): void {
    this.until = ready;
    void ready.then(() => {
      this.until = null;
    });
  }

  handleMessage(message: Message, next: (message: Message) => Promise<void>): Promise<void> {
    return this.until === null ? next(message) : this.until.then(() => next(message));
  }
}
