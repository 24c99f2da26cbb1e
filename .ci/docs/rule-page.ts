/** A rule's page, from its row and what its page says. */

import type { ExampleFile, RulePage } from '../../server/src/rules/pages/page.js';
import type { Holds, ReleaseBounds, Rule } from '../../server/src/rules/rule.js';

export function rulePage(rule: Rule, page: RulePage): string {
  const { example } = page;
  const pair = `QEMU ${example.qemu}${example.vendor === 'proxmox' ? ' (Proxmox)' : ''} and librbd ${example.librbd}`;
  const blocks = [
    '<!-- Made from the table of rules by `npm run docs`. -->',
    `# ${rule.id}`,
    rule.statement,
    `**Severity:** ${rule.severity} by default. **Releases:** ${releasesText(rule.holds, page.releases)}`,
    page.what,
    '## Why',
    page.why,
    '## How to mend it',
    page.fix,
    `## Before (${pair})`,
    ...example.before.map(fileBlock),
    '## After',
    ...example.after.map(fileBlock),
    '## Evidence',
    page.evidence.map((line) => `- ${line}`).join('\n'),
    '## Silencing it',
    `\`# rbdcache-disable-next-line ${rule.id}\` above the line, \`# rbdcache-disable ${rule.id}\` for the whole file, \`${rule.id} = off\` under
\`[severity]\` in \`.rbdcacherc\`, or \`"rbdcache.severity": { "${rule.id}": "off" }\` in the settings.`,
  ];
  return `${blocks.map((block) => block.trim()).join('\n\n')}\n`;
}

function fileBlock({ name, text }: ExampleFile): string {
  const language = name.endsWith('.conf') ? 'ini' : 'sh';
  return `\`${name}\`:\n\n\`\`\`${language}\n${text.replace(/\n$/, '')}\n\`\`\``;
}

/** `QEMU 1.2 to 2.3, librbd up to 12.2`. */
export function releasesText(holds: Holds | undefined, more: string | undefined): string {
  const parts = [bounds('QEMU', holds?.qemu), bounds('librbd', holds?.librbd)].filter((part) => part !== '');
  if (holds?.vendor === 'proxmox') parts.push('Proxmox’s build');
  const text = parts.length === 0 ? 'all' : parts.join(', with ');
  return more === undefined ? `${text}.` : `${text}. ${more}`;
}

function bounds(program: string, { since, until }: ReleaseBounds = {}): string {
  if (since === undefined) return until === undefined ? '' : `${program} up to ${until}`;
  if (until === since) return `${program} ${since}`;
  return until === undefined ? `${program} since ${since}` : `${program} ${since} to ${until}`;
}
