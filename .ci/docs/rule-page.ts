/** A rule's page, from its row and what its page says. */

import type { ExampleFile, RulePage } from '../../server/src/rules/pages/page.js';
import type { Holds, ReleaseBounds, Rule } from '../../server/src/rules/rule.js';
import type { Translate } from './translate.js';

/** @param elsewhere leads to the page in the other language */
export function rulePage(rule: Rule, page: RulePage, translate: Translate, elsewhere: string): string {
  const { id } = rule;
  const { example } = page;
  const qemu = `QEMU ${example.qemu}${example.vendor === 'proxmox' ? ' (Proxmox)' : ''}`;
  const blocks = [
    '<!-- Made from the table of rules by `npm run docs`. -->',
    `# ${id}`,
    elsewhere,
    translate(rule.statement),
    translate(
      '**Severity:** {0} by default. **Releases:** {1}',
      translate(rule.severity),
      releasesText(rule.holds, page.releases, translate),
    ),
    translate(page.what),
    `## ${translate('Why')}`,
    translate(page.why),
    `## ${translate('How to mend it')}`,
    translate(page.fix),
    `## ${translate('Before ({0} and {1})', qemu, `librbd ${example.librbd}`)}`,
    ...example.before.map((file) => fileBlock(file, translate)),
    `## ${translate('After')}`,
    ...example.after.map((file) => fileBlock(file, translate)),
    `## ${translate('Evidence')}`,
    page.evidence.map((line) => `- ${translate(line)}`).join('\n'),
    `## ${translate('Silencing it')}`,
    translate(
      '{0} above the line, {1} for the whole file, {2} under `[severity]` in `.rbdcacherc`, or {3} in the settings.',
      `\`# rbdcache-disable-next-line ${id}\``,
      `\`# rbdcache-disable ${id}\``,
      `\`${id} = off\``,
      `\`"rbdcache.severity": { "${id}": "off" }\``,
    ),
  ];
  return `${blocks.map((block) => block.trim()).join('\n\n')}\n`;
}

function fileBlock({ name, text }: ExampleFile, translate: Translate): string {
  const language = name.endsWith('.conf') ? 'ini' : 'sh';
  return `${translate('{0}:', `\`${name}\``)}\n\n\`\`\`${language}\n${text.replace(/\n$/, '')}\n\`\`\``;
}

/** `QEMU 1.2 to 2.3, with librbd up to 12.2.` */
function releasesText(holds: Holds | undefined, more: string | undefined, translate: Translate): string {
  const parts = [bounds('QEMU', holds?.qemu, translate), bounds('librbd', holds?.librbd, translate)];
  if (holds?.vendor === 'proxmox') parts.push(translate('Proxmox’s build'));
  const [first = translate('all'), ...others] = parts.filter((part) => part !== '');
  const text = translate(
    '{0}.',
    others.reduce((before, part) => translate('{0}, with {1}', before, part), first),
  );
  return more === undefined ? text : translate('{0} {1}', text, translate(more));
}

function bounds(program: string, { since, until }: ReleaseBounds = {}, translate: Translate): string {
  if (since === undefined) return until === undefined ? '' : translate('{0} up to {1}', program, until);
  if (until === since) return `${program} ${since}`;
  return until === undefined
    ? translate('{0} since {1}', program, since)
    : translate('{0} {1} to {2}', program, since, until);
}
