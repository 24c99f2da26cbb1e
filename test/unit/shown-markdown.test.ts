import { describe, expect, test } from 'vitest';
import { shownMarkdown } from '../../client/src/shown-markdown.js';

/** The text with each link as `⟦…⟧target`. */
function marked(markdown: string): string {
  const { text, links } = shownMarkdown(markdown);
  let out = '';
  let at = 0;
  for (const { start, end, target } of links) {
    out += `${text.slice(at, start)}⟦${text.slice(start, end)}⟧${target}`;
    at = end;
  }
  return out + text.slice(at);
}

describe('Markdown as an editor shows it without rendering', () => {
  test.each([
    [
      'a place is named',
      'by [`cache=none`](file:///w/vm.qemu#L3).',
      'by ⟦`cache=none` (vm.qemu:3)⟧file:///w/vm.qemu#L3.',
    ],
    [
      'not where the words name it',
      '[`/etc/ceph/ceph.conf:5, [global]`](file:///w/etc/ceph/ceph.conf#L5)',
      '⟦`/etc/ceph/ceph.conf:5, [global]`⟧file:///w/etc/ceph/ceph.conf#L5',
    ],
    [
      'nor where they name the whole file',
      '[`/etc/ceph/ceph.conf`](file:///w/etc/ceph/ceph.conf#L1)',
      '⟦`/etc/ceph/ceph.conf`⟧file:///w/etc/ceph/ceph.conf#L1',
    ],
    ['several in a line', '[`a`](x/b#L1) and [`c`](x/d#L2)', '⟦`a` (b:1)⟧x/b#L1 and ⟦`c` (d:2)⟧x/d#L2'],
    ['code with backquotes in it', '[`` a`b ``](x/b#L1)', '⟦`` a`b `` (b:1)⟧x/b#L1'],
    ['an address with escapes', '[`a`](file:///w/my%20vm.qemu#L2)', '⟦`a` (my vm.qemu:2)⟧file:///w/my%20vm.qemu#L2'],
    ['an address with bad escapes', '[`a`](file:///w/%zz#L2)', '⟦`a` (%zz:2)⟧file:///w/%zz#L2'],
    ['an address without a line', '[`a`](https://example.org/)', '⟦`a`⟧https://example.org/'],
    ['needless backslashes', 'in \\[client\\], rbd\\_cache', 'in [client], rbd_cache'],
    ['needed ones', '\\[a\\](b), \\*c\\*, \\_d', '\\[a\\](b), \\*c\\*, \\_d'],
    ['no link at all', '# A title\n\n- `code`\n', '# A title\n\n- `code`\n'],
  ])('%s', (_, markdown, expected) => {
    expect(marked(markdown)).toBe(expected);
  });

  test('a long text without an end stays as it is', () => {
    for (const text of ['[`'.repeat(100_000), '\\['.repeat(100_000)])
      expect(shownMarkdown(text)).toEqual({ text, links: [] });
  });
});
