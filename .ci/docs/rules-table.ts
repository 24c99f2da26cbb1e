/** The list of rules in the README: what each states, how grave it is, and whether it is mended by a quick fix. */
import type { Rule, Severity } from '../../server/src/rules/rule.js';

const GROUPS: readonly { readonly title: string; readonly prefix: RegExp }[] = [
  { title: 'Who wins, and what it costs', prefix: /^(?!conf-|unused-|drive-(?!rbd-cache))/ },
  { title: 'ceph.conf as this release reads it', prefix: /^conf-/ },
  { title: 'Drives as this QEMU reads them', prefix: /^drive-(?!rbd-cache)/ },
  { title: 'Comments that turn findings off', prefix: /^unused-/ },
];

const SIGNS: Readonly<Record<Severity, string>> = { error: 'E', warning: 'W', information: 'I', hint: 'H' };

export function rulesTable(rules: readonly Rule[]): string {
  const blocks = GROUPS.map(({ title, prefix }) => {
    const rows = rules
      .filter(({ id }) => prefix.test(id))
      .map(({ id, severity, statement }) => `| [\`${id}\`](docs/rules/${id}.md) | ${SIGNS[severity]} | ${statement} |`);
    return [`**${title}**`, ['| rule | | what it states |', '| --- | --- | --- |', ...rows].join('\n')].join('\n\n');
  });
  return ['E error, W warning, I information, H hint, by default.', ...blocks].join('\n\n');
}
