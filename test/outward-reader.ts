/** Messages of the server as it is shipped, where the build shortened the names of members that never leave it. */
import { type DataCallback, type Disposable, StreamMessageReader } from 'vscode-languageserver/node';
import { MARK } from '../.ci/lib/inner-names.mjs';

/** Reads what the server says and notes each name that should not have left it. What a client only gives back, `data`, may be as it is. */
export class OutwardReader extends StreamMessageReader {
  readonly innerNames = new Set<string>();

  override listen(callback: DataCallback): Disposable {
    return super.listen((message) => {
      this.look(message);
      callback(message);
    });
  }

  private look(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (name.startsWith(MARK)) this.innerNames.add(name);
      if (name !== 'data') this.look(member);
    }
  }
}
