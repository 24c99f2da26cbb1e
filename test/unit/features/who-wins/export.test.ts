import { describe, expect, test } from 'vitest';
import type { ExportWords } from '../../../../server/src/features/who-wins/export-words.js';
import { ladder } from '../../../../server/src/features/who-wins/ladder.js';
import { toMarkdown } from '../../../../server/src/features/who-wins/markdown.js';
import { toSvg } from '../../../../server/src/features/who-wins/svg.js';
import type { Matrix } from '../../../../server/src/features/who-wins/view.js';
import { driveIn, matrixOf } from './drive.js';

const WORDS: ExportWords = {
  title: 'Who wins: {0}',
  inForce: 'In force: {0}',
  chosen: 'in force',
  sources: 'Sources of {0} for {1}',
  source: 'Source',
  value: 'Value',
  where: 'Where',
  wins: 'wins',
};

const DRIVE = driveIn({
  args: '-drive file=rbd:p/i,if=none,id=d0,format=raw,cache=none',
  conf: '[global]\nrbd cache = true\n',
  qemu: '2.4',
  librbd: '0.87',
});

/** Texts that would break out of a table or a picture. */
const HOSTILE: Matrix = {
  drive: 'a|b <script>&"\u202e',
  inForce: 'x',
  columns: [{ name: '1|2', codenames: '<b>', years: '', versions: ['1'], chosen: '1' }],
  rows: [
    {
      qemu: { name: '3', codenames: '', years: '', versions: ['3'], chosen: '3' },
      cells: [{ kind: 'unsafe', sign: '▲', word: '](http://x)', reason: '</text>\n|' }],
    },
  ],
  legend: [],
  options: [],
};

describe('Markdown', () => {
  test('holds the table, the signs and the ladder', () => {
    expect(toMarkdown(matrixOf(DRIVE), ladder(DRIVE, 'rbd_cache'), WORDS)).toBe(`# Who wins: d0 (p/i)

In force: QEMU 2.4, librbd 0.87

| QEMU ↓ librbd → | 0.48 – 0.80 Argonaut – Firefly | 0.87 – 12.2 Giant – Luminous | 13.2 – 20.2 Mimic – Tentacle |
| --- | --- | --- | --- |
| **0.14** | ○ off<br>librbd's default | ○ off<br>librbd's default | ○ off<br>librbd's default |
| **0.15** | ▲ on, write-back, unsafe<br>line 2 of ceph.conf | ● on, write-through for good<br>line 2 of ceph.conf | ● on, write-through for good<br>line 2 of ceph.conf |
| **1.0 – 1.1** | ◐ on, write-back<br>line 2 of ceph.conf | ◐ on, write-through until flush<br>line 2 of ceph.conf | ◐ on, write-through until flush<br>line 2 of ceph.conf |
| **1.2 – 2.3** | ◐ on, write-back<br>line 2 of ceph.conf | ◐ on, write-through until flush<br>line 2 of ceph.conf | ○ off<br>cache=none |
| **2.4 – 11.1** | ○ off<br>cache=none | **○ off** ← in force<br>cache=none | ○ off<br>cache=none |

- ○ RBDCache off: each write waits for the cluster
- ● RBDCache on: a crash loses nothing acknowledged
- ◐ RBDCache on: a crash loses at most what was not flushed
- ▲ RBDCache on: a crash can lose even flushed data

## Sources of rbd\\_cache for QEMU 2.4, librbd 0.87

| Source | Value | Where |
| --- | --- | --- |
| Default | true | librbd 0.87 |
| Monitors' database |  | *no such source in librbd 0.87* |
| File | true | /etc/ceph/ceph.conf:2, \\[global\\] |
| Environment |  | *no such source in librbd 0.87* |
| In the drive's name |  | *says nothing* |
| Set by QEMU | **false** ← wins | cache=none |
| Pool |  | *no such source in librbd 0.87* |
| Image |  | *no such source in librbd 0.87* |
`);
  });

  test('nothing breaks out of a cell', () => {
    const [, , , , head, , row] = toMarkdown(HOSTILE, null, WORDS).split('\n');
    expect(head).toBe('| QEMU ↓ librbd → | 1\\|2 &lt;b\\> |');
    expect(row).toBe('| **3** | **▲ \\](http://x)** ← in force<br>&lt;/text\\> \\| |');
  });
});

describe('SVG', () => {
  const decoded = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  const texts = (svg: string) =>
    [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => decoded(text));

  test('holds all words as text, and says what it is to those who cannot see it', () => {
    const made = matrixOf(DRIVE);
    const svg = toSvg(made, ladder(DRIVE, 'rbd_cache'), WORDS);
    const words = texts(svg);
    expect(svg).toMatch(
      /^<svg [^>]*role="img" aria-labelledby="title description">\n<title id="title">Who wins: d0 \(p\/i\)<\/title>/,
    );
    for (const { qemu, cells } of made.rows) {
      expect(words).toContain(`QEMU ${qemu.name}`);
      for (const { sign, reason } of cells) expect(words).toEqual(expect.arrayContaining([sign, reason]));
    }
    for (const { says } of made.legend) expect(words).toContain(says);
    expect(words).toContain('▶ false · cache=none · wins');
    expect(words.filter((text) => text.includes('in force'))).toEqual(['off ← in force']);
    expect(svg.match(/class="cell chosen off"/g)).toHaveLength(1);
  });

  test('is well formed, whatever the texts hold', () => {
    const svg = toSvg(HOSTILE, null, WORDS);
    expect(svg).not.toMatch(/<script|<b>|\u202e/);
    const open: string[] = [];
    for (const [, closing, name = '', selfClosing] of svg.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)) {
      if (closing === '/') expect(open.pop()).toBe(name);
      else if (selfClosing !== '/') open.push(name);
    }
    expect(open).toEqual([]);
    expect(svg.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!#\d+;)/);
  });

  test('reaches outside for nothing', () => {
    expect(toSvg(matrixOf(DRIVE), null, WORDS)).not.toMatch(/href|url\(|@import|<script|on\w+=/);
  });
});
