import { expect, test } from 'vitest';
import { plainText } from '../../../server/src/cli/plain-text.js';

test('marks go, words and code stay', () => {
  const markdown =
    '<!-- made -->\n# A `rule`\n\n**Severity:** [here](x.md).\n\n```ini\n# a `comment`\nkey = **x**\n```\n\n## Why\n\nSo.\n';
  expect(plainText(markdown)).toBe('A rule\n\nSeverity: here.\n\n# a `comment`\nkey = **x**\n\nWhy\n\nSo.');
});
