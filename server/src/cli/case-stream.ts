/** Lines in, lines out, in order: memory stays flat whatever the length of the input, and a slow reader slows the run. */
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { CaseRunner } from './cases.js';

/** A longer line is answered with an error and skipped. In UTF-16 code units. */
export const LONGEST_LINE = 16 * 1024 * 1024;
/** Answers are handed on at the end of each piece of input, and whenever they grow to this size. */
const PIECE = 256 * 1024;

const TOO_LONG = `{"id":null,"error":{"message":"the line is longer than ${LONGEST_LINE} characters"}}`;

/** Answers each line of `input` on `output`; blank lines are skipped. Resolves when all is handed to `output`. */
export async function streamCases(input: Readable, output: Writable, runner: CaseRunner): Promise<void> {
  const decoder = new StringDecoder('utf8');
  const lines = new LineSplitter();
  const answer = (line: string | null): string => {
    if (line === null) return `${TOO_LONG}\n`;
    return line.trim() === '' ? '' : `${runner.runLine(line)}\n`;
  };
  for await (const chunk of input) {
    let answers = '';
    for (const line of lines.split(typeof chunk === 'string' ? chunk : decoder.write(chunk))) {
      answers += answer(line);
      if (answers.length < PIECE) continue;
      await write(output, answers);
      answers = '';
    }
    await write(output, answers);
  }
  for (const line of lines.split(`${decoder.end()}\n`)) await write(output, answer(line));
}

async function write(output: Writable, text: string): Promise<void> {
  if (text !== '' && !output.write(text)) await once(output, 'drain');
}

/** Cuts a stream of text into lines without their ends; null stands for a line that is too long to be kept. */
class LineSplitter {
  private rest = '';
  private overflown = false;

  *split(text: string): Generator<string | null> {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const line = this.rest + text.slice(start, end);
      yield this.overflown ? null : line;
      this.rest = '';
      this.overflown = false;
      start = end + 1;
    }
    this.rest += text.slice(start);
    if (this.rest.length <= LONGEST_LINE) return;
    this.rest = '';
    this.overflown = true;
  }
}
