/** Lines in, lines out, in order: memory stays flat whatever the length of the input, and a slow reader slows the run. */
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setFlagsFromString } from 'node:v8';
import { CaseOutput } from './case-output.js';
import type { CaseRunner } from './cases.js';

/** A longer line is answered with an error and skipped. In UTF-16 code units. */
export const LONGEST_LINE = 16 * 1024 * 1024;
/** Answers are handed on at the end of each piece of input, and whenever they grow to this size: what a socket takes at once. */
const PIECE = 128 * 1024;

const TOO_LONG = `{"id":null,"error":{"message":"the line is longer than ${LONGEST_LINE} characters"}}`;

/** Answers each line of `input` on `output`; blank lines are skipped. Resolves when `output` has taken all. */
export async function streamCases(input: Readable, output: Writable, runner: CaseRunner): Promise<void> {
  // Nearly all of a case is garbage when it is answered. V8 would let the heap grow by half as much again before it looks
  // at all of it, at times of its choice; looking a little more often costs nothing that can be measured.
  setFlagsFromString('--heap-growing-percent=15');
  const decoder = new StringDecoder('utf8');
  const lines = new LineSplitter();
  const answers = new CaseOutput(2 * PIECE);
  const answer = (line: string | null): void => {
    if (line === null) answers.text(TOO_LONG);
    else if (line.trim() === '') return;
    else runner.writeLine(line, answers);
    answers.text('\n');
  };
  for await (const chunk of input) {
    for (const line of lines.split(typeof chunk === 'string' ? chunk : decoder.write(chunk))) {
      answer(line);
      if (answers.length >= PIECE) await hand(answers, output);
    }
    await hand(answers, output);
  }
  for (const line of lines.split(`${decoder.end()}\n`)) answer(line);
  await hand(answers, output);
}

/** Waits until `output` has taken them: the bytes are written over afterwards. */
function hand(answers: CaseOutput, output: Writable): Promise<void> {
  if (answers.length === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    output.write(answers.written, (error) => {
      answers.clear();
      if (error) reject(error);
      else resolve();
    });
  });
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
