import { describe, expect, it } from 'vitest';
import { directivesIn, directiveValue } from '../../server/src/syntax/directives.js';

describe('the releases a comment asks for', () => {
  it.each<[text: string, values: [string, string][]]>([
    [
      '# rbdcache: qemu=2.2 librbd=0.87',
      [
        ['qemu', '2.2'],
        ['librbd', '0.87'],
      ],
    ],
    [
      '#rbdcache: qemu=2.2, vendor=proxmox',
      [
        ['qemu', '2.2'],
        ['vendor', 'proxmox'],
      ],
    ],
    ['kvm -a # rbdcache: librbd=Reef', [['librbd', 'Reef']]],
    ['  ## rbdcache: qemu=1:7.2+dfsg-7', [['qemu', '1:7.2+dfsg-7']]],
    ['[global]\n; rbdcache: librbd="0.87 Giant"', [['librbd', '0.87 Giant']]],
    ['\uFEFF# rbdcache: qemu=2.2\r\n', [['qemu', '2.2']]],
    ['# see rbdcache: qemu=2.2', []],
    ['# rbdcache: the tool that reads this', []],
    ['x#rbdcache: qemu=2.2', []],
    ['rbdcache: qemu=2.2', []],
  ])('%j', (text, values) => {
    const { releases, problems } = directivesIn(text);
    expect(problems).toEqual([]);
    const read = releases.flatMap((directive) => directive.values);
    expect(read.map(({ key, text: value }) => [key, value])).toEqual(values);
    for (const { text: value, span } of read) expect(text.slice(span.start, span.end)).toBe(value);
  });

  it('takes the first one', () => {
    const directives = directivesIn('# rbdcache: qemu=2.2\n# rbdcache: qemu=2.4 librbd=14.2\n');
    expect(directiveValue(directives, 'qemu')?.text).toBe('2.2');
    expect(directiveValue(directives, 'librbd')?.text).toBe('14.2');
  });

  it.each([
    ['# rbdcache: qemu=2.2 ceph=0.87', 'directive-unknown-key', 'ceph'],
    ['# rbdcache: qemu=', 'directive-empty-value', 'qemu='],
    ['# rbdcache: vendor=ubuntu', 'directive-unknown-vendor', 'ubuntu'],
    ['# rbdcache-disable', 'directive-without-rule', 'rbdcache-disable'],
  ])('%s', (text, code, place) => {
    const [problem] = directivesIn(text).problems;
    expect(problem?.code).toBe(code);
    expect(text.slice(problem?.span.start, problem?.span.end)).toBe(place);
  });
});

describe('findings that are not wanted', () => {
  it.each<[text: string, scope: string, rules: string[], appliesTo: string]>([
    ['# rbdcache-disable-next-line a-b c\nx\ny', 'next-line', ['a-b', 'c'], 'x'],
    ['# rbdcache-disable-next-line a\nx \\\n y\\\r\n z\nw', 'next-line', ['a'], 'x \\\n y\\\r\n z'],
    ['x ; rbdcache-disable-next-line a, b -- they know\ny', 'next-line', ['a', 'b'], 'y'],
    ['x\n# rbdcache-disable a\n', 'file', ['a'], 'x\n# rbdcache-disable a\n'],
    ['# rbdcache-disable-next-line a', 'next-line', ['a'], ''],
  ])('%j', (text, scope, rules, appliesTo) => {
    const [suppression] = directivesIn(text).suppressions;
    expect([suppression?.scope, suppression?.rules]).toEqual([scope, rules]);
    expect(suppression?.ruleSpans.map(({ start, end }) => text.slice(start, end))).toEqual(rules);
    expect(text.slice(suppression?.appliesTo.start, suppression?.appliesTo.end)).toBe(appliesTo);
  });

  it.each([
    ['# rbdcache-disable a -- they know ', 'they know'],
    ['# rbdcache-disable a --', ''],
    ['# rbdcache-disable a--b', ''],
  ])('the reason of %j', (text, reason) => {
    expect(directivesIn(text).suppressions.map((suppression) => suppression.reason)).toEqual([reason]);
  });

  it('leaves other words alone', () => {
    expect(directivesIn('# rbdcache-disabled a\n# rbdcache-disable-next-lines b').suppressions).toEqual([]);
  });
});
