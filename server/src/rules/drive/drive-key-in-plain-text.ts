import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { DriveTrace, NameOption } from '../../simulate/model.js';
import type { CommandRule, CommandRuleContext, Fix } from '../rule.js';
import { appendOption, isPlain, isTemplate, replaceIn } from '../support/drive-text.js';
import { driveFinding, inCommand, nameOptionsOf, qemuName, removeNameOption } from '../support/drive-words.js';
import { fix } from '../support/finding.js';

export const driveKeyInPlainText: CommandRule = {
  id: 'drive-key-in-plain-text',
  severity: 'warning',
  statement: 'The cephx key is readable in the process list, in logs and in reports.',
  looksAt: 'command',
  *check(context) {
    for (const trace of context.command.trace.drives) {
      for (const option of nameOptionsOf(trace, 'key')) {
        if (option.unknown || option.value === '' || isTemplate(option.value)) continue;
        yield driveFinding(
          this,
          inCommand(option.span),
          `The cephx key stands here in plain text: whoever may list processes or read the logs of ${qemuName(trace)} has it. ` +
            'Take it from a keyring file, or from a secret object whose data is in a file.',
          { fixes: fixes(context, trace, option) },
        );
      }
    }
  },
};

/** Files that the fixes name have to be made first: the titles say so. */
function fixes(context: CommandRuleContext, trace: DriveTrace, option: NameOption): Fix[] {
  const user = trace.image.user ?? 'admin';
  if (!isPlain(user)) return [];
  const keyring = `/etc/ceph/ceph.client.${user}.keyring`;
  const found = [
    fix(`Take the key from ${keyring} (put it there first)`, [replaceIn(option.span, `keyring=${keyring}`)]),
  ];
  const secret = secretFix(context, trace, option, user);
  return secret === null ? found : [...found, secret];
}

function secretFix(context: CommandRuleContext, trace: DriveTrace, option: NameOption, user: string): Fix | null {
  const { qemu } = trace.releases;
  const { passwordSecret, open } = qemuBehaviour(qemu);
  const { syntax } = trace;
  const removal = removeNameOption(context, option);
  const flag = context.command.words[syntax.argument - 1];
  if (!passwordSecret || removal === null || flag === undefined || syntax.flag !== '-drive') return null;
  if (syntax.options.some(({ key }) => key.endsWith('-secret'))) return null;
  const file = `/etc/ceph/client.${user}.key`;
  const id = `rbd-key-${user}`.replace(/[^A-Za-z0-9._-]/g, '-');
  if (context.command.words.some((word) => word.value.text.includes(`id=${id}`))) return null;
  const member = open.checksAuth ? 'file.key-secret' : 'file.password-secret';
  return fix(`Take the key from a secret object on ${file} (put it there first)`, [
    ...removal,
    replaceIn({ start: flag.span.start, end: flag.span.start }, `-object secret,id=${id},format=base64,file=${file} `),
    ...appendOption(syntax, `${member}=${id}`),
  ]);
}
