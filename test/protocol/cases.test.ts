/** `rbdcache explain --cases` as a process: between pipes, and with many cases. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';

const CLI = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
/** MiB. Some 12 are needed, whatever the number of cases. */
const HEAP = 48;

function caseOf(id: number): string {
  const args = ['-drive', `file=rbd:volumes/v${id}:id=user${id},format=raw,cache=none`];
  const files = { '/etc/ceph/ceph.conf': '[global]\nrbd cache = true\n[client]\nlog file = /var/log/$name.log\n' };
  return `${JSON.stringify({ id, qemu: '2.2', librbd: '0.87', args, files, options: ['rbd_cache'] })}\n`;
}

function start() {
  return spawn(process.execPath, [`--max-old-space-size=${HEAP}`, CLI, 'explain', '--cases', '-'], { stdio: 'pipe' });
}

async function codeOf(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, 'close');
  return code;
}

test('each line is answered before the next one comes', async () => {
  const child = start();
  const ended = codeOf(child);
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  for (let id = 0; id < 3; id++) {
    child.stdin.write(caseOf(id));
    const { value } = await answers.next();
    expect(value).toContain(`{"id":${id},"drives":[`);
  }
  child.stdin.end();
  expect(await ended).toBe(0);
});

test('50,000 cases of as many users, in order, in bounded memory', async () => {
  const child = start();
  const ended = codeOf(child);
  function* cases() {
    for (let id = 0; id < 50_000; id++) yield caseOf(id);
  }
  const written = pipeline(Readable.from(cases()), child.stdin);
  let next = 0;
  for await (const line of createInterface(child.stdout)) {
    if (!line.startsWith(`{"id":${next},"drives":[`)) throw new Error(`not the answer to case ${next}: ${line}`);
    next += 1;
  }
  await written;
  expect(next).toBe(50_000);
  expect(await ended).toBe(0);
});

test('a reader that has seen enough ends the run quietly', async () => {
  const child = start();
  const ended = codeOf(child);
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  child.stdin.on('error', () => child.stdin.destroy());
  child.stdin.write(Array.from({ length: 2000 }, (_, id) => caseOf(id)).join(''));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stdin.write(Array.from({ length: 2000 }, (_, id) => caseOf(id)).join(''));
  expect(await ended).toBe(0);
  expect(said).toBe('');
});
